"""What stands around every request. Sync only: HTTP is served by the WSGI application."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from core.errors import DomainError
from core.logs import richiesta
from core.views import database_down, too_large

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Asked every few seconds by machines: not worth a line each.
PERCORSO_MASSIMO = 2_000  # characters: no address of ours has a tenth of it
SENZA_RIGA = ("/healthz", "/readyz", settings.STATIC_URL)


class RequestIdMiddleware:
    """Gives every request an id of its own and writes one line about it.

    Never the client's id: it would let strangers write our logs. The line says method, path, status and time; the
    formatters of core.logs take secrets out of the path.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        inizio = time.perf_counter()
        numero = secrets.token_hex(8)
        segno = richiesta.set(numero)
        # Django writes its line about a 4xx when all middleware is over: the filter finds the number here.
        setattr(request, "richiesta", numero)  # noqa: B010
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = numero
            if not request.path.startswith(SENZA_RIGA):
                durata = (time.perf_counter() - inizio) * 1000
                logger.info("%s %s %d %.0f ms", request.method, request.path[:200], response.status_code, durata)
            return response
        finally:
            richiesta.reset(segno)


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy of CONTENT_SECURITY_POLICY on every answer, alike for all pages.

    One exception: Wagtail 8 starts its date fields, inline panels and choosers with scripts inside the page, different
    on every page and without a nonce, and its rich text editor writes styles. Under CMS_PATH, where only editors go,
    those are let through (CMS_CONTENT_SECURITY_POLICY is added to the policy).
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(settings.CMS_PATH):
            parts.update = {**(parts.update or {}), **settings.CMS_CONTENT_SECURITY_POLICY}
        return parts


class DatabaseDownMiddleware:
    """A database that does not answer becomes a readable 503 that needs no database.

    For what happens in a view; what other middleware meet outside it comes to core.views.server_error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        # With its trace: a lock that timed out and a column that a migration forgot come here too.
        logger.error("database not answering", exc_info=exception)
        return database_down(request)


class LimitsMiddleware:
    """What no view should have to think of: too large a body (413), a length or address that no browser writes (400).

    Looks at the length alone, before anything reads the body (BODY_MAX_BYTES). Without a length there is no body:
    WSGI knows no other way, and core.body gives one to chunked requests.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            raise BadRequest("Content-Length is not a number")
        if int(length) > settings.BODY_MAX_BYTES:
            return too_large(request)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")  # PostgreSQL would refuse it in the middle of a view
        if len(request.path_info) > PERCORSO_MASSIMO:
            return HttpResponse("", status=414)
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if charset not in ("utf-8", "utf8", "us-ascii"):
            request.encoding = "utf-8"  # the page that says so reads the address
            raise BadRequest("a body in another alphabet")  # some of Python's codecs are no alphabets at all
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
        logger.info("refused: %s", exception.codice)
        tipo = request.get_preferred_type(["text/html", "application/json", "application/problem+json"])
        response: HttpResponse
        if tipo in {"application/json", "application/problem+json"}:
            corpo = {"type": f"urn:partecipa:{exception.codice}", "title": exception.messaggio, "status": 409}
            response = JsonResponse(corpo, status=409, content_type="application/problem+json")
        else:
            contesto = {"messaggio": exception.messaggio, "codice": exception.codice, "indietro": _indietro(request)}
            response = render(request, "409.html", contesto, status=409)
        patch_vary_headers(response, ["Accept"])
        return response


def _indietro(request: HttpRequest) -> str:
    """Where the person was: the page of ours with the form, else this address (which may answer POST alone)."""
    pagina = request.headers.get("Referer", "")
    nostra = url_has_allowed_host_and_scheme(pagina, {request.get_host()}, require_https=request.is_secure())
    return pagina if nostra else request.path
