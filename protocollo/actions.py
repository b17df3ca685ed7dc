"""The verbs of the register. A row in the transaction of what came in; its number after commit."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerGiu

from ascolto.models import Contributo
from core.errors import DomainError
from core.tempo import adesso
from core.testo import pulito
from protocollo.models import Registrazione, StatoProtocollo
from protocollo.tasks import protocolla

logger = logging.getLogger(__name__)


def registra(
    contributo: Contributo, *, oggetto: str, mittente: str, impronta: str, arrivato_il: datetime
) -> Registrazione:
    """Asks for a number: one INSERT in the caller's transaction, the carrier after its commit. Blocks nobody.

    impronta: SHA-256 of the document, hexadecimal. Raises IntegrityError when the contribution was registered before.
    """
    riga = Registrazione.objects.create(
        contributo=contributo,
        oggetto=pulito(oggetto)[:200],
        mittente=pulito(mittente)[:254],
        impronta=impronta,
        arrivato_il=arrivato_il,
        created_at=adesso(),
    )
    transaction.on_commit(partial(_affida, riga.pk))
    return riga


@transaction.atomic
def riprova(registrazione: Registrazione) -> Registrazione:
    """Somebody has looked at what stopped it: it is asked again, with the same key.

    Raises DomainError "non_in_errore" when it is not stopped (any more).
    """
    riga = Registrazione.objects.select_for_update().get(pk=registrazione.pk)
    if riga.stato != StatoProtocollo.ERRORE:
        raise DomainError("non_in_errore", _("Questa registrazione non è ferma: forse qualcuno l’ha già riprovata."))
    riga.stato, riga.errore, riga.riprova_il, riga.tentativi = StatoProtocollo.DA_INVIARE, "", adesso(), 0
    riga.save()
    transaction.on_commit(partial(_affida, riga.pk))
    return riga


def _affida(pk: int) -> None:
    """Starts the carrier. The act is done and its author waits: whatever is in the way, the sweep goes on."""
    try:
        protocolla.delay(pk)
    except BrokerGiu:
        logger.warning("a registration is left to the sweep: the broker does not answer")
