"""Pages for what went wrong."""

from __future__ import annotations

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.errors import DomainError


def _pagina(request: HttpRequest, stato: int) -> HttpResponse:
    try:
        return render(request, f"{stato}.html", status=stato)
    except (DatabaseError, DomainError):
        # The frame asks who is logged in; with no database the bare page still says what happened.
        return HttpResponse(render_to_string("503.html"), status=503)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: also bodies over the limit and tampered forms."""
    return _pagina(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _pagina(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page for what does not exist and for what is not yours to see."""
    return _pagina(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with nothing that could fail again."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or a page left open too long: say so, lose nothing."""
    return render(request, "403.html", {"modulo_scaduto": True}, status=403)
