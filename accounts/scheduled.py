"""What is not kept: links that nobody can use any more, sessions that are over."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings

from accounts import magic


def butta_il_superfluo() -> int:
    """Deletes used and expired links and expired sessions; answers how many links."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return magic.pulisci()
