"""Days of an Italian office: local dates (Europe/Rome), national holidays and the patron's day of Lucca, 12 July."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

UN_GIORNO = timedelta(days=1)


@lru_cache(maxsize=64)
def _festivi(anno: int) -> frozenset[date]:
    import holidays  # slow to import; follows new laws (4 October, a holiday again since 2026), so keep it current

    return frozenset(holidays.country_holidays("IT", subdiv="LU", years=anno))


def festivo(giorno: date) -> bool:
    """A national holiday or the patron's day, whatever day of the week."""
    return giorno in _festivi(giorno.year)


def lavorativo(giorno: date) -> bool:
    """Monday to Friday, not a holiday."""
    return giorno.weekday() < 5 and not festivo(giorno)


def primo_lavorativo(giorno: date) -> date:
    """The day itself if it is a working day, else the next one that is."""
    while not lavorativo(giorno):
        giorno += UN_GIORNO
    return giorno


def piu_lavorativi(giorno: date, quanti: int) -> date:
    """The day `quanti` (≥ 0, else ValueError) working days after `giorno`, which itself does not count."""
    if quanti < 0:
        raise ValueError(f"{quanti} working days: only forward")
    while quanti > 0:
        giorno += UN_GIORNO
        quanti -= lavorativo(giorno)
    return giorno


def lavorativi_fra(da: date, a: date) -> int:
    """How many working days after `da` up to and including `a`; negative when `a` lies before `da`."""
    if a < da:
        return -lavorativi_fra(a, da)
    return sum(lavorativo(da + n * UN_GIORNO) for n in range(1, (a - da).days + 1))
