"""What everybody reads of a case: covered, uncovered, shown to more or to fewer. For the URP and the office's head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ascolto.models import Visibilita
from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import e_capo_urp
from core.dati_personali import trova
from core.errors import DomainError
from segnalazioni import actions
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.fascicolo import visibilita_di
from segnalazioni.forms.moderazione import (
    ConsultaForm,
    CopriForm,
    PercheFotoForm,
    ScopriForm,
    VisibilitaForm,
    ZoneFormSet,
)
from segnalazioni.models import Foto, Moderazione, ParteCoperta, Segnalazione, ruoli_di_servizio
from segnalazioni.parti import Parte, parti_di

if TYPE_CHECKING:
    from accounts.models import User


def puo_moderare(caso: Segnalazione, user: User) -> bool:
    """May this colleague cover what everybody reads of the case?"""
    return bool(ruoli_di_servizio(caso, user) & actions.MODERATORI)


def caso_da_moderare(user: User, codice: str) -> Segnalazione:
    """The case: 404 when it is not this colleague's, 403 when they work on it without deciding what is read."""
    caso = caso_di(user, codice)
    if not puo_moderare(caso, user):
        raise PermissionDenied
    return caso


@dataclass(frozen=True, slots=True)
class ParteMostrata:
    """One public part. coperta: some of it is covered; originale: as it was, only for who has asked to see it."""

    parte: Parte
    coperta: bool
    originale: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def riservatezza(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Words covered and uncovered, visibility, and who did what before. 422: data missing; 409: a rule refuses."""
    caso = caso_da_moderare(request.user, codice)
    if request.method != "POST":
        return mostra(request, caso)
    che = request.POST.get("che", "")
    form = _moduli(caso, parti_di(caso), request.POST).get(che)
    if form is None:
        return redirect(caso.url_scrivania("riservatezza"))
    if not form.is_valid():
        return mostra(request, caso, **{che: form}, status=422)
    try:
        messages.success(request, _compi(caso, che, form, request.user))
    except DomainError as rifiuto:
        form.add_error(None, rifiuto.messaggio)
        return mostra(request, caso, **{che: form}, status=409)
    return redirect(caso.url_scrivania("riservatezza"))


def _compi(caso: Segnalazione, che: str, form: Any, user: User) -> str:
    dati = form.cleaned_data
    if che == "copri":
        actions.copri_parole(caso, operatore=user, perche=form.perche, frasi=dati["frasi"], intere=dati["intere"])
        return _("Fatto: da adesso al loro posto si legge «[parole coperte]». Chi ha segnalato riceve il motivo.")
    if che == "scopri":
        actions.scopri_parole(caso, operatore=user, perche=form.perche, parti=dati["parti"])
        return _("Fatto: si legge di nuovo come prima. Chi ha segnalato riceve il motivo.")
    actions.cambia_visibilita(caso, operatore=user, perche=form.perche, visibilita=Visibilita(dati["visibilita"]))
    return _("Fatto: è cambiato chi la può leggere. Chi ha segnalato riceve il motivo.")


def mostra(
    request: RichiestaDiServizio,
    caso: Segnalazione,
    *,
    originali: bool = False,
    status: int = 200,
    consulta: ConsultaForm | None = None,
    **moduli: Any,
) -> HttpResponse:
    """The page. originali: with the covered words, for who has just said why they need them."""
    parti = parti_di(caso)
    coperte = {parte.chiave: parte for parte in ParteCoperta.objects.filter(segnalazione=caso)}
    foto = list(Foto.objects.filter(segnalazione=caso).select_related("originale"))
    mostrate = [
        ParteMostrata(
            parte,
            parte.chiave in coperte,
            coperte[parte.chiave].originale if originali and parte.chiave in coperte else "",
        )
        for parte in parti
    ]
    contesto = {
        "caso": caso,
        "visibilita": visibilita_di(caso),
        "scopribili": bool([parte for parte in coperte.values() if parte.originale]),
        "parti": mostrate,
        "coperte": bool(coperte),
        "foto": [(una, hasattr(una, "originale")) for una in foto],
        "trovati": [t.testo for m in mostrate for t in trova(m.parte.testo)],
        "storia": Moderazione.objects.filter(segnalazione=caso).select_related("autore", "parole"),
        "capo": e_capo_urp(request.user),
        "consulta": consulta or ConsultaForm(auto_id="consulta-%s"),
        **_moduli(caso, parti),
        **moduli,
    }
    risposta = render(request, "segnalazioni/scrivania/riservatezza.html", contesto, status=status)
    risposta["Cache-Control"] = "private, no-store"
    return risposta


def _moduli(caso: Segnalazione, parti: Sequence[Parte], post: QueryDict | None = None) -> dict[str, Any]:
    """The three forms by name; that which was sent is filled with `post`."""
    di = post.get("che") if post else ""
    tenute = ParteCoperta.objects.filter(segnalazione=caso).exclude(originale="").values_list("chiave", flat=True)
    scopribili = [(parte.chiave, parte.nome) for parte in parti if parte.chiave in set(tenute)]
    return {
        "copri": CopriForm(post if di == "copri" else None, parti=parti),
        "scopri": ScopriForm(post if di == "scopri" else None, parti=scopribili),
        "chi_legge": VisibilitaForm(post if di == "chi_legge" else None),
    }


# --- photos -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def foto_copri(request: RichiestaDiServizio, codice: str, uid: UUID) -> HttpResponse:
    """Areas of a photo overwritten, or the photo put back as it was."""
    caso = caso_da_moderare(request.user, codice)
    foto = get_object_or_404(Foto.objects.select_related("segnalazione", "originale"), segnalazione=caso, uid=uid)
    if request.method != "POST":
        return _mostra_foto(request, caso, foto)
    form = PercheFotoForm(request.POST)
    scopre = request.POST.get("che") == "scopri"
    zone = None if scopre else ZoneFormSet(request.POST, prefix="zona")
    if not form.is_valid() or (zone is not None and not zone.is_valid()):
        return _mostra_foto(request, caso, foto, form=form, zone=zone, status=422)
    try:
        if zone is None:
            actions.scopri_foto(foto, operatore=request.user, perche=form.perche)
        else:
            scelte = [riga.zona for riga in zone if riga.has_changed()]
            actions.copri_foto(foto, operatore=request.user, perche=form.perche, zone=scelte)
    except DomainError as rifiuto:
        form.add_error(None, rifiuto.messaggio)
        return _mostra_foto(request, caso, foto, form=form, zone=zone, status=409)
    messages.success(request, _("Fatto: tutti vedono la foto così. Chi ha segnalato riceve il motivo."))
    return redirect("scrivania:foto_copri", codice=caso.codice, uid=foto.uid)


def _mostra_foto(
    request: RichiestaDiServizio,
    caso: Segnalazione,
    foto: Foto,
    *,
    form: PercheFotoForm | None = None,
    zone: Any = None,
    status: int = 200,
) -> HttpResponse:
    originale = getattr(foto, "originale", None)
    contesto = {
        "caso": caso,
        "foto": foto,
        "coperte": len(originale.zone) if originale else 0,
        "form": form or PercheFotoForm(),
        "zone": zone or ZoneFormSet(prefix="zona"),
        "zone_sbagliate": _sbagliate(zone),
        "consulta": ConsultaForm(auto_id="consulta-%s"),
    }
    return render(request, "segnalazioni/scrivania/foto_copri.html", contesto, status=status)


def _sbagliate(zone: Any) -> list[tuple[str, str]]:
    """(id of the field, sentence) of every error in the numbers, for the summary on top."""
    if zone is None or not zone.is_bound:
        return []
    return [
        (str(riga[nome].id_for_label), f"{riga[nome].label}: {frase}")
        for riga in zone
        for nome, frasi in riga.errors.items()
        for frase in frasi
    ]
