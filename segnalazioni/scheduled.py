"""Timed entries: plain functions, repeatable, each row in a transaction of its own."""

from __future__ import annotations

from core.errors import DomainError
from core.tempo import adesso
from segnalazioni import actions
from segnalazioni.actions.bozza import cancella_bozza
from segnalazioni.models import Bozza, Segnalazione

INSIEME = 200  # rows of one run: what is left waits for the next


def butta_le_bozze_scadute() -> int:
    """Drops drafts whose day has passed, photos included; answers how many."""
    return sum(cancella_bozza(bozza, solo_se_scaduta=True) for bozza in Bozza.objects.scadute()[:INSIEME])


def scarta_le_non_confermate() -> int:
    """Discards reports whose e-mail link nobody used within 72 hours; answers how many."""
    fatte = 0
    for caso in Segnalazione.objects.mai_confermate(adesso() - actions.CONFERMA_ENTRO)[:INSIEME]:
        try:
            actions.scarta(caso)
        except DomainError:  # confirmed while we were getting there: it lives
            continue
        fatte += 1
    return fatte
