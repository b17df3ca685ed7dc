"""Step 3, photos: one or many at a time, each clean or refused with its reason; nothing here holds anybody up."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
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
from core.immagini import MASSIMO_BYTE, pulisci
from core.ratelimit import troppe
from segnalazioni.actions import togli_foto
from segnalazioni.actions.bozza import aggiungi_alla_bozza, descrivi_foto
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import DIDASCALIA_MASSIMO, quante_foto
from segnalazioni.models import MASSIMO_FOTO, Foto
from segnalazioni.views.nuova._bozza import (
    apri,
    avanti,
    indietro,
    pagina,
    passo,
    salva,
    scritto,
    verso,
)

CARICHI_ALL_ORA = 60
RICORDATE = 10  # refused files that the page goes on telling about

Rifiutata = dict[str, str]


@passo("foto")
def foto(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """Shows the photos; takes files, words about them, and the wish to drop one. With `frammento` only the list."""
    if request.method != "POST":
        return pagina(request, comp, "foto", _contesto(comp))
    parole = _parole(request, comp)
    errori = _descrivi(comp, parole)
    comp, ferma = _cambia(request, comp)
    if "frammento" in request.POST:
        return render(request, "segnalazioni/nuova/_foto.html", _contesto(comp, parole))
    if errori:
        return pagina(request, comp, "foto", _contesto(comp, parole), errori=errori)
    if request.POST.get("vai") == "indietro":
        return indietro(request, comp, "foto")
    return verso(request, "foto", "le-foto") if ferma else avanti(request, comp, "foto")


def _cambia(request: HttpRequest, comp: Compilazione) -> tuple[Compilazione, bool]:
    """Takes in and drops what the request says; True when the page has something to show before going on."""
    nuove = _carica(request, comp)
    togli = request.POST.get("togli", "")
    if togli:
        comp = _togli(request, comp, togli)
    elif nuove or request.FILES:
        comp = salva(request, comp, foto={"rifiutate": [*_rifiutate(comp), *nuove][-RICORDATE:]})
    return comp, bool(togli or nuove) or request.POST.get("vai") == "carica"


def _rifiutate(comp: Compilazione) -> list[Rifiutata]:
    rifiutate: list[Rifiutata] = comp.di("foto").get("rifiutate", [])
    return rifiutate


def _contesto(comp: Compilazione, parole: Mapping[UUID, str] | None = None) -> dict[str, Any]:
    """parole: what was just typed about a photo, where it has not been accepted yet."""
    rifiutate, caricate = _rifiutate(comp), comp.foto
    restano = MASSIMO_FOTO - len(caricate)
    return {
        "caricate": [
            (f, _("%(peso)s · caricata") % {"peso": filesizeformat(f.peso)}, (parole or {}).get(f.uid, f.didascalia))
            for f in caricate
        ],
        "rifiutate": rifiutate,
        "massimo_byte": MASSIMO_BYTE,
        "frase": quante_foto(len(caricate), len(rifiutate), restano) if caricate or rifiutate else "",
    }


def _carica(request: HttpRequest, comp: Compilazione) -> list[Rifiutata]:
    """Adds each file of the request to the draft; answers those refused, with the reason."""
    nuove = []
    for file in request.FILES.getlist("foto"):
        if motivo := _aggiungi(request, comp, file):
            nuove.append({"id": secrets.token_hex(4), "nome": (file.name or "")[:120], "motivo": motivo})
    return nuove


def _aggiungi(request: HttpRequest, comp: Compilazione, file: UploadedFile[bytes]) -> str:
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


def _parole(request: HttpRequest, comp: Compilazione) -> dict[UUID, str]:
    """What was typed about each photo of the draft."""
    nomi = {f.uid: f"alt-{f.uid}" for f in comp.foto}
    scritte = scritto(request, [nome for nome in nomi.values() if nome in request.POST])
    return {uid: scritte[nome].strip() for uid, nome in nomi.items() if nome in scritte}


def _descrivi(comp: Compilazione, parole: Mapping[UUID, str]) -> list[tuple[str, str]]:
    """Keeps the words that will do; answers what is wrong with the others, [(id of the field, sentence)]."""
    errori = {}
    for uid, testo in parole.items():
        if len(testo) > DIDASCALIA_MASSIMO:
            errori[uid] = _("Descrivi la foto in al massimo %(n)d caratteri.") % {"n": DIDASCALIA_MASSIMO}
        elif trovati := trova(testo):
            errori[uid] = _("Togli %(che)s: queste parole le leggono tutti.") % {"che": trovati[0].testo}
    if comp.bozza:
        descrivi_foto(comp.bozza, {uid: testo for uid, testo in parole.items() if uid not in errori})
    return [(f"alt-{uid}", frase) for uid, frase in errori.items()]


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
