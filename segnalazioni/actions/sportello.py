"""What the counter gives besides filing: the key on a printed receipt, and one more signature under a case."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ascolto.models import Canale
from core.errors import DomainError
from core.tempo import adesso
from core.tokens import nuovo_segreto
from segnalazioni.actions.cittadino import segui
from segnalazioni.actions.passi import blocca
from segnalazioni.models import ChiaveStampata, Segnalazione, Seguace

CANALI = (Canale.SPORTELLO, Canale.TELEFONO, Canale.CARTA)  # of what colleagues file for others
DURATA = timedelta(days=180)  # a term with its suspension, and the time to contest


@transaction.atomic
def stampa_chiave(segnalazione: Segnalazione, *, operatore: User) -> str:
    """A new key to the case, to be printed now: the answer is the only place where its secret is written.

    The receipt printed before opens nothing any more. Raises DomainError "non_dello_sportello" for a case that was
    not filed at the counter, or whose reporter has a mailbox: nobody else gets a key to what others reported.
    """
    caso = blocca(segnalazione)
    if not si_stampa_la_chiave(caso):
        raise DomainError(
            "non_dello_sportello", _("Chi ha fatto questa segnalazione ha già un modo suo per aprirla: niente chiave.")
        )
    segreto, impronta = nuovo_segreto()
    ora = adesso()
    ChiaveStampata.objects.update_or_create(
        segnalazione=caso,
        defaults={"impronta": impronta, "stampata_da": operatore, "scade_il": ora + DURATA, "created_at": ora},
    )
    return segreto


def si_stampa_la_chiave(caso: Segnalazione) -> bool:
    """Filed at the counter for somebody without account and without e-mail."""
    if caso.contributo.canale not in CANALI or caso.contributo.autore_id is not None:
        return False
    return not Seguace.objects.filter(segnalazione=caso, segnalante=True).exclude(email="", utente=None).exists()


def conta_anche(segnalazione: Segnalazione, *, email: str = "") -> Seguace:
    """Who is at the counter has the same problem: counted; with an e-mail also told, once its link is used.

    Raises DomainError "non_piu_aperta" or "troppe_da_confermare".
    """
    return segui(segnalazione, firma=True, email=email, sessione="" if email else secrets.token_hex(32))
