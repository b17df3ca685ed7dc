"""Which cases a colleague may work on; who comes to the desk at all, comune.porte says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from segnalazioni.models import Segnalazione

if TYPE_CHECKING:
    from accounts.models import User


def caso_di(user: User, codice: str) -> Segnalazione:
    """The case, if it is this colleague's to work on; else 404, as if it did not exist."""
    return get_object_or_404(Segnalazione.objects.del_servizio(user).per_codice(codice))
