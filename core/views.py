"""Pages for what went wrong. None needs a database; those with the public frame fall back to a bare page."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def _nuda(stato: int) -> HttpResponse:
    """A page without request and context: nothing in it can fail again."""
    response = HttpResponse(render_to_string(f"{stato}.html"), status=stato)
    response["Cache-Control"] = "no-store"
    return response


def _pagina(request: HttpRequest, stato: int, contesto: dict[str, Any]) -> HttpResponse:
    """A page in the public frame, which asks who is logged in; with no database, the one that says so."""
    try:
        return render(request, f"{stato}.html", contesto, status=stato)
    except DatabaseError as guasto:
        logger.error("database not answering: %s", type(guasto).__name__)
        return database_down(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 for a form whose words alone are too many."""
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _nuda(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _pagina(request, 403, {"modulo_scaduto": False})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that did not come from our page, or a page left open too long: say so, lose nothing."""
    return _pagina(request, 403, {"modulo_scaduto": True})


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what does not exist and for what is not yours to see."""
    return _pagina(request, 404, {})


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _nuda(413)


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, and after how many seconds to come back."""
    response = _pagina(request, 429, {})
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when a middleware found the database down (Django calls this while it handles the exception)."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_down(request)
    return _nuda(500)


def database_down(request: HttpRequest) -> HttpResponse:
    """503."""
    response = _nuda(503)
    response["Retry-After"] = "30"
    return response
