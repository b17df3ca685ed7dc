"""To which office a report goes: ordered rules, the first that matches. Pure functions, no row is read here.

A rule that cannot be asked (a question that is gone, a condition nobody can read) is reported by who asked and does
not stop the others; a rule whose office is closed is reported too, so that it can be switched off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext as _


class RegolaGuasta(Exception):
    """A rule that cannot be asked about this report. motivo: why, in words for the URP; never words of a citizen."""

    def __init__(self, motivo: str) -> None:
        super().__init__(motivo)
        self.motivo = motivo


@dataclass(frozen=True, slots=True)
class Fatti:
    """What rules look at. domande: keys of the questions of its category; quando: local time of its confirmation."""

    categoria: str
    gruppo: str
    domande: frozenset[str]
    risposte: Mapping[str, str]
    quartiere: str
    quando: datetime


@dataclass(frozen=True, slots=True)
class Condizioni:
    """All that are given must hold; of a list one is enough. Empty ones ask nothing.

    categorie: codes of categories or groups. quartieri: slugs. risposte: (question, answer). giorni: 0 = Monday.
    dalle–alle: hours, the last not included, over midnight when alle comes first. dal–al: days, both included.
    """

    categorie: Collection[str] = ()
    quartieri: Collection[str] = ()
    risposte: Collection[tuple[str, str]] = ()
    giorni: Collection[int] = ()
    dalle: time | None = None
    alle: time | None = None
    dal: date | None = None
    al: date | None = None


class Regolabile(Protocol):
    """A rule as it is asked."""

    @property
    def condizioni(self) -> Condizioni:
        """Raises RegolaGuasta when what was written cannot be read."""

    @property
    def ufficio_chiuso(self) -> bool:
        """Its office receives nothing any more."""

    @property
    def meta(self) -> int:
        """Key of the office it gives the report to."""


R = TypeVar("R", bound=Regolabile)


@dataclass(frozen=True, slots=True)
class Guasto(Generic[R]):
    """A rule that was skipped and why. chiuso: because its office is closed."""

    regola: R
    motivo: str
    chiuso: bool = False


@dataclass(slots=True)
class Scelta(Generic[R]):
    """The rule that won, if any, and those that could not be asked on the way to it."""

    regola: R | None = None
    guaste: list[Guasto[R]] = field(default_factory=list)


def scegli(regole: Iterable[R], fatti: Fatti, *, evita: Collection[int] = ()) -> Scelta[R]:
    """The first rule that matches. evita: offices that have refused this report; their rules are passed over."""
    scelta: Scelta[R] = Scelta()
    for regola in regole:
        try:
            if not vale(regola.condizioni, fatti):
                continue
        except RegolaGuasta as guasta:
            scelta.guaste.append(Guasto(regola, guasta.motivo))
            continue
        if regola.ufficio_chiuso:
            scelta.guaste.append(Guasto(regola, _("Il suo ufficio è chiuso."), chiuso=True))
        elif regola.meta not in evita:
            scelta.regola = regola
            return scelta
    return scelta


def vale(condizioni: Condizioni, fatti: Fatti) -> bool:
    """Do the conditions hold? Raises RegolaGuasta when one asks about a question that the category does not have."""
    return (
        _fra(condizioni.categorie, {fatti.categoria, fatti.gruppo})
        and _fra(condizioni.quartieri, {fatti.quartiere})
        and _quando(condizioni, fatti.quando)
        and _risposte(condizioni.risposte, fatti)
    )


def _fra(volute: Collection[str], sue: set[str]) -> bool:
    return not volute or bool(sue & set(volute))


def _quando(condizioni: Condizioni, quando: datetime) -> bool:
    giorno, ora = quando.date(), quando.time()
    if condizioni.giorni and giorno.weekday() not in condizioni.giorni:
        return False
    if (condizioni.dal and giorno < condizioni.dal) or (condizioni.al and giorno > condizioni.al):
        return False
    return _ora(condizioni.dalle or time.min, condizioni.alle or time.min, ora)


def _ora(dalle: time, alle: time, ora: time) -> bool:
    if dalle == alle:
        return True
    if dalle < alle:
        return dalle <= ora < alle
    return ora >= dalle or ora < alle


def _risposte(volute: Collection[tuple[str, str]], fatti: Fatti) -> bool:
    for domanda, _risposta in volute:
        if domanda not in fatti.domande:
            raise RegolaGuasta(_("La domanda «%(chiave)s» non c’è in questa categoria.") % {"chiave": domanda})
    return all(fatti.risposte.get(domanda, "") == risposta for domanda, risposta in volute)
