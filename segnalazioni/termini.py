"""The clock: the due date, recomputed from rows. Pure functions on local dates (Europe/Rome).

A *procedimento* (L. 241/1990, art. 2) lasts calendar days, and a last day that is not a working day moves to the next
one that is. A *servizio* lasts its own working days. The day of the start does not count, the last counts whole.

Two things suspend it, each once and only before it has expired:

- a question to the citizen, for the whole days from question to answer, at most 30 (art. 2 c. 7);
- a preavviso di rigetto, for the whole days to the observations or, without them, to the end of the ten days granted
  for them (art. 10-bis). The law would give the office ten days more after the observations: we do not take them.

A contested answer starts a new term. The days of a term and their kind are those written where it starts: what its
category says later moves nothing. See docs/adr/0012-the-clock.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.calendario import lavorativi_fra, piu_lavorativi, primo_lavorativo

SOSPENSIONE_MASSIMA = 30  # days, once
OSSERVAZIONI = 10  # days that a preavviso grants
# The office is reminded when these parts of the term have gone by.
PROMEMORIA = ((2, 3), (5, 6))


class TipoTermine(models.TextChoices):
    """Which days count."""

    PROCEDIMENTO = "procedimento", _("Procedimento: giorni di calendario")
    SERVIZIO = "servizio", _("Servizio: giorni lavorativi")


class TipoEvento(models.TextChoices):
    """What moves the clock."""

    AVVIO = "avvio", _("Avvio")
    SOSPENSIONE = "sospensione", _("Sospensione per una domanda")
    PREAVVISO = "preavviso", _("Sospensione per un preavviso di rigetto")
    RIPRESA = "ripresa", _("Ripresa")


class Evento(NamedTuple):
    """One row of the clock. tipo, giorni: the term that an AVVIO starts; "" and 0 of any other event."""

    evento: str
    giorno: date
    tipo: str = ""
    giorni: int = 0


def osservazioni_entro(preavviso: date) -> date:
    """The last day for observations on a preavviso of that day: the tenth, or the next working day."""
    return primo_lavorativo(preavviso + timedelta(days=OSSERVAZIONI))


def risposta_entro(domanda: date) -> date:
    """The last day for the answer to a question of that day."""
    return domanda + timedelta(days=SOSPENSIONE_MASSIMA)


@dataclass(frozen=True, slots=True)
class Sospensione:
    """causa: TipoEvento.SOSPENSIONE or PREAVVISO. From the day of what stopped the clock to the day of the citizen's
    words, or of the decision taken without them (None: not yet come)."""

    causa: str
    dal: date
    al: date | None

    @property
    def fino_al(self) -> date:
        """The day on which it ends by itself."""
        return osservazioni_entro(self.dal) if self.causa == TipoEvento.PREAVVISO else risposta_entro(self.dal)

    @property
    def fine(self) -> date:
        """The day on which the clock goes on."""
        return min(self.al or self.fino_al, self.fino_al)

    @property
    def giorni(self) -> int:
        """Whole days that it gives; while nothing has come, the most it can give."""
        return (self.fine - self.dal).days


@dataclass(frozen=True, slots=True)
class Termine:
    """The due date and how it came about. cade: where the days end, before a day off moves them to `scade`.

    tipo, giorni: which days and how many, as written on the day it started. da_capo: it is not the first term of its
    case, an answer was contested.
    """

    tipo: str
    giorni: int
    avvio: date
    iniziale: date
    cade: date
    sospensioni: tuple[Sospensione, ...] = ()
    da_capo: bool = False

    @property
    def scade(self) -> date:
        """The due date."""
        return primo_lavorativo(self.cade)

    @property
    def in_corso(self) -> Sospensione | None:
        """The suspension that nothing has ended yet (it may have ended by itself: see Sospensione.fino_al)."""
        return self.sospensioni[-1] if self.sospensioni and self.sospensioni[-1].al is None else None

    @property
    def in_parole(self) -> str:
        """How long it lasts: "5 giorni lavorativi" or "30 giorni"."""
        return giorni_in_parole(self.tipo, self.giorni)

    def in_ritardo(self, oggi: date) -> bool:
        """Late from the day after the last."""
        return oggi > self.scade

    def mancano(self, oggi: date) -> int:
        """Working days left; negative when late."""
        return lavorativi_fra(oggi, self.scade)


def giorni_in_parole(tipo: str, giorni: int) -> str:
    """ "5 giorni lavorativi" or "30 giorni"."""
    if tipo == TipoTermine.PROCEDIMENTO:
        return gettext("%(giorni)d giorni") % {"giorni": giorni}
    return ngettext("%(n)d giorno lavorativo", "%(n)d giorni lavorativi", giorni) % {"n": giorni}


def scadenza(avvio: date, tipo: str, giorni: int) -> date:
    """The last day of a term of `giorni` days begun on `avvio`, when nothing suspends it."""
    return primo_lavorativo(_piu(avvio, tipo, giorni))


def _piu(avvio: date, tipo: str, giorni: int) -> date:
    return piu_lavorativi(avvio, giorni) if tipo == TipoTermine.SERVIZIO else avvio + timedelta(days=giorni)


def calcola(eventi: Iterable[Evento]) -> Termine | None:
    """The term out of its rows in the order written; None before it has started."""
    termine: Termine | None = None
    for evento, giorno, tipo, giorni in eventi:
        if evento == TipoEvento.AVVIO:
            cade = _piu(giorno, tipo, giorni)
            termine = Termine(tipo, giorni, giorno, primo_lavorativo(cade), cade, da_capo=termine is not None)
        elif termine is not None:
            soste = _soste(termine, evento, giorno)
            cade = _sposta(_piu(termine.avvio, termine.tipo, termine.giorni), soste)
            termine = replace(termine, sospensioni=soste, cade=cade)
    return termine


def _sposta(cade: date, soste: Iterable[Sospensione]) -> date:
    """Where the days end with these suspensions. One begun on the days off that had put off the last day starts from
    the day it was put off to."""
    for sosta in soste:
        da = cade if sosta.dal <= cade else primo_lavorativo(cade)
        cade = da + timedelta(days=sosta.giorni)
    return cade


def _soste(termine: Termine, evento: str, giorno: date) -> tuple[Sospensione, ...]:
    """The suspensions after one more event."""
    soste = termine.sospensioni
    nuova = evento != TipoEvento.RIPRESA
    # Each cause once; and what has expired is not brought back to life by asking something.
    if nuova and (giorno > termine.scade or any(sosta.causa == evento for sosta in soste)):
        return soste
    if termine.in_corso:
        soste = (*soste[:-1], replace(termine.in_corso, al=giorno))
    return (*soste, Sospensione(evento, giorno, None)) if nuova else soste


def promemoria(eventi: Iterable[Evento]) -> list[date]:
    """The days on which the office is reminded, in order, all before the due date: at 2/3 and at 5/6 of the term.

    Parts of a day are left out, days of suspension do not count, and a day off moves to the next working day.
    """
    righe = list(eventi)
    termine = calcola(righe)
    if termine is None:
        return []
    parti = {termine.giorni * sopra // sotto for sopra, sotto in PROMEMORIA} - {0}
    trovati = (calcola(riga._replace(giorni=parte) for riga in righe) for parte in sorted(parti))
    return sorted({t.scade for t in trovati if t is not None and t.scade < termine.scade})


def meta(giorni: int) -> int:
    """The term of the potere sostitutivo: half of the original (L. 241/1990, art. 2 c. 9-ter), half a day being one."""
    return (giorni + 1) // 2
