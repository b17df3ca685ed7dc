"""The steps that a citizen takes: an answer, observations, a contestation, a request to step in, the withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from segnalazioni import actions
from segnalazioni.accesso import Accesso, Visitatore
from segnalazioni.forms.pagina import (
    ContestazioneForm,
    GradimentoForm,
    OsservazioniForm,
    RispostaForm,
    RitiroForm,
    SollecitoForm,
)
from segnalazioni.models import Segnalazione
from segnalazioni.views.porta import del_caso
from segnalazioni.views.scheda import Moduli, mostra
from segnalazioni.workflow import PROCEDURA

Pubblico = type[RispostaForm | OsservazioniForm | ContestazioneForm | SollecitoForm | RitiroForm]


@del_caso
def rispondi(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter answers the office's question."""
    fatto = _("Grazie: l’ufficio ha la tua risposta.")
    return _passo(request, accesso, "rispondi", RispostaForm, actions.rispondi, fatto)


@del_caso
def osserva(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter answers a preavviso di rigetto."""
    fatto = _("Grazie: l’ufficio ha le tue osservazioni e ne tiene conto prima di decidere.")
    return _passo(request, accesso, "osserva", OsservazioniForm, actions.osserva, fatto)


@del_caso
def contesta(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter contests the answer."""
    fatto = _("La tua contestazione è arrivata: decide una persona diversa da chi ha risposto.")
    return _passo(request, accesso, "contesta", ContestazioneForm, actions.contesta, fatto)


@del_caso
def sollecita(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter asks for who may step in for a late office."""
    fatto = _("Fatto: chi ha il potere sostitutivo ha la tua richiesta. Ti scriviamo quando decide.")
    return _passo(request, accesso, "sollecita", SollecitoForm, actions.sollecita, fatto)


@del_caso
def ritira(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter takes the report back."""
    return _passo(request, accesso, "ritira", RitiroForm, actions.ritira, _("Fatto: l’hai ritirata."))


@del_caso
def valuta(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter says what they think of the answer; the second button also closes the case."""
    if request.method != "POST":
        return redirect(accesso.caso)
    _pretendi(accesso, "archivia")
    modulo = GradimentoForm(request.POST)
    if not modulo.is_valid():
        return mostra(request, accesso, moduli=Moduli(valuta=modulo), status=422)
    chiudi = request.POST.get("che") == "chiudi"
    autore = Visitatore.di(request).account
    actions.valuta(accesso.caso, autore=autore, chiudi=chiudi, **modulo.cleaned_data)
    messages.success(request, _("Grazie: è chiusa.") if chiudi else _("Grazie: lo legge il Comune."))
    return redirect(accesso.caso)


def _passo(
    request: HttpRequest,
    accesso: Accesso,
    passo: str,
    tipo: Pubblico,
    azione: Callable[..., Segnalazione],
    fatto: str,
) -> HttpResponse:
    """Permission, form, one action, answer."""
    if request.method != "POST":
        return redirect(accesso.caso)
    _pretendi(accesso, passo)
    modulo = tipo(request.POST, request.FILES, pubblica=accesso.caso.pubblica)
    if not modulo.is_valid():
        rifiutati: dict[str, Any] = {passo: modulo}
        return mostra(request, accesso, moduli=Moduli(**rifiutati), status=422)
    azione(accesso.caso, autore=Visitatore.di(request).account, **modulo.dati)
    messages.success(request, fatto)
    return redirect(accesso.caso)


def _pretendi(accesso: Accesso, passo: str) -> None:
    """403 for who did not report it, 409 when it is not the moment: before any photo is decoded."""
    if not accesso.segnalante:
        raise PermissionDenied
    PROCEDURA.chiedi(accesso.caso.stato, passo, accesso.ruoli)
