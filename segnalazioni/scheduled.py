"""Timed entries: plain functions, repeatable, each row in a transaction of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable

from core.errors import DomainError
from core.tempo import adesso
from segnalazioni import actions
from segnalazioni.actions.banco import avanza, fermi
from segnalazioni.actions.bozza import cancella_bozza
from segnalazioni.catena import guasti_fra
from segnalazioni.models import Bozza, Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.workflow import RuoloCaso

logger = logging.getLogger(__name__)

INSIEME = 200  # rows of one run: what is left waits for the next


def butta_le_bozze_scadute() -> int:
    """Drops drafts whose day has passed, photos included; answers how many."""
    return sum(cancella_bozza(bozza, solo_se_scaduta=True) for bozza in Bozza.objects.scadute()[:INSIEME])


def scarta_le_non_confermate() -> int:
    """Discards reports whose e-mail link nobody used within 72 hours; answers how many."""
    return _uno_per_uno(Segnalazione.objects.mai_confermate(adesso() - actions.CONFERMA_ENTRO), actions.scarta)


def prosegui_senza_risposta() -> int:
    """Goes on where a question has waited for its answer as long as it may; answers how many."""
    return _uno_per_uno(Segnalazione.objects.senza_risposta(), actions.prosegui)


def segna_le_scadute() -> int:
    """Says in public which terms have expired, and tells who has to know; answers how many."""
    return _uno_per_uno(Segnalazione.objects.scadute_da_segnare(), actions.segna_scaduta)


def manda_i_promemoria() -> int:
    """Reminds offices of the due dates that come near; answers how many reminders left."""
    return sum(actions.ricorda(caso) for caso in Segnalazione.objects.con_promemoria().iterator(INSIEME))


def ricorda_gli_interventi() -> int:
    """Reminds who may step in of the requests that nobody has decided in time; answers how many."""
    return _uno_per_uno(Segnalazione.objects.interventi_da_ricordare(), actions.ricorda_intervento)


def chiudi_le_concluse() -> int:
    """Closes the cases whose answer nobody can contest any more; answers how many."""
    return _uno_per_uno(Segnalazione.objects.da_chiudere(), lambda caso: actions.archivia(caso, come=RuoloCaso.SISTEMA))


def _uno_per_uno(casi: SegnalazioneQuerySet, fai: Callable[[Segnalazione], Segnalazione]) -> int:
    """Does it to each case of one batch; one that has moved while we were getting there is left alone."""
    fatte = 0
    for caso in casi[:INSIEME]:
        try:
            fai(caso)
        except DomainError:
            continue
        fatte += 1
    return fatte


def verifica_le_catene() -> int:
    """Reads every chain of history; a broken one is logged and told to the head of the URP; answers how many links."""
    casi = Segnalazione.objects.select_related("contributo").order_by("pk").iterator(chunk_size=500)
    trovati = [str(guasto) for guasto in guasti_fra(casi)]
    for guasto in trovati:
        logger.error("broken chain: %s", guasto)
    if trovati:
        actions.segnala_catena_rotta(trovati)
    return len(trovati)


def prosegui_i_lavori() -> int:
    """Goes on with work on many cases that lost its worker, or never found one; answers how many it finished."""
    return sum(avanza(lavoro) for lavoro in fermi())
