"""Rows of segnalazioni."""

from segnalazioni.models.categoria import Categoria, Domanda
from segnalazioni.models.foto import MASSIMO_FOTO, Bozza, Foto
from segnalazioni.models.passaggio import EventoTermine, Passaggio, TestoPassaggio, impronta_parole
from segnalazioni.models.ruoli import ruoli_di_servizio, ruoli_sul_caso
from segnalazioni.models.segnalazione import PUBBLICHE, RUOLI_UFFICIO, Segnalazione, Seguace

__all__ = [
    "MASSIMO_FOTO",
    "PUBBLICHE",
    "RUOLI_UFFICIO",
    "Bozza",
    "Categoria",
    "Domanda",
    "EventoTermine",
    "Foto",
    "Passaggio",
    "Segnalazione",
    "Seguace",
    "TestoPassaggio",
    "impronta_parole",
    "ruoli_di_servizio",
    "ruoli_sul_caso",
]
