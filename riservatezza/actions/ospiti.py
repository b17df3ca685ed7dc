"""The way to one's own data for who has no account: a link to the mailbox, if we know it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.tempo import oggi
from notifiche.actions import Destinatario, avvisa
from notifiche.models import Notifica
from riservatezza.persone import Persona, righe_di
from riservatezza.registro import REGOLE

AL_GIORNO = 3  # links to one mailbox: nobody's is filled through us
_DI_PASSAGGIO = ("accounts.LinkMagico", "notifiche.Notifica", "riservatezza.RichiestaDati")


def _conosciuta(casella: str) -> bool:
    """Does the register know rows of this mailbox? Links and mails alone do not make it known."""
    regole = [regola for regola in REGOLE if regola.modello not in _DI_PASSAGGIO]
    trovate = (righe_di(Persona(email=casella), regola) for regola in regole)
    return any(righe is not None and righe.exists() for righe in trovate)


@transaction.atomic
def chiedi_collegamento(email: str) -> None:
    """Sends a link that leads to the data of this mailbox. To one we do not know, or too often: nothing.

    Says nothing either way: whoever asks must not learn whose address is known.
    """
    casella = email.strip().lower()
    if not _conosciuta(casella):
        return
    # Keyed: whoever reads the table cannot try addresses against it.
    chi = salted_hmac("riservatezza.ospiti", casella, algorithm="sha256").hexdigest()[:32]
    eventi = [f"dati:{chi}:{oggi()}:{giro}" for giro in range(1, AL_GIORNO + 1)]
    mandati = Notifica.objects.filter(evento__in=eventi).count()
    if mandati < AL_GIORNO:
        avvisa(
            [Destinatario(email=casella)],
            "dati_collegamento",
            evento=eventi[mandati],
            percorso=reverse("riservatezza:dati"),
            dati={},
        )
