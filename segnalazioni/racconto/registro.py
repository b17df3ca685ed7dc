"""The number in the register of what came in."""

from __future__ import annotations

from protocollo.models import Registrazione
from segnalazioni.models import Segnalazione


def registrazione_di(caso: Segnalazione) -> Registrazione | None:
    """Its place in the register, or on the way there; None before it is confirmed, and for what was imported."""
    registrazione: Registrazione | None = getattr(caso.contributo, "registrazione", None)
    return registrazione
