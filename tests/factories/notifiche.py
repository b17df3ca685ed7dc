"""Notices, written as notifiche.actions writes them."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import get_random_string

from notifiche.actions import Destinatario, avvisa
from notifiche.models import CanaleAvviso, Notifica

PERCORSO = "/segnalazioni/LU-7K3F-92QD/"


def dati(**altro: str) -> dict[str, Any]:
    """The words that segnalazioni gives to its mails."""
    return {
        "codice": "LU-7K3F-92QD",
        "titolo": "Lampione spento in via del Fosso",
        "stato": "programmata",
        "stato_parola": "Programmata",
        "ufficio": "Illuminazione pubblica",
        "testo": "Cambiamo la lampada con la squadra di giovedì.",
        "entro": "Lunedì 14 Dicembre 2026",
        "prossimo": "Giovedì 27 Novembre 2026",
    } | altro


def avviso(*a: Destinatario, tipo: str = "segnalazione_aggiornata", evento: str = "", **altro: str) -> list[Notifica]:
    """Tells these people something; answers the mails waiting to leave, in the order of writing."""
    evento = evento or f"passaggio:{get_random_string(12)}"
    avvisa(a, tipo, evento=evento, percorso=PERCORSO, dati=dati(**altro))
    return list(Notifica.objects.filter(evento=evento, canale=CanaleAvviso.EMAIL).order_by("pk"))
