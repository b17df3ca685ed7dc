"""A case as it is told: its pill, its line, its clock. The same words for citizens, colleagues and feeds."""

from segnalazioni.racconto.linea import Vista, VoceLinea, domanda_aperta, prossimo, voci
from segnalazioni.racconto.orologio import Orologio, orologio, orologio_di
from segnalazioni.racconto.pillole import Pillola, Scadenza, pillola, pillola_di, scadenza
from segnalazioni.racconto.registro import registrazione_di

__all__ = [
    "Orologio",
    "Pillola",
    "Scadenza",
    "Vista",
    "VoceLinea",
    "domanda_aperta",
    "orologio",
    "orologio_di",
    "pillola",
    "pillola_di",
    "prossimo",
    "registrazione_di",
    "scadenza",
    "voci",
]
