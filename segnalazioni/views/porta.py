"""The door to one case: every citizen's address with a number in it comes through here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect

from core.codici import leggi_codice
from core.indirizzi import stesso_posto
from segnalazioni.accesso import Accesso, Visitatore, cerca

P = ParamSpec("P")
Porta = Callable[..., HttpResponseBase]


def del_caso(vista: Callable[Concatenate[HttpRequest, Accesso, P], HttpResponseBase]) -> Porta:
    """Gives the view the case that this visitor may see, instead of its number.

    What does not exist, is private, removed, or not yet confirmed answers with the same 404. A number written in
    another way (small letters, O for 0) leads to its own address; that is decided by the letters alone, before
    anything is looked for, so it tells nothing. What is not public is kept by no cache and no search engine.
    """

    @wraps(vista)
    def porta(request: HttpRequest, codice: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        proprio = leggi_codice(codice)
        if proprio is None:
            raise Http404
        if proprio != codice and request.method in ("GET", "HEAD"):
            return HttpResponsePermanentRedirect(stesso_posto(request, codice=proprio))
        accesso = cerca(proprio, Visitatore.di(request))
        if accesso is None:
            raise Http404
        risposta = vista(request, accesso, *args, **kwargs)
        if not accesso.caso.pubblica:
            non_conservare(risposta)
        return risposta

    return porta


def non_conservare(risposta: HttpResponseBase) -> None:
    """For nobody's cache, for no index."""
    risposta["Cache-Control"] = "private, no-store"
    risposta["X-Robots-Tag"] = "noindex"
