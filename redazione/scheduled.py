"""What the editors' side does by itself."""

from __future__ import annotations

from django.core.management import call_command

from redazione.actions import allinea_tutte


def pubblica_programmate() -> None:
    """Pages whose day has come go live, those whose time is over leave the site."""
    call_command("publish_scheduled")


def allinea_le_redazioni() -> int:
    """Who leaves an office today loses its pages today; who comes finds them. Answers how many redazioni."""
    return allinea_tutte()
