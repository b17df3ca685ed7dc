"""Many at once on the real database: every number once, none missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, connections

from core.tempo import adesso, fermo_a
from protocollo.models import PRESTITO, Registrazione, Registro
from protocollo.tasks import manda
from protocollo.verifica import guasti
from segnalazioni.models import Categoria
from tests.aiuti import segnala
from tests.protocollista import Protocollista

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

VENTI = 20


def _insieme(chiavi: list[int], quando: datetime) -> None:
    """A thread and a connection for each carrier, all at the same moment."""
    assert connection.vendor == "postgresql", "concurrency is a promise of PostgreSQL"
    via = Barrier(len(chiavi))

    def corri(pk: int) -> None:
        try:
            via.wait(timeout=20)
            with fermo_a(quando):
                manda([pk])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(chiavi)) as squadra:
        list(squadra.map(corri, chiavi))


@pytest.fixture
def venti(buche: Categoria) -> list[int]:
    """Twenty reports without a number, their carriers not started."""
    from django.db import transaction

    for _volta in range(VENTI):
        with transaction.atomic():
            segnala(buche)
            transaction.get_connection().run_on_commit.clear()
    return list(Registrazione.objects.order_by("pk").values_list("pk", flat=True))


def _numeri() -> list[int]:
    """The numbers given, in order."""
    return sorted(numero for numero in Registrazione.objects.values_list("numero", flat=True) if numero)


def test_twenty_at_once_get_one_to_twenty(venti: list[int]) -> None:
    _insieme(venti, adesso())
    assert _numeri() == list(range(1, VENTI + 1))
    assert Registro.objects.get().ultimo == VENTI
    assert list(guasti()) == []


def test_twenty_carriers_of_ten_rows_give_ten_numbers(venti: list[int]) -> None:
    _insieme(venti[:10] * 2, adesso())
    assert _numeri() == list(range(1, 11))
    assert list(guasti()) == []


def test_twenty_at_once_at_new_year_get_one_to_twenty(venti: list[int]) -> None:
    """Nobody has made the counter of the year yet: twenty want to at the same time."""
    _insieme(venti, datetime(2031, 1, 1, tzinfo=ZoneInfo("Europe/Rome")))
    assert _numeri() == list(range(1, VENTI + 1))


def test_twenty_carriers_of_one_row_ask_the_server_once(venti: list[int], server: Protocollista) -> None:
    _insieme(venti[:1] * VENTI, adesso())
    assert len(server.richieste) == 1
    _insieme(venti[:1] * VENTI, adesso() + PRESTITO + timedelta(seconds=1))
    assert len(server.richieste) == 1
