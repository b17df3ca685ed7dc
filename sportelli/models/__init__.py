"""Rows of sportelli."""

from sportelli.models.appuntamento import Appuntamento, Posto, Turno, impronta_di
from sportelli.models.sportello import (
    PASSO,
    Accesso,
    AperturaStraordinaria,
    Chiusura,
    Giorno,
    Orario,
    Prestazione,
    Sportello,
)

__all__ = [
    "PASSO",
    "Accesso",
    "AperturaStraordinaria",
    "Appuntamento",
    "Chiusura",
    "Giorno",
    "Orario",
    "Posto",
    "Prestazione",
    "Sportello",
    "Turno",
    "impronta_di",
]
