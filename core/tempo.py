"""The clock of the house: every rule that depends on time asks here, so that tests and demo data can move it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_fermo: ContextVar[datetime | None] = ContextVar("tempo_fermo", default=None)


def adesso() -> datetime:
    """The present instant, aware, in UTC; or the instant set by `fermo_a`."""
    return _fermo.get() or timezone.now()


def oggi() -> date:
    """The present local date (Europe/Rome): the one terms are counted in."""
    return timezone.localdate(adesso())


def giorno_di(istante: datetime) -> date:
    """The local date of an aware instant."""
    return timezone.localtime(istante).date()


def mezzanotte(giorno: date) -> datetime:
    """The instant at which a local day begins; the next one's comes 23, 24 or 25 hours later."""
    return timezone.make_aware(datetime.combine(giorno, time.min))


@contextmanager
def fermo_a(istante: datetime) -> Iterator[None]:
    """Within the block `adesso()` answers `istante` (aware). For tests and demo data only."""
    if timezone.is_naive(istante):
        raise ValueError("fermo_a wants an aware datetime")
    segno = _fermo.set(istante)
    try:
        yield
    finally:
        _fermo.reset(segno)
