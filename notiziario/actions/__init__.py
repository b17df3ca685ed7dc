"""One human verb, one function."""

from notiziario.actions.iscrizione import (
    Scelte,
    butta_le_vecchie,
    chiedi,
    conferma,
    ferma,
    iscrivi,
    riprendi,
    scegli,
)
from notiziario.actions.numeri import annuncia, apri_il_riassunto, prosegui, ritira

__all__ = [
    "Scelte",
    "annuncia",
    "apri_il_riassunto",
    "butta_le_vecchie",
    "chiedi",
    "conferma",
    "ferma",
    "iscrivi",
    "prosegui",
    "riprendi",
    "ritira",
    "scegli",
]
