"""Turns follow the hours: made for the weeks ahead, taken away when the hours go; a booked one never is.

A closure is another thing: it cancels what is booked within it, and tells people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendario import UN_GIORNO
from core.errors import DomainError
from core.tempo import adesso, giorno_di, oggi
from sportelli.actions.appuntamento import annulla
from sportelli.models import Appuntamento, Sportello, Turno
from sportelli.orari import chiuso_perche, fasce_del, quarti

SETTIMANE = 5  # ahead: how far people may book


@dataclass(frozen=True, slots=True)
class Riordino:
    """What following the hours has done."""

    creati: int
    annullati: int


def orizzonte() -> date:
    """The last day that may be booked."""
    return oggi() + timedelta(weeks=SETTIMANE)


def applica_gli_orari(sportello: Sportello) -> Riordino:
    """Closures first, each appointment in a transaction of its own; then the turns of the weeks ahead. Repeatable."""
    sportello = Sportello.objects.con_gli_orari().get(pk=sportello.pk)
    annullati = _annulla_nelle_chiusure(sportello)
    return Riordino(_riordina(sportello), annullati)


def nelle_chiusure(sportello: Sportello) -> list[tuple[Appuntamento, str]]:
    """Appointments that the closures take, each with the reason. Reads the hours that the counter has in hand, so that
    a form can ask before it saves them."""
    attesi = Appuntamento.objects.attesi().filter(sportello=sportello).order_by("inizio", "pk")
    motivi = ((appuntamento, _chiusa(sportello, appuntamento)) for appuntamento in attesi)
    return [(appuntamento, motivo) for appuntamento, motivo in motivi if motivo is not None]


def _annulla_nelle_chiusure(sportello: Sportello) -> int:
    fatti = 0
    for appuntamento, motivo in nelle_chiusure(sportello):
        try:
            annulla(appuntamento, motivo=motivo)
        except DomainError:  # it has moved while we were getting there
            continue
        fatti += 1
    return fatti


def _chiusa(sportello: Sportello, appuntamento: Appuntamento) -> str | None:
    """The reason of a closure that takes this appointment's place; an extraordinary opening around it saves it."""
    giorno = giorno_di(appuntamento.inizio)
    perche = chiuso_perche(sportello, giorno)
    if perche is None:
        return None
    da, a = timezone.localtime(appuntamento.inizio).time(), timezone.localtime(appuntamento.fine).time()
    if any(fascia.dalle <= da and a <= fascia.alle for fascia in fasce_del(sportello, giorno)):
        return None
    return _("Lo sportello quel giorno è chiuso: %(motivo)s.") % {"motivo": perche}


@transaction.atomic
def _riordina(sportello: Sportello) -> int:
    """Makes the turns that the hours want, takes away the others; answers how many it has made."""
    voluti = _voluti(sportello)
    futuri = Turno.objects.select_for_update().filter(sportello=sportello, inizio__gt=adesso())
    ci_sono = {turno.inizio: turno for turno in futuri.order_by("inizio")}
    nuovi = [
        Turno(sportello=sportello, inizio=inizio, posti=posti)
        for inizio, posti in voluti.items()
        if inizio not in ci_sono
    ]
    Turno.objects.bulk_create(nuovi, ignore_conflicts=True)
    via = [turno.pk for inizio, turno in ci_sono.items() if inizio not in voluti and not turno.occupati]
    Turno.objects.filter(pk__in=via).delete()
    for inizio, turno in ci_sono.items():
        posti = max(voluti.get(inizio, 0), turno.occupati)
        if turno.pk not in via and turno.posti != posti:
            Turno.objects.filter(pk=turno.pk).update(posti=posti)
    return len(nuovi)


def _voluti(sportello: Sportello) -> dict[datetime, int]:
    """The turns that the hours want, from now to the horizon; none of a counter that is switched off."""
    if not sportello.attivo:
        return {}
    giorni = [oggi() + n * UN_GIORNO for n in range((orizzonte() - oggi()).days + 1)]
    tutti = {inizio: posti for giorno in giorni for inizio, posti in quarti(sportello, giorno).items()}
    return {inizio: posti for inizio, posti in tutti.items() if inizio > adesso()}
