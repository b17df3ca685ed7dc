"""The clock: the due date, recomputed from rows. Pure functions on local dates (Europe/Rome).

A *procedimento* (L. 241/1990, art. 2) lasts calendar days, and a last day that is not a working day moves to the next
one that is. A *servizio* lasts its own working days. The day of the start does not count, the last counts whole.
A question to the citizen suspends once, for the whole days from question to answer, at most 30 (art. 2 c. 7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.calendario import lavorativi_fra, piu_lavorativi, primo_lavorativo

SOSPENSIONE_MASSIMA = 30  # days, once


class TipoTermine(models.TextChoices):
    """Which days count."""

    PROCEDIMENTO = "procedimento", _("Procedimento: giorni di calendario")
    SERVIZIO = "servizio", _("Servizio: giorni lavorativi")


class TipoEvento(models.TextChoices):
    """What moves the clock."""

    AVVIO = "avvio", _("Avvio")
    SOSPENSIONE = "sospensione", _("Sospensione")
    RIPRESA = "ripresa", _("Ripresa")


@dataclass(frozen=True, slots=True)
class Sospensione:
    """From the day of the question to the day of the answer (None: not yet answered)."""

    dal: date
    al: date | None

    @property
    def giorni(self) -> int:
        """Whole days that it gives; unanswered it gives the maximum."""
        if self.al is None:
            return SOSPENSIONE_MASSIMA
        return min((self.al - self.dal).days, SOSPENSIONE_MASSIMA)


@dataclass(frozen=True, slots=True)
class Termine:
    """The due date and how it came about."""

    avvio: date
    iniziale: date
    scade: date
    sospensione: Sospensione | None

    def in_ritardo(self, oggi: date) -> bool:
        """Late from the day after the last."""
        return oggi > self.scade

    def mancano(self, oggi: date) -> int:
        """Working days left; negative when late."""
        return lavorativi_fra(oggi, self.scade)


def scadenza(avvio: date, tipo: str, giorni: int, sospesi: int = 0) -> date:
    """Last day of a term of `giorni` days begun on `avvio` and suspended for `sospesi` calendar days."""
    if tipo == TipoTermine.SERVIZIO:
        return primo_lavorativo(piu_lavorativi(avvio, giorni) + timedelta(days=sospesi))
    return primo_lavorativo(avvio + timedelta(days=giorni + sospesi))


def calcola(tipo: str, giorni: int, eventi: Iterable[tuple[str, date]]) -> Termine | None:
    """The term out of its (event, day) rows in the order written; None before it has started."""
    avvio: date | None = None
    sospensione: Sospensione | None = None
    for evento, giorno in eventi:
        if evento == TipoEvento.AVVIO:
            avvio, sospensione = giorno, None
        elif evento == TipoEvento.SOSPENSIONE and sospensione is None:
            sospensione = Sospensione(giorno, None)
        elif evento == TipoEvento.RIPRESA and sospensione is not None and sospensione.al is None:
            sospensione = Sospensione(sospensione.dal, giorno)
    if avvio is None:
        return None
    iniziale = scadenza(avvio, tipo, giorni)
    sospesi = sospensione.giorni if sospensione else 0
    return Termine(avvio, iniziale, scadenza(avvio, tipo, giorni, sospesi), sospensione)
