"""The way back to one's appointments for who has no account: a link for each, if there is any."""

from __future__ import annotations

from django.db import transaction

from core.tempo import oggi
from notifiche.models import Notifica
from sportelli.actions.avvisi import racconta
from sportelli.models import Appuntamento, impronta_di

AL_GIORNO = 3  # links to one appointment: nobody's mailbox is filled through us


@transaction.atomic
def chiedi_collegamento(email: str) -> None:
    """Sends a link to each appointment that this mailbox has ahead. To one without any, or too often: nothing.

    Says nothing either way: whoever asks must not learn who has an appointment.
    """
    suoi = Appuntamento.objects.attesi().filter(chi=impronta_di(email), utente__isnull=True).exclude(email="")
    for appuntamento in suoi.per_elenco().order_by("inizio"):
        _manda(appuntamento)


def _manda(appuntamento: Appuntamento) -> None:
    eventi = [f"collegamento:{oggi()}:{giro}" for giro in range(1, AL_GIORNO + 1)]
    gia = Notifica.objects.filter(evento__in=[f"appuntamento:{appuntamento.codice}:{evento}" for evento in eventi])
    mandati = gia.count()
    if mandati < AL_GIORNO:
        racconta(appuntamento, "appuntamento_collegamento", eventi[mandati])
