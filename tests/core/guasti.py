"""Things that break on purpose: a database that does not answer, views that fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from accounts.models import User
from core.errors import DomainError
from lucca_partecipa import urls as casa


@contextmanager
def database_giu() -> Iterator[None]:
    """Within the block the database refuses connections, in the words of each library."""

    def rifiuta(*args: Any, **kwargs: Any) -> None:
        raise OperationalError('connection to server at "10.1.2.3", port 5432 failed: Connection refused')

    with pytest.MonkeyPatch.context() as patch:
        # The connection that the test already has, and any new one.
        patch.setattr(connection, "cursor", rifiuta)
        patch.setattr(connection, "connect", rifiuta)
        yield


def _rifiuta(request: HttpRequest) -> HttpResponse:
    raise DomainError("gia_chiusa", "Questa segnalazione è già chiusa.")


def _solleva(che: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise che

    return view


def _legge(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(User.objects.count()))


def _modulo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST.get("testo", "-"))


def _sessione(request: HttpRequest) -> HttpResponse:
    request.session["visto"] = True
    return redirect("/altrove/")


urlpatterns = [
    path("guasti/regola/", _rifiuta),
    path("guasti/400/", _solleva(BadRequest("no"))),
    path("guasti/403/", _solleva(PermissionDenied())),
    path("guasti/404/", _solleva(Http404())),
    path("guasti/500/", _solleva(ZeroDivisionError("anna@example.org"))),
    path("guasti/unicita/", _solleva(IntegrityError("duplicate"))),
    path("guasti/database/", _legge),
    path("guasti/modulo/", _modulo),
    path("guasti/sessione/", _sessione),
    *casa.urlpatterns,
]
handler400, handler403, handler404, handler500 = casa.handler400, casa.handler403, casa.handler404, casa.handler500
