"""What a person is to a case: the question behind every button and every door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comune.models import Ruolo
from comune.ruoli import incarichi_di
from segnalazioni.models.segnalazione import Segnalazione, Seguace
from segnalazioni.workflow import RuoloCaso

if TYPE_CHECKING:
    from accounts.models import User


def ruoli_di_servizio(segnalazione: Segnalazione, user: User) -> frozenset[str]:
    """Roles that come with the office: the URP everywhere, operators and heads only on what their office has."""
    ruoli: set[str] = set()
    for ufficio, ruolo in incarichi_di(user):
        if ruolo == Ruolo.URP:
            ruoli.add(RuoloCaso.URP)
        elif ufficio == segnalazione.ufficio_id and ruolo == Ruolo.OPERATORE:
            ruoli.add(RuoloCaso.OPERATORE)
        elif ufficio == segnalazione.ufficio_id and ruolo == Ruolo.RESPONSABILE:
            ruoli.add(RuoloCaso.RESPONSABILE)
    return frozenset(ruoli)


def ruoli_sul_caso(segnalazione: Segnalazione, user: User) -> frozenset[str]:
    """All roles of a logged-in person on this case."""
    ruoli = ruoli_di_servizio(segnalazione, user)
    if Seguace.objects.filter(segnalazione=segnalazione, utente=user, segnalante=True).exists():
        return ruoli | {RuoloCaso.SEGNALANTE}
    return ruoli
