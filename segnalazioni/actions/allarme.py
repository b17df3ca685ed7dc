"""History that does not hold is told to whoever answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from comune.ruoli import capi_urp
from core.tempo import oggi
from notifiche.actions import Destinatario, avvisa

NELLA_MAIL = 20  # links named in the mail; the log has all of them


@transaction.atomic
def segnala_catena_rotta(guasti: Sequence[str]) -> None:
    """Tells the head of the URP and the administrators, once a day. guasti: number, step and fault."""
    amministratori = User.objects.filter(is_superuser=True, is_active=True)
    avvisa(
        [Destinatario(utente=chi) for chi in {*capi_urp(), *amministratori}],
        "catena_rotta",
        evento=f"catena:{oggi()}",
        percorso=reverse("scrivania:coda"),
        dati={"quanti": len(guasti), "guasti": list(guasti[:NELLA_MAIL])},
    )
