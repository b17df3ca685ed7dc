"""A counter that receives by appointment on Mondays and Tuesdays from 9 to 11, at two desks; the clock stands still.

Gina Guidi is a guest: she has no account.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accounts.models import User
from comune.models import Ruolo, Ufficio
from core.tempo import fermo_a
from sportelli.actions import applica_gli_orari
from sportelli.models import Prestazione, Sportello
from tests.aiuti import incarica, persona, ufficio
from tests.sportelli.aiuti import alle, apri_sportello, orario, per


@pytest.fixture(autouse=True)
def _lunedi(request: pytest.FixtureRequest) -> Iterator[None]:
    """Monday 30 November 2026, 8 in the morning; where threads run, the real clock."""
    if "services" in request.keywords:
        yield
        return
    with fermo_a(alle("08:00")):
        yield


@pytest.fixture
def servizi(db: None) -> Ufficio:
    """The office that keeps the counter."""
    return ufficio("servizi-di-prova", "Servizi demografici")


@pytest.fixture
def sportello(servizi: Ufficio) -> Sportello:
    """Mondays and Tuesdays, 9 to 11, two desks; its turns are ready."""
    sportello = apri_sportello(ufficio=servizi, indirizzo="Piazza della Prova 1", lat=43.843, lon=10.503)
    for giorno in (0, 1):
        orario(sportello, giorno, "09:00", "11:00", postazioni=2)
    applica_gli_orari(sportello)
    return sportello


@pytest.fixture
def atto(sportello: Sportello) -> Prestazione:
    """Half an hour at the counter."""
    return per(sportello, 30, nome="Chiedere un atto", da_portare="Un documento\nLa delega")


@pytest.fixture
def sara(servizi: Ufficio) -> User:
    """Works at the counter."""
    return incarica(persona("Sara", last_name="Serra", is_staff=True), servizi, Ruolo.OPERATORE)
