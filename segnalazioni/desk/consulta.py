"""Looks at contacts and at what is covered: each says why, and is written down before anything is shown."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import e_capo_urp
from segnalazioni import actions
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.caso import pagina
from segnalazioni.desk.moderazione import caso_da_moderare, mostra
from segnalazioni.forms.moderazione import ConsultaForm
from segnalazioni.fotografie import manda_file
from segnalazioni.models import Consultazione, CosaVista, OriginaleFoto, Segnalazione

PER_PAGINA = 50


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def recapiti(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The page of the case with the contacts of who reported. Opened by hand, without them."""
    caso = caso_di(request.user, codice)
    if request.method != "POST":
        return redirect(f"{caso.url_scrivania()}#chi")
    form = ConsultaForm(request.POST, auto_id="consulta-%s")
    if not form.is_valid():
        return pagina(request, caso, status=422, consulta=form)
    _scrivi(request, caso, CosaVista.RECAPITI, form)
    risposta = pagina(request, caso, consulta=form, recapiti=actions.recapiti_di(caso) or [("", "")])
    risposta["Cache-Control"] = "private, no-store"
    return risposta


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def parole(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The page of moderation with the covered words as they were."""
    caso = caso_da_moderare(request.user, codice)
    if request.method != "POST":
        return redirect(caso.url_scrivania("riservatezza"))
    form = ConsultaForm(request.POST, auto_id="consulta-%s")
    if not form.is_valid():
        return mostra(request, caso, consulta=form, status=422)
    _scrivi(request, caso, CosaVista.PAROLE, form)
    return mostra(request, caso, originali=True)


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def foto(request: RichiestaDiServizio, codice: str, uid: UUID) -> HttpResponseBase:
    """The photo as it was before anything was covered: the picture itself, kept by no cache."""
    caso = caso_da_moderare(request.user, codice)
    if request.method != "POST":
        return redirect("scrivania:foto_copri", codice=caso.codice, uid=uid)
    originale = get_object_or_404(OriginaleFoto, foto__segnalazione=caso, foto__uid=uid)
    form = ConsultaForm(request.POST)
    if not form.is_valid():
        return redirect("scrivania:foto_copri", codice=caso.codice, uid=uid)
    _scrivi(request, caso, CosaVista.FOTO, form)
    return manda_file(originale.file, nome=f"{caso.codice}-originale", cache="private, no-store")


def _scrivi(request: RichiestaDiServizio, caso: Segnalazione, cosa: CosaVista, form: ConsultaForm) -> None:
    actions.consulta(caso, operatore=request.user, cosa=cosa, motivo=form.cleaned_data["motivo"])


@require_safe
@di_servizio
def registro(request: RichiestaDiServizio) -> HttpResponse:
    """Every look, newest first: for who heads the URP; ?caso= those of one case."""
    if not e_capo_urp(request.user):
        raise PermissionDenied
    righe = Consultazione.objects.select_related("autore", "segnalazione__contributo")
    codice = request.GET.get("caso", "")
    if codice:
        righe = righe.filter(segnalazione__contributo__codice=codice)
    pagina_scelta = Paginator(righe, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {"pagina": pagina_scelta, "codice": codice}
    return render(request, "segnalazioni/scrivania/consultazioni.html", contesto)
