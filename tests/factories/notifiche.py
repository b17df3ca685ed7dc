"""Notices, written as notifiche.actions writes them."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import get_random_string

from notifiche.actions import Destinatario, avvisa
from notifiche.models import CanaleAvviso, Notifica

PERCORSO = "/segnalazioni/LU-7K3F-92QD/"


def dati(**altro: Any) -> dict[str, Any]:
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
        "chi": "Marta Berti",
        "attesa": "Giovedì 24 Dicembre 2026",
        "sospesa": True,
        "passo": "programma",
        "fatto": "scade fra 8 giorni lavorativi",
        "spiega": "Il termine per rispondere è lunedì 14 dicembre 2026.",
        "perche": "Ti scriviamo perché il caso è del tuo ufficio.",
        "di_chi": "Chi ha segnalato scrive:",
        "motivo": "La regola chiede una risposta che la categoria non ha più.",
        "spenta": False,
        "assistenza": False,
        "sportello": "URP",
        "che": "Chiedere copia di un atto",
        "quando": "lunedì 30 novembre 2026 alle 9:00",
        "dove": "Piazza Napoleone 1",
        "portare": "Un documento d’identità",
        "scade": "10:40",
        "iscrizione": "9f0c3c1e5a7b4d2e8f6a1b2c3d4e5f60",
        "rubrica": "Notizia",
        "notizie": [{"titolo": "Otto lampade", "sommario": "", "percorso": "/novita/notizie/otto-lampade/"}],
        "sommario": "Sono accese dal tramonto all’alba.",
        "commento": "Manca il giorno della riapertura.",
    } | altro


def avviso(*a: Destinatario, tipo: str = "segnalazione_aggiornata", evento: str = "", **altro: str) -> list[Notifica]:
    """Tells these people something; answers the mails waiting to leave, in the order of writing."""
    evento = evento or f"passaggio:{get_random_string(12)}"
    avvisa(a, tipo, evento=evento, percorso=PERCORSO, dati=dati(**altro))
    return list(Notifica.objects.filter(evento=evento, canale=CanaleAvviso.EMAIL).order_by("pk"))
