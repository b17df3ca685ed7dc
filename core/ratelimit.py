"""How often one browser or address may do a thing."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def _chi(request: HttpRequest) -> str:
    # Only a digest: the address of a person does not become a key anybody could list.
    indirizzo = request.META.get("REMOTE_ADDR", "")
    return hashlib.sha256(indirizzo.encode()).hexdigest()[:32]


def troppe(request: HttpRequest, che: str, *, quante: int, secondi: int) -> bool:
    """True when this address did `che` more than `quante` times within the window of `secondi` seconds."""
    chiave = f"limite:{che}:{_chi(request)}"
    if cache.add(chiave, 1, secondi):
        return False
    try:
        return int(cache.incr(chiave)) > quante
    except ValueError:  # expired between the two calls
        return False
