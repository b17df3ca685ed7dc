"""Who works where: asked on every page of the desk, so asked once per request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from comune.models import SOSTITUTIVI, Incarico, Ruolo
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


def e_titolare(user: User | AnonymousUser) -> bool:
    """May step in for a late office today: the titolare of the potere sostitutivo, or who has their delegation."""
    return any(ruolo in SOSTITUTIVI for _ufficio, ruolo in incarichi_di(user))


def uffici_di(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the offices whose work somebody does today. Stepping in for others is not working there."""
    return frozenset(ufficio for ufficio, ruolo in incarichi_di(user) if ruolo not in SOSTITUTIVI)


def uffici_urp() -> frozenset[int]:
    """Ids of the offices where somebody works as URP today."""
    return frozenset(Incarico.objects.in_carica(oggi()).filter(ruolo=Ruolo.URP).values_list("ufficio_id", flat=True))


def colleghi_urp() -> list[User]:
    """Who works at the URP today."""
    incarichi = Incarico.objects.in_carica(oggi()).filter(ruolo=Ruolo.URP)
    return [incarico.utente for incarico in incarichi.select_related("utente")]


def e_capo_urp(user: User | AnonymousUser) -> bool:
    """Heads the URP today."""
    capi = {ufficio for ufficio, ruolo in incarichi_di(user) if ruolo == Ruolo.RESPONSABILE}
    return bool(capi and capi & uffici_urp())


def capi_urp() -> list[User]:
    """Who heads the URP today; where nobody does, who works there."""
    incarichi = Incarico.objects.in_carica(oggi()).filter(ufficio__in=uffici_urp()).select_related("utente")
    capi = [i.utente for i in incarichi if i.ruolo == Ruolo.RESPONSABILE]
    return capi or [i.utente for i in incarichi]


def uffici_diretti(user: User | AnonymousUser) -> frozenset[int]:
    """Ids of the offices that somebody heads today."""
    return frozenset(ufficio for ufficio, ruolo in incarichi_di(user) if ruolo == Ruolo.RESPONSABILE)
