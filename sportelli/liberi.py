"""When an appointment for something may begin: turns with room, one after the other, as many as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from core.tempo import adesso, giorno_di, mezzanotte, oggi
from sportelli.models import PASSO, Prestazione, Turno

GIORNI_INSIEME = 7  # days that one page shows


@dataclass(frozen=True, slots=True)
class Settimana:
    """What one page offers: the instants by local day; where the page before and after begin, if there is anything."""

    giorni: list[tuple[date, list[datetime]]]
    prima: date | None
    dopo: date | None


def liberi(prestazione: Prestazione) -> list[datetime]:
    """Every instant at which it may begin, in order. One query.

    Within a stretch of the day they follow one another at its own length from the first turn on, so that an hour's
    appointments leave no holes of a quarter; today's stretch is read from its beginning, so that the offer does not
    shift with the clock.
    """
    turni = Turno.objects.filter(sportello=prestazione.sportello, inizio__gte=mezzanotte(oggi())).order_by("inizio")
    tutti = (inizio for tratto in _tratti(list(turni)) for inizio in _in_tratto(tratto, prestazione.passi))
    return [inizio for inizio in tutti if inizio > adesso()]


def _tratti(turni: list[Turno]) -> Iterator[list[Turno]]:
    """Turns without a gap between them."""
    tratto: list[Turno] = turni[:1]
    for prima, dopo in pairwise(turni):
        if dopo.inizio - prima.inizio != PASSO:
            yield tratto
            tratto = []
        tratto.append(dopo)
    if tratto:
        yield tratto


def _in_tratto(tratto: list[Turno], passi: int) -> Iterator[datetime]:
    for n in range(0, len(tratto) - passi + 1, passi):
        if all(turno.libero for turno in tratto[n : n + passi]):
            yield tratto[n].inizio


def settimana(prestazione: Prestazione, da: date | None) -> Settimana:
    """Seven days from `da`, or from the first day with room; days without room are left out.

    A day before the first or after the last of those is read as that one: no address leads beyond the calendar.
    """
    tutti = liberi(prestazione)
    giorni = [(giorno, list(istanti)) for giorno, istanti in groupby(tutti, giorno_di)]
    if not giorni:
        return Settimana([], None, None)
    da = min(max(da or giorni[0][0], giorni[0][0]), giorni[-1][0])
    fino = da + timedelta(days=GIORNI_INSIEME)
    qui = [voce for voce in giorni if da <= voce[0] < fino]
    prima = [giorno for giorno, _istanti in giorni if giorno < da]
    dopo = [giorno for giorno, _istanti in giorni if giorno >= fino]
    return Settimana(
        qui,
        max(giorni[0][0], da - timedelta(days=GIORNI_INSIEME)) if prima else None,
        dopo[0] if dopo else None,
    )
