"""Two at once, on the real database: real threads, real connections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client

from core.errors import DomainError
from segnalazioni import actions
from segnalazioni.catena import guasti
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a, segnala

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def insieme(*atti: Callable[[], Any]) -> list[Any]:
    """Runs the acts at the same moment, each in a thread with its own connection; answers results or DomainErrors."""
    via = Barrier(len(atti))

    def corri(atto: Callable[[], Any]) -> Any:
        try:
            via.wait(timeout=10)
            return atto()
        except DomainError as errore:
            return errore
        finally:
            connections.close_all()

    assert connection.vendor == "postgresql", "concurrency is a promise of PostgreSQL"
    with ThreadPoolExecutor(len(atti)) as squadra:
        return list(squadra.map(corri, atti))


def test_two_colleagues_take_the_same_case_and_one_wins(buca, elena, dario):
    caso = porta_a(buca, Stato.ASSEGNATA)
    esiti = insieme(
        lambda: actions.prendi_in_carico(caso, operatore=elena),
        lambda: actions.prendi_in_carico(caso, operatore=dario),
    )
    assert sorted(type(e).__name__ for e in esiti) == ["PassoNonPossibile", "Segnalazione"]
    caso.refresh_from_db()
    assert caso.stato == Stato.IN_LAVORAZIONE
    assert Passaggio.objects.filter(segnalazione=caso, passo="prendi_in_carico").count() == 1
    assert guasti(Segnalazione.objects.per_elenco().get(pk=caso.pk)) == []


def test_two_browsers_take_the_same_case_and_the_slower_gets_409(buca, elena, dario):
    caso = porta_a(buca, Stato.ASSEGNATA)
    clienti = []
    for collega in (elena, dario):
        cliente = Client()
        cliente.force_login(collega)
        clienti.append(cliente)
    porta = f"{caso.url_scrivania()}passi/prendi_in_carico/"
    esiti = insieme(*[lambda c=c: c.post(porta, {"versione": caso.versione}).status_code for c in clienti])
    assert sorted(esiti) == [302, 409]


def test_ten_different_steps_at_once_leave_one_link(buca, elena, dario, carla):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    atti = [
        lambda chi=chi: actions.risolvi(caso, operatore=chi, testo="Chiusa la buca") for chi in (elena, dario, carla)
    ] + [lambda chi=chi: actions.chiedi(caso, operatore=chi, testo="Dove?") for chi in (elena, dario, carla)]
    esiti = insieme(*atti)
    assert sum(isinstance(e, Segnalazione) for e in esiti) == 1
    assert guasti(Segnalazione.objects.per_elenco().get(pk=caso.pk)) == []


def test_the_same_form_sent_ten_times_at_once_files_one_report(buche, anna):
    chiave = uuid4()
    nuova = actions.NuovaSegnalazione(categoria=buche, testo="Buca davanti a scuola", chiave_invio=chiave)
    esiti = insieme(*[lambda: actions.invia(nuova, autore=anna).codice for _ in range(10)])
    assert len(set(esiti)) == 1
    assert Segnalazione.objects.filter(chiave_invio=chiave).count() == 1
    assert Passaggio.objects.filter(segnalazione__chiave_invio=chiave).count() == 1


def test_following_twenty_times_at_once_counts_once(buca, bruno):
    insieme(*[lambda: actions.segui(buca, firma=True, utente=bruno) for _ in range(20)])
    assert Seguace.objects.filter(segnalazione=buca, utente=bruno, firma=True).count() == 1


def test_the_link_used_by_person_and_scanner_at_once_confirms_once(buche):
    caso = segnala(buche, email="gino@example.org")
    insieme(*[lambda: actions.email_dimostrata(caso, "gino@example.org").stato for _ in range(6)])
    caso.refresh_from_db()
    assert caso.stato == Stato.RICEVUTA
    assert Passaggio.objects.filter(segnalazione=caso, passo="conferma").count() == 1
