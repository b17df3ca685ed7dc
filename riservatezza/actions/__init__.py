"""One human verb, one function."""

from riservatezza.actions.cancella import cancella_dati, resta
from riservatezza.actions.conserva import conserva
from riservatezza.actions.esporta import apri_richiesta, butta_le_scadute, chiedi_esportazione
from riservatezza.actions.ospiti import chiedi_collegamento

__all__ = [
    "apri_richiesta",
    "butta_le_scadute",
    "cancella_dati",
    "chiedi_collegamento",
    "chiedi_esportazione",
    "conserva",
    "resta",
]
