"""What whoever has an appointment is told, once per event."""

from __future__ import annotations

from django.urls import reverse

from notifiche.actions import Destinatario, avvisa
from sportelli.models import Appuntamento
from sportelli.racconto import dati


def racconta(appuntamento: Appuntamento, tipo: str, evento: str) -> None:
    """Tells whoever has it; a caller without a mailbox is told nothing. The same event is told once."""
    if not appuntamento.casella:
        return
    chi = Destinatario(utente=appuntamento.utente, email="" if appuntamento.utente else appuntamento.email)
    avvisa(
        [chi],
        tipo,
        evento=f"appuntamento:{appuntamento.codice}:{evento}",
        percorso=reverse("prenota:appuntamento", kwargs={"codice": appuntamento.codice}),
        dati=dati(appuntamento),
    )
