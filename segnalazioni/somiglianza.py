"""How alike two texts are: words that say something, by their stem. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.ricerca import piegato, radice

COMUNI_MOSTRATE = 5
# Words of four letters and more that stand in any report.
_COMUNI_A_TUTTE = """
    alla alle allo agli anche ancora come cosa dalla dalle dallo dagli davanti degli della delle dello dentro dietro
    dopo dove fare fino fuori giorni hanno mese mesi molto nella nelle nello negli ogni perche pero poco prima pure
    quale quando quella quelle quello questa queste questo qualcuno segnalo segnalare segnalazione sempre senza sera
    settimana sono sopra sotto stanno stato sulla sulle sullo tanto troppo tutta tutte tutti tutto vicino vorrei salve
    buongiorno buonasera grazie
"""
_DI_TUTTI = frozenset(_COMUNI_A_TUTTE.split())


@dataclass(frozen=True, slots=True)
class Somiglianza:
    """quanto: from 0 to 1, the share of the shorter text's words that the other has too; comuni: those words."""

    quanto: float
    comuni: list[str]


def somiglianza(uno: str, altro: str) -> Somiglianza:
    """Compares two texts; of two words with one stem the form of the first text is named."""
    prime, seconde = _per_radice(uno), _per_radice(altro)
    comuni = [parola for chiave, parola in prime.items() if chiave in seconde]
    corto = min(len(prime), len(seconde))
    return Somiglianza(len(comuni) / corto if corto else 0.0, comuni[:COMUNI_MOSTRATE])


def _per_radice(testo: str) -> dict[str, str]:
    parole = re.findall(r"[a-z]{4,}", piegato(testo))
    return {radice(parola): parola for parola in parole if parola not in _DI_TUTTI}
