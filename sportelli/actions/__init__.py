"""One human verb, one function."""

from sportelli.actions.appuntamento import (
    annulla,
    conferma,
    disdici,
    disdici_tutti,
    ricorda,
    scade,
    segna_assente,
    segna_venuto,
)
from sportelli.actions.collegamento import chiedi_collegamento
from sportelli.actions.prenota import APERTI, TENUTO_PER, NuovoAppuntamento, prenota
from sportelli.actions.turni import SETTIMANE, Riordino, applica_gli_orari, nelle_chiusure, orizzonte

__all__ = [
    "APERTI",
    "SETTIMANE",
    "TENUTO_PER",
    "NuovoAppuntamento",
    "Riordino",
    "annulla",
    "applica_gli_orari",
    "chiedi_collegamento",
    "conferma",
    "disdici",
    "disdici_tutti",
    "nelle_chiusure",
    "orizzonte",
    "prenota",
    "ricorda",
    "scade",
    "segna_assente",
    "segna_venuto",
]
