"""The sweep of the outbox."""

from __future__ import annotations

from core.tempo import adesso
from protocollo.models import Registrazione
from protocollo.tasks import manda

LOTTO = 200  # registrations of one sweep: those left over go with the next


def protocolla_le_rimaste() -> int:
    """Registers what is due again and what no carrier ever took, oldest first; answers how many got their number."""
    return manda(list(Registrazione.objects.rimaste(adesso()).values_list("pk", flat=True)[:LOTTO]))
