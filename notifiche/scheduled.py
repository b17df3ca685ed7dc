"""The sweep of the outbox."""

from __future__ import annotations

import logging

from core.tempo import adesso
from notifiche.models import TENTATIVI, Notifica, StatoAvviso
from notifiche.tasks import spedisci

logger = logging.getLogger(__name__)

LOTTO = 200  # mails of one sweep: those left over go with the next, a minute later


def rimanda_le_non_inviate() -> int:
    """Sends what is due again and what no carrier ever took, oldest first; answers how many left."""
    _abbandona_le_interrotte()
    pks = list(Notifica.objects.da_rimandare(adesso()).values_list("pk", flat=True)[:LOTTO])
    return spedisci(pks) if pks else 0


def _abbandona_le_interrotte() -> None:
    """Gives up rows whose last attempt never came to an end: something in them stops every carrier."""
    esaurite = Notifica.objects.libere(adesso()).filter(tentativi__gte=TENTATIVI)
    for uid in list(esaurite.values_list("uid", flat=True)):
        logger.error("notice %s given up: its last attempt was interrupted", uid)
    esaurite.update(stato=StatoAvviso.RINUNCIATA, riprova_il=None)
