"""The figures of the office: how many, how late, how long; never a figure without the list it counts."""

from segnalazioni.statistiche.conti import DIMENSIONI, conta, conta_pareri
from segnalazioni.statistiche.misure import QUALI, SENZA, Conteggio, Periodo, arrivate_in, con_il_termine_passato, quali
from segnalazioni.statistiche.pareri import PARERI, SOGLIA, Pareri, con_parere, risposte_in

__all__ = [
    "DIMENSIONI",
    "PARERI",
    "QUALI",
    "SENZA",
    "SOGLIA",
    "Conteggio",
    "Pareri",
    "Periodo",
    "arrivate_in",
    "con_il_termine_passato",
    "con_parere",
    "conta",
    "conta_pareri",
    "quali",
    "risposte_in",
]
