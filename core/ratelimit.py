"""How often one address may do a thing, and how its address is known."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def indirizzo(request: HttpRequest) -> str:
    """The client's IP address: the one place where it is decided, for our limits and for allauth's.

    Each of the TRUSTED_PROXIES in front of us adds, on the right of X-Forwarded-For, the address that spoke to it:
    counting from the right, that many are true; whatever stands before them a client may have written itself.
    With fewer than promised, or something that is no address, the peer of the connection (REMOTE_ADDR).
    """
    passati = request.headers.get("X-Forwarded-For", "").split(",")
    quanti = settings.TRUSTED_PROXIES
    if 0 < quanti <= len(passati):
        letto = _leggi(passati[-quanti])
        if letto:
            return letto
    return str(request.META.get("REMOTE_ADDR", ""))


def _leggi(testo: str) -> str:
    """An address as proxies write it, with or without a port; "" when it is none."""
    testo = testo.strip()
    if testo.startswith("["):
        testo = testo[1:].partition("]")[0]
    elif testo.count(":") == 1:
        testo = testo.partition(":")[0]
    try:
        return str(ip_address(testo))
    except ValueError:
        return ""


def _chi(request: HttpRequest) -> str:
    """A digest of the address. Keyed: whoever reads the cache cannot try all addresses against it."""
    da = indirizzo(request)
    try:
        letto = ip_address(da)
    except ValueError:
        letto = None
    if isinstance(letto, IPv6Address):
        # One household has at least a /64: single addresses would count nothing.
        da = str(IPv6Network((letto, 64), strict=False))
    return salted_hmac("core.ratelimit", da, algorithm="sha256").hexdigest()[:32]


def troppe(request: HttpRequest, che: str, *, quante: int, secondi: int) -> bool:
    """True when this address did `che` more than `quante` times within a window of `secondi` seconds.

    The window opens at the first time. Offices, libraries and mobile networks share an address: be generous.
    Without a cache that answers (core.cache) nobody is refused.
    """
    chiave = f"limite:{che}:{_chi(request)}"
    if cache.add(chiave, 1, secondi):
        return quante < 1
    try:
        return int(cache.incr(chiave)) > quante
    except ValueError:  # expired between the two calls
        return quante < 1
