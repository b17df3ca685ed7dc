"""What stands around every request. Sync only: HTTP is served by the WSGI application."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core.errors import DomainError
from core.logs import richiesta

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestIdMiddleware:
    """Gives every request an id of its own (never the client's: it would let strangers write our logs)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = richiesta.set(secrets.token_hex(8))
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = richiesta.get()
            return response
        finally:
            richiesta.reset(token)


def _pagina_503() -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response


class DatabaseDownMiddleware:
    """A database that does not answer becomes a readable 503 that needs no database.

    Also outside the view: the session and the user are read by other middleware.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        return _pagina_503() if getattr(request, "database_giu", False) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            logger.error("database not answering: %s", type(exception).__name__)
            return _pagina_503()
        return None


class BodyLimitMiddleware:
    """Refuses a body larger than BODY_MAX_BYTES before anything reads it; 413 says what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.BODY_MAX_BYTES:
            return HttpResponse(render_to_string("413.html"), status=413)
        return self.get_response(request)


class DomainErrorMiddleware:
    """The one place where a refusal of the domain becomes an answer: 409, a page or problem JSON (RFC 9457)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            body = {"type": f"urn:partecipa:{exception.codice}", "title": exception.messaggio, "status": 409}
            return JsonResponse(body, status=409, content_type="application/problem+json")
        context = {"messaggio": exception.messaggio, "codice": exception.codice, "indietro": request.path}
        return render(request, "409.html", context, status=409)
