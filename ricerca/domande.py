"""What somebody asks of the site: the words typed, each with the stems by which it may be found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.ricerca import COMINCIATA, LUNGA, PAROLE_CHIESTE, Domanda, parole, piegato, radice

LETTERE_CHIESTE = 300  # characters of a question that are read; more of them say nothing more
_INVISIBILI = re.compile(r"[\x00-\x1f\x7f]+")
_PEZZI = re.compile(r"([^\W_]+)|([\W_]+)")
_FRA_VIRGOLETTE = re.compile(r'"([^"]*)"')
_VIRGOLETTE = str.maketrans(dict.fromkeys("«»“”„", '"'))


def pulita(scritto: str) -> str:
    """One line of at most LETTERE_CHIESTE characters, without those that no keyboard writes."""
    return " ".join(_INVISIBILI.sub(" ", scritto[: 10 * LETTERE_CHIESTE]).split())[:LETTERE_CHIESTE].strip()


@dataclass(frozen=True, slots=True)
class Termine:
    """One word asked for. altre: stems of its other endings, since the stemmer takes «zanzare» and «stipendi» for
    verbs."""

    forma: str
    radice: str
    altre: frozenset[str] = frozenset()

    @classmethod
    def di(cls, forma: str) -> Termine:
        """The term of a folded word."""
        base = radice(forma)
        finali = "aeio" if len(forma) > COMINCIATA and forma[-1] in "aeio" else ""
        altre = {forma[:-1] + finale for finale in finali}
        if finali and forma.endswith(("i", "io")):
            altre |= {forma + "o", forma.removesuffix("o")}
        return cls(forma, base, frozenset(map(radice, altre)) - {base})

    @property
    def radici(self) -> frozenset[str]:
        """Every stem that may mean it."""
        return self.altre | {self.radice}


@dataclass(frozen=True, slots=True)
class Richiesta:
    """A question. termini: its words, each once, in order; unite: what stood in quotes, to be found as it is."""

    scritta: str
    termini: tuple[Termine, ...]
    unite: Domanda

    @classmethod
    def leggi(cls, scritto: str) -> Richiesta:
        """From what somebody typed, whatever it is."""
        scritta = pulita(scritto)
        forme = list(dict.fromkeys(parole(scritta)))[:PAROLE_CHIESTE]
        unite = " ".join(f'"{testo}"' for testo in _FRA_VIRGOLETTE.findall(scritta.translate(_VIRGOLETTE)))
        return cls(scritta, tuple(Termine.di(forma) for forma in forme), Domanda.leggi(unite))

    def __bool__(self) -> bool:
        return bool(self.termini)

    def in_pezzi(self, giuste: Mapping[str, str]) -> list[tuple[str, bool]]:
        """What was typed with some words put right: (piece of text, is it one of those)."""
        pezzi = []
        for scritto, segno in _PEZZI.findall(self.scritta):
            giusta = giuste.get(piegato(scritto)[:LUNGA]) if scritto else None
            pezzi.append((giusta or scritto or segno, giusta is not None))
        return pezzi

    @property
    def radici(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset().union(*(termine.radici for termine in self.termini))
