"""Who may come to the desk, and to which case.

An office's incarico opens the desk; being a superuser does not: every step is signed in the role of an office, and
whoever has none has no reason to read what people wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from comune.ruoli import incarichi_di
from segnalazioni.models import Segnalazione

if TYPE_CHECKING:
    from accounts.models import User

P = ParamSpec("P")


class RichiestaDiServizio(HttpRequest):
    """A request of somebody who holds an office today."""

    user: User


Porta = Callable[Concatenate[RichiestaDiServizio, P], HttpResponseBase]


def di_servizio(porta: Porta[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Login first; then 403 for whoever holds no office today."""

    @wraps(porta)
    def custodita(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_rientro(request, kwargs))
        if not incarichi_di(request.user):
            raise PermissionDenied
        return porta(cast(RichiestaDiServizio, request), *args, **kwargs)

    return custodita


def _rientro(request: HttpRequest, kwargs: dict[str, Any]) -> str:
    """Where the login leads back to: the page asked for, never a door that only takes a form."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return reverse("scrivania:caso", kwargs={"codice": kwargs["codice"]})


def caso_di(user: User, codice: str) -> Segnalazione:
    """The case, if it is this colleague's to work on; else 404, as if it did not exist."""
    return get_object_or_404(Segnalazione.objects.del_servizio(user).per_codice(codice))
