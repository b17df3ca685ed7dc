"""Public pages kept as they were rendered, for visitors who carry no session.

A view that gives everybody the same page says so (`shared`), naming what the page is made of: "pagine" (whatever
editors keep), "segnalazioni". Each of these has an epoch in the cache, a random word; `touch` begins a new one after
commit, and every page of an older epoch is rendered again when next asked for. So what is published shows at once, in
every process, and nothing has to know which pages show it.

Only GET and HEAD without a session, without messages, and with no query but the number of one of the first pages of a
list; only answers that set no cookie. MAX_AGE bounds what a lost touch can do (a cache that was away at that moment).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

MAX_AGE = 300  # seconds
THINGS = ("pagine", "segnalazioni")
# Every page answers to any number: those that nobody turns to would fill the cache with the same page again.
_PLAIN_QUERY = re.compile(r"(pagina=[1-9][0-9]?)?")
_MARK = "made_of"
# Who has one of these may be shown something of their own.
_PERSONAL = (settings.SESSION_COOKIE_NAME, "messages")

Answer = TypeVar("Answer", bound=HttpResponseBase)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def shared(response: Answer, *made_of: str) -> Answer:
    """Says that every visitor without a session gets this very page; it is made of these things (of THINGS)."""
    setattr(response, _MARK, made_of)
    return response


def touch(*things: str) -> None:
    """After this transaction, pages made of any of these are rendered again."""
    transaction.on_commit(partial(_begin, things))


def _begin(things: tuple[str, ...]) -> None:
    cache.set_many({_epoch(thing): secrets.token_hex(8) for thing in things}, None)


def _epoch(thing: str) -> str:
    return f"epoch:{thing}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was sent. made_of: the epochs of what it is made of, read before it was rendered."""

    content: bytes
    headers: dict[str, str]
    etag: str
    made_of: dict[str, str]


class PublicCacheMiddleware:
    """Stands outside sessions and languages: a page that is kept costs no query and starts nothing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_public(request):
            return self.get_response(request)
        key = _key(request)
        kept, now = _ask(key)
        if kept is not None and all(now.get(thing) == epoch for thing, epoch in kept.made_of.items()):
            return _again(request, kept)
        response = self.get_response(request)
        made_of: tuple[str, ...] = getattr(response, _MARK, ())
        if not made_of or not isinstance(response, HttpResponse) or not _same_for_all(response):
            return response
        kept = _keep(response, {thing: now[thing] for thing in made_of})
        cache.set(key, kept, MAX_AGE)
        return _again(request, kept)


def _ask(key: str) -> tuple[Kept | None, dict[str, str]]:
    """The page, if it is kept, and the epochs of now, in one question; what has no epoch gets its first."""
    found = cache.get_many([key, *map(_epoch, THINGS)])
    now = {thing: found.get(_epoch(thing)) or _first(thing) for thing in THINGS}
    return found.get(key), now


def _first(thing: str) -> str:
    cache.add(_epoch(thing), secrets.token_hex(8), None)
    return str(cache.get(_epoch(thing), ""))


def _is_public(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and not any(name in request.COOKIES for name in _PERSONAL)
        and "Authorization" not in request.headers
        and _PLAIN_QUERY.fullmatch(request.META.get("QUERY_STRING", "")) is not None
        and _is_plain_host(request)
    )


def _is_plain_host(request: HttpRequest) -> bool:
    """Our host has endless spellings (capitals, any port), each of them a key: only the one that people use is kept."""
    host = request.get_host()  # refuses hosts that are not ours, here as in any view
    domain, port = split_domain_port(host)
    ours = {"", str(request.META.get("SERVER_PORT", "")), str(urlsplit(settings.SITO_URL).port or "")}
    return port in ours and host == (f"{domain}:{port}" if port else domain)


def _key(request: HttpRequest) -> str:
    # The language is in the path: what a browser prefers changes nothing.
    parts = (request.scheme or "", request.get_host(), request.get_full_path())
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _same_for_all(response: HttpResponse) -> bool:
    return response.status_code == 200 and not response.cookies


def _keep(response: HttpResponse, made_of: dict[str, str]) -> Kept:
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return Kept(response.content, headers, etag, made_of)


def _again(request: HttpRequest, kept: Kept) -> HttpResponse:
    """The page, or 304 for a browser that has it; browsers ask every time, so that they too see news at once."""
    response = HttpResponse(kept.content, headers=kept.headers)
    response["ETag"] = kept.etag
    response["Cache-Control"] = "no-cache"
    if request.method == "HEAD":
        response["Content-Length"] = str(len(kept.content))
    conditional = get_conditional_response(request, etag=kept.etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response
