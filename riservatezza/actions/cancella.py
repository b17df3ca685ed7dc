"""Erasing one's own data (GDPR art. 17): contacts, photos and notices go; cases, steps and counts stay, nobody's.

No total changes and nobody else's words go: a signature stays a signature, a step keeps its pseudonym, the words of
a report stay in its file until retention takes them (they are part of a proceeding: GDPR art. 17 c. 3 b).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User as Utente
from ascolto.models import Contributo
from comune.models import Incarico
from core.errors import DomainError
from core.tempo import adesso, oggi
from riservatezza.actions.altrove import svuota_altrove
from riservatezza.actions.conserva import esegui
from riservatezza.persone import Persona, righe_di
from riservatezza.registro import REGOLE
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import Seguace
from sportelli.actions import disdici_tutti

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Resta:
    """What erasing leaves behind, to be said before. aperte: cases still open, that nobody will be told about."""

    segnalazioni: int
    aperte: int
    firme: int


def resta(persona: Persona) -> Resta:
    """What stays of this person, in numbers. Three queries."""
    mie = Seguace.objects.filter(_e_mia(persona))
    casi = Segnalazione.objects.filter(pk__in=mie.filter(segnalante=True).values("segnalazione"))
    return Resta(casi.count(), casi.aperte().count(), mie.filter(firma=True, segnalante=False).count())


def _e_mia(persona: Persona) -> Q:
    mia = Q(email=persona.casella)
    return mia | Q(utente=persona.utente) if persona.utente else mia


@transaction.atomic
def cancella_dati(persona: Persona) -> None:
    """Erases what the register says goes with its owner; an account is emptied and closed.

    Raises DomainError "ha_incarichi" for who works for the Comune, "amministra" for who runs the site: their acts must
    first be somebody else's task.
    """
    if persona.utente is not None:
        _puo_andare(Utente.objects.select_for_update().get(pk=persona.utente.pk))
    disdici_tutti(utente=persona.utente, casella=persona.casella)  # nobody would come
    # All is looked up before anything goes: photos are found through the very contact that goes.
    trovate = [
        (regola, list(righe.values_list("pk", flat=True)), regola.cancellando)
        for regola in REGOLE
        if regola.cancellando and (righe := righe_di(persona, regola)) is not None
    ]
    seguiti = list(Seguace.objects.filter(_e_mia(persona)).values_list("pk", flat=True))
    for regola, chiavi, come in trovate:
        esegui(regola, chiavi, come)
    # Who only followed counts nowhere; a signature goes on counting, of nobody.
    Seguace.objects.filter(pk__in=seguiti, firma=False, segnalante=False).delete()
    Seguace.objects.filter(pk__in=seguiti).update(utente=None)
    if persona.utente is not None:
        _svuota(persona.utente)


def _puo_andare(utente: User) -> None:
    if Incarico.objects.filter(utente=utente).filter(Q(al__isnull=True) | Q(al__gte=oggi())).exists():
        raise DomainError(
            "ha_incarichi", _("Lavori per il Comune: l’account si cancella quando il tuo incarico è finito.")
        )
    if utente.is_superuser:
        raise DomainError(
            "amministra", _("Questo account amministra il sito: prima passa il compito a un’altra persona.")
        )


def _svuota(utente: User) -> None:
    """The row stays, for the histories that point at its pseudonym; nothing in it is anybody's any more."""
    Contributo.objects.filter(autore=utente).update(autore=None)
    svuota_altrove(utente)
    utente.groups.clear()
    utente.user_permissions.clear()
    utente.email = f"{utente.uid.hex}@cancellato.invalid"
    utente.first_name = utente.last_name = ""
    utente.is_active = utente.is_staff = False
    utente.last_login = None
    utente.cancellato_il = adesso()
    utente.set_unusable_password()
    utente.save()
