"""Timed entries: plain functions, repeatable, each row in a transaction of its own."""

from __future__ import annotations

from core.calendario import UN_GIORNO
from core.errors import DomainError
from core.tempo import adesso, mezzanotte, oggi
from sportelli import actions
from sportelli.models import Appuntamento, Posto, Sportello, Turno
from sportelli.workflow import Stato

INSIEME = 200  # rows of one run: what is left waits for the next


def libera_i_non_confermati() -> int:
    """Sets free the turns held for who has not confirmed in time; answers how many appointments."""
    liberati = 0
    for appuntamento in Appuntamento.objects.scaduti().order_by("scade_il")[:INSIEME]:
        try:
            actions.scade(appuntamento)
        except DomainError:  # confirmed or cancelled a moment ago
            continue
        liberati += 1
    return liberati


def manda_i_promemoria() -> int:
    """Reminds whoever comes tomorrow, once; answers how many have been reminded so far."""
    domani = mezzanotte(oggi() + UN_GIORNO)
    attesi = Appuntamento.objects.per_elenco().filter(stato=Stato.CONFERMATO)
    di_domani = attesi.filter(inizio__gte=domani, inizio__lt=mezzanotte(oggi() + 2 * UN_GIORNO)).order_by("pk")
    return sum(actions.ricorda(appuntamento) for appuntamento in di_domani.iterator(INSIEME))


def prepara_i_turni() -> int:
    """Keeps the turns of the weeks ahead as the hours say; answers how many are new."""
    # Of the past nobody asks who was where, and turns that nobody took say nothing.
    Posto.objects.filter(inizio__lt=adesso() - UN_GIORNO).exclude(chi="").update(chi="")
    Turno.objects.filter(inizio__lt=adesso() - UN_GIORNO, occupati=0, presi__isnull=True).delete()
    return sum(actions.applica_gli_orari(sportello).creati for sportello in Sportello.objects.order_by("pk"))
