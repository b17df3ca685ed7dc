"""The part of a text that answers, with the words found in it. Pieces of plain text: the template makes them safe."""

from __future__ import annotations

import re

from core.ricerca import piegato, radice
from ricerca.domande import Richiesta

LETTERE = 220  # characters of an excerpt
_PRIMA = 60  # of them, before the first word found
_PAROLA = re.compile(r"[^\W_]+")

Pezzi = list[tuple[str, bool]]  # (text, is it a word found)


def segnato(testo: str, richiesta: Richiesta) -> Pezzi:
    """A text in pieces, the words that were asked for apart."""
    pezzi: Pezzi = []
    fino = 0
    for inizio, fine in _trovate(testo, richiesta):
        pezzi += [(testo[fino:inizio], False)] if inizio > fino else []
        pezzi.append((testo[inizio:fine], True))
        fino = fine
    return [*pezzi, (testo[fino:], False)] if fino < len(testo) else pezzi


def estratto(sommario: str, corpo: str, richiesta: Richiesta) -> Pezzi:
    """The summary; the text around the first word found, when only the text has any."""
    if not sommario or not _trovate(sommario, richiesta):
        trovate = _trovate(corpo, richiesta)
        if trovate:
            return segnato(_attorno(corpo, trovate[0][0]), richiesta)
    return segnato(sommario or _attorno(corpo, 0), richiesta)


def _trovate(testo: str, richiesta: Richiesta) -> list[tuple[int, int]]:
    radici = richiesta.radici
    return [p.span() for p in _PAROLA.finditer(testo) if radice(piegato(p[0])) in radici]


def _attorno(testo: str, posto: int) -> str:
    """LETTERE characters of a text around a place, whole words."""
    da = max(0, posto - _PRIMA)
    da = testo.find(" ", da, posto) + 1 if da else 0
    pezzo = " ".join(testo[da : da + LETTERE].split())
    oltre = len(testo) > da + LETTERE
    if oltre:
        pezzo = pezzo.rpartition(" ")[0] or pezzo
    return ("… " if da else "") + pezzo + (" …" if oltre else "")
