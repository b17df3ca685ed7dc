"""Who may come to the desk, and to the pages of the URP's own.

An office's incarico opens the desk; being a superuser does not: every step is signed in the role of an office, and
whoever has none has no reason to read what people wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from comune.ruoli import e_urp, incarichi_di
from core.codici import leggi_codice
from core.indirizzi import stesso_posto

if TYPE_CHECKING:
    from accounts.models import User

P = ParamSpec("P")
# Doors of forms that also open as pages: who comes back from the login finds the form there.
_ANCHE_PAGINE = frozenset({"sportello:nuova", "protocollo:riprova", "appuntamenti:nuovo", "appuntamenti:annulla"})
# Where those lead that do not open, by namespace; all others lead to their case.
_RIENTRI = {"appuntamenti": "appuntamenti:agenda"}


class RichiestaDiServizio(HttpRequest):
    """A request of somebody who holds an office today."""

    user: User


Porta = Callable[Concatenate[RichiestaDiServizio, P], HttpResponseBase]


def di_servizio(porta: Porta[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Login first, and whoever was writing gets the words back; then 403 for whoever holds no office today.

    A number written in another way (small letters, O for 0) leads to its own address, as at the citizens' doors.
    """

    @wraps(porta)
    def custodita(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _senza_accesso(request, kwargs)
        if not incarichi_di(request.user):
            raise PermissionDenied
        codice = str(kwargs.get("codice", ""))
        proprio = leggi_codice(codice) or codice
        if proprio != codice and request.method in ("GET", "HEAD"):
            return HttpResponsePermanentRedirect(stesso_posto(request, codice=proprio))
        return porta(cast(RichiestaDiServizio, request), *args, **kwargs)

    return custodita


def solo_urp(porta: Porta[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """The same, for the URP alone: 403 for every other office."""

    @di_servizio
    @wraps(porta)
    def custodita(request: RichiestaDiServizio, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not e_urp(request.user):
            raise PermissionDenied
        return porta(request, *args, **kwargs)

    return custodita


def _senza_accesso(request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
    """The way to the login. A session that ended while somebody was writing takes no word away: they come back."""
    rientro = _rientro(request, kwargs)
    parole = scritto(request)
    if not parole:
        return redirect_to_login(rientro)
    contesto = {"accedi": redirect_to_login(rientro).url, "scritto": parole}
    return render(request, "comune/scaduta.html", contesto, status=403)


def scritto(request: HttpRequest) -> list[tuple[str, str]]:
    """The words of a form that is not to be shown again, with the names of their fields; never what came hidden."""
    nomi = {
        "testo": _("Testo per chi ha segnalato"),
        "ente": _("Ente"),
        "prova": _("Prova"),
        "nota": _("Nota"),
        "annota-testo": _("Nota per i colleghi"),
    }
    nomi |= {"cerca": _("Via o posto"), "parole": _("Dove, a parole"), "per_conto_di": _("Per conto di")}
    nomi |= {"email": _("E-mail"), "telefono": _("Telefono"), "nome": _("Nome")}
    return [(nome, request.POST[chiave]) for chiave, nome in nomi.items() if request.POST.get(chiave)]


def _rientro(request: HttpRequest, kwargs: dict[str, Any]) -> str:
    """Where the login leads back to: the page asked for, never a door that only takes a form."""
    si_apre = request.resolver_match is not None and request.resolver_match.view_name in _ANCHE_PAGINE
    if request.method in ("GET", "HEAD") or si_apre:
        return request.get_full_path()
    if request.resolver_match is not None and request.resolver_match.namespace in _RIENTRI:
        return reverse(_RIENTRI[request.resolver_match.namespace])
    if "codice" not in kwargs:
        return reverse("scrivania:coda")
    return reverse("scrivania:caso", kwargs={"codice": kwargs["codice"]})
