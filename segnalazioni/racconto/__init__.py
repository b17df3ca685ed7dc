"""A case as it is told: its pill, its line, its clock. The same words for citizens, colleagues and feeds."""

from segnalazioni.racconto.linea import Vista, VoceLinea, domanda_aperta, prossimo, voci
from segnalazioni.racconto.orologio import Orologio, orologio
from segnalazioni.racconto.pillole import Pillola, Scadenza, pillola, pillola_di, scadenza

__all__ = [
    "Orologio",
    "Pillola",
    "Scadenza",
    "Vista",
    "VoceLinea",
    "domanda_aperta",
    "orologio",
    "pillola",
    "pillola_di",
    "prossimo",
    "scadenza",
    "voci",
]
