"""Cases that a colleague has chosen, and what one step would do to each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.codici import leggi_codice, leggi_numero
from segnalazioni.actions.banco import IN_MASSA, TETTO_MASSA
from segnalazioni.desk.elenchi import Sguardo
from segnalazioni.desk.mosse import PAROLE, possibili
from segnalazioni.models import Segnalazione
from segnalazioni.racconto import pillola, pillola_di
from segnalazioni.racconto.variabili import riempi

if TYPE_CHECKING:
    from accounts.models import User

TASTI = {"assegna": "A", "prendi_in_carico": "P", "chiedi": "D", "risolvi": "R"}


@dataclass(frozen=True, slots=True)
class Prevista:
    """What the step does to one case: dopo, the state it will have; testo: the words as they will be read."""

    caso: Segnalazione
    ora: Any
    dopo: Any
    testo: str = ""


@dataclass(frozen=True, slots=True)
class Esclusa:
    """A chosen case that cannot take the step, and why."""

    caso: Segnalazione
    perche: str


def bottoni(sguardo: Sguardo) -> list[tuple[str, str, str]]:
    """(step, words, key) of what may be done to many; only the URP assigns."""
    return [(p, str(PAROLE[p].nome), TASTI[p]) for p in IN_MASSA if sguardo.urp or p != "assegna"]


def leggi_scelte(scritte: Sequence[str]) -> dict[str, int | None]:
    """Number → version that was seen, or None, out of values like "LU-7K3F-92QD:4"; at most one more than allowed."""
    scelte: dict[str, int | None] = {}
    for scritta in scritte[: TETTO_MASSA + 1]:
        numero, _due, versione = scritta.partition(":")
        if codice := leggi_codice(numero):
            scelte[codice] = leggi_numero(versione, 8)
    return scelte


def dividi(
    casi: Sequence[Segnalazione], viste: dict[str, int | None], user: User, passo: str
) -> tuple[list[Segnalazione], list[Esclusa]]:
    """Those that the step can be taken on, and the others."""
    vanno, no = [], []
    for caso in casi:
        riga = next((r for r in possibili(caso, user) if r.passo == passo), None)
        if viste.get(caso.codice) not in (None, caso.versione):
            no.append(Esclusa(caso, _("è cambiata mentre la guardavi")))
        elif riga is None:
            no.append(Esclusa(caso, _("è %(stato)s: questo passo non si può fare") % {"stato": _stato(caso)}))
        else:
            vanno.append(caso)
    return vanno, no


def _stato(caso: Segnalazione) -> str:
    return pillola(caso).parola.lower()


def previste(casi: Sequence[Segnalazione], passo: str, a: str, testo: str) -> list[Prevista]:
    """Case by case; a: the state that the step leads to."""
    dopo = pillola_di(a)
    return [Prevista(caso, pillola(caso), dopo, riempi(testo, caso)) for caso in casi]
