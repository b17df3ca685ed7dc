"""The steps that a citizen takes: the answer to a question, the withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from segnalazioni import actions
from segnalazioni.accesso import Accesso, Visitatore
from segnalazioni.forms.pagina import RispostaForm, RitiroForm
from segnalazioni.views.porta import del_caso
from segnalazioni.views.scheda import Moduli, mostra
from segnalazioni.workflow import PROCEDURA


@del_caso
def rispondi(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter answers the office's question."""
    if request.method != "POST":
        return redirect(accesso.caso)
    _pretendi(accesso, "rispondi")
    modulo = RispostaForm(request.POST, request.FILES, pubblica=accesso.caso.pubblica)
    if not modulo.is_valid():
        return mostra(request, accesso, moduli=Moduli(rispondi=modulo), status=422)
    actions.rispondi(accesso.caso, autore=Visitatore.di(request).account, **modulo.dati)
    messages.success(request, _("Grazie: l’ufficio ha la tua risposta e il termine riparte."))
    return redirect(accesso.caso)


@del_caso
def ritira(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """The reporter takes the report back."""
    if request.method != "POST":
        return redirect(accesso.caso)
    _pretendi(accesso, "ritira")
    modulo = RitiroForm(request.POST, pubblica=accesso.caso.pubblica)
    if not modulo.is_valid():
        return mostra(request, accesso, moduli=Moduli(ritira=modulo), status=422)
    actions.ritira(accesso.caso, autore=Visitatore.di(request).account, **modulo.dati)
    messages.success(request, _("Hai ritirato la segnalazione."))
    return redirect(accesso.caso)


def _pretendi(accesso: Accesso, passo: str) -> None:
    """403 for who did not report it, 409 when it is not the moment: before any photo is decoded."""
    if not accesso.segnalante:
        raise PermissionDenied
    PROCEDURA.chiedi(accesso.caso.stato, passo, accesso.ruoli)
