"""Step 3, photos: one or many at a time, each clean or refused with its reason; nothing here holds anybody up."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.dati_personali import trova
from core.errors import DomainError
from core.immagini import pulisci
from core.ratelimit import troppe
from segnalazioni.actions import togli_foto
from segnalazioni.actions.bozza import aggiungi_alla_bozza, descrivi_foto
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import DIDASCALIA_MASSIMO, quante_foto
from segnalazioni.models import MASSIMO_FOTO, Foto
from segnalazioni.views.nuova._bozza import apri, avanti, indietro, pagina, passo, salva, verso

CARICHI_ALL_ORA = 60
RICORDATE = 10  # refused files that the page goes on telling about

Rifiutata = dict[str, str]


@passo("foto")
def foto(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """Shows the photos; takes files, words about them, and the wish to drop one. With `frammento` only the list."""
    if request.method != "POST":
        return pagina(request, comp, "foto", _contesto(comp))
    troppo_lunghe = _descrivi(request, comp)
    nuove = _carica(request, comp)
    if togli := request.POST.get("togli"):
        comp = _togli(request, comp, togli)
    elif nuove:
        comp = salva(request, comp, foto={"rifiutate": [*_rifiutate(comp), *nuove][-RICORDATE:]})
    if "frammento" in request.POST:
        return render(request, "segnalazioni/nuova/_foto.html", _contesto(apri(request)))
    if troppo_lunghe:
        return pagina(request, apri(request), "foto", _contesto(apri(request)), errori=troppo_lunghe)
    if request.POST.get("vai") == "indietro":
        return indietro(request, comp, "foto")
    resta = bool(togli or nuove) or request.POST.get("vai") == "carica"
    return verso(request, "foto", "le-foto") if resta else avanti(request, comp, "foto")


def _rifiutate(comp: Compilazione) -> list[Rifiutata]:
    rifiutate: list[Rifiutata] = comp.di("foto").get("rifiutate", [])
    return rifiutate


def _contesto(comp: Compilazione) -> dict[str, Any]:
    rifiutate, caricate = _rifiutate(comp), comp.foto
    restano = MASSIMO_FOTO - len(caricate)
    return {
        "caricate": [(f, _("%(peso)s · caricata") % {"peso": filesizeformat(f.peso)}) for f in caricate],
        "rifiutate": rifiutate,
        "restano": restano,
        "frase": quante_foto(len(caricate), len(rifiutate), restano) if caricate or rifiutate else "",
    }


def _carica(request: HttpRequest, comp: Compilazione) -> list[Rifiutata]:
    """Adds each file of the request to the draft; answers those refused, with the reason."""
    nuove = []
    for file in request.FILES.getlist("foto"):
        if motivo := _aggiungi(request, comp, file):
            nuove.append({"id": secrets.token_hex(4), "nome": (file.name or "")[:120], "motivo": motivo})
    return nuove


def _aggiungi(request: HttpRequest, comp: Compilazione, file: UploadedFile) -> str:
    if comp.bozza is None:
        raise RuntimeError("the guard of this step lets nobody in without a draft")
    if troppe(request, "foto", quante=CARICHI_ALL_ORA, secondi=3600):
        return _("Hai caricato troppi file in poco tempo: riprova fra un’ora, o vai avanti senza questa.")
    try:
        aggiungi_alla_bozza(comp.bozza, pulisci(file, nome=file.name or ""), nome=file.name or "")
    except DomainError as errore:
        if errore.codice == "bozza_sparita":
            raise
        return errore.messaggio
    return ""


def _descrivi(request: HttpRequest, comp: Compilazione) -> list[tuple[str, str]]:
    """Keeps the words about the photos; answers what is wrong with them, [(id of the field, sentence)]."""
    if comp.bozza is None:
        return []
    scritte, errori = {}, []
    for f in comp.foto:
        testo = request.POST.get(f"alt-{f.uid}", f.didascalia).replace("\x00", "").strip()
        if len(testo) > DIDASCALIA_MASSIMO:
            errori.append((f"alt-{f.uid}", _("Descrivi la foto in al massimo %(n)d caratteri.") % {"n": DIDASCALIA_MASSIMO}))
            continue
        if trova(testo):
            errori.append((f"alt-{f.uid}", _("Togli i dati personali: queste parole le leggono tutti.")))
            continue
        scritte[f.uid] = testo
    descrivi_foto(comp.bozza, scritte)
    return errori


def _togli(request: HttpRequest, comp: Compilazione, quale: str) -> Compilazione:
    """Drops a photo of this draft, or forgets a refused file."""
    for f in comp.foto:
        if str(f.uid) == quale:
            togli_foto(f)
    restano = [r for r in _rifiutate(comp) if r["id"] != quale]
    return salva(request, comp, foto={"rifiutate": restano})


@require_safe
def miniatura(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The small picture of a photo of this browser's draft; for anybody else there is none."""
    comp = apri(request)
    trovata = Foto.objects.filter(bozza=comp.bozza, uid=uid).first() if comp.bozza else None
    if trovata is None:
        raise Http404
    return FileResponse(
        trovata.miniatura.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "private, no-store"}
    )
