"""Who works where: asked on every page of the desk, so asked once per request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from comune.models import Incarico, Ruolo
from core.tempo import oggi

if TYPE_CHECKING:
    from accounts.models import User

_MEMORIA = "_incarichi_di_oggi"


def incarichi_di(user: User | AnonymousUser) -> frozenset[tuple[int, str]]:
    """(office id, role) of every incarico that holds today; remembered on the user object (one per request)."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    giorno, righe = getattr(user, _MEMORIA, (None, frozenset()))
    if giorno != oggi():
        righe = frozenset(Incarico.objects.in_carica(oggi()).filter(utente=user).values_list("ufficio_id", "ruolo"))
        setattr(user, _MEMORIA, (oggi(), righe))
    return righe


def e_urp(user: User | AnonymousUser) -> bool:
    """Works at the URP today."""
    return any(ruolo == Ruolo.URP for _ufficio, ruolo in incarichi_di(user))


def uffici_di(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the offices that somebody holds today, in whatever capacity."""
    return frozenset(ufficio for ufficio, _ruolo in incarichi_di(user))
