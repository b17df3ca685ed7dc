"""The people, the offices and the report of every test. Database and guard-rails: tests/sostegno/.

Anna reports, Bruno is her neighbour, Carla works at the URP, Dario heads the office of the roads, Elena works
there, Fabio works at the office of public lighting.
"""

from __future__ import annotations

import gc

import pytest

from accounts.models import User
from comune.models import Ruolo, Ufficio
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import incarica, persona, segnala, ufficio

pytest_plugins = ["tests.sostegno.guardie", "tests.sostegno.database", "tests.sostegno.dati"]


def pytest_collection_finish() -> None:
    """What has been imported by now stays to the end: the collector of rubbish need not look at it in every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture
def anna(db: None) -> User:
    """A citizen with an account."""
    return persona("Anna", last_name="Bianchi")


@pytest.fixture
def bruno(db: None) -> User:
    """Her neighbour, with an account too."""
    return persona("Bruno", last_name="Neri")


@pytest.fixture
def ufficio_urp(db: None) -> Ufficio:
    """The Ufficio Relazioni con il Pubblico."""
    return ufficio("urp", "URP")


@pytest.fixture
def strade(db: None) -> Ufficio:
    """The office that mends roads."""
    return ufficio("strade", "Strade e viabilità")


@pytest.fixture
def luce(db: None) -> Ufficio:
    """The office that looks after street lamps."""
    return ufficio("luce", "Illuminazione pubblica")


@pytest.fixture
def carla(ufficio_urp: Ufficio) -> User:
    """Works at the URP."""
    return incarica(persona("Carla", last_name="Conti", is_staff=True), ufficio_urp, Ruolo.URP)


@pytest.fixture
def dario(strade: Ufficio) -> User:
    """Heads the office of the roads."""
    return incarica(persona("Dario", last_name="Dini", is_staff=True), strade, Ruolo.RESPONSABILE)


@pytest.fixture
def elena(strade: Ufficio) -> User:
    """Works at the office of the roads."""
    return incarica(persona("Elena", last_name="Esposito", is_staff=True), strade, Ruolo.OPERATORE)


@pytest.fixture
def fabio(luce: Ufficio) -> User:
    """Works at the office of public lighting: an office that has nothing to do with Anna's report."""
    return incarica(persona("Fabio", last_name="Ferri", is_staff=True), luce, Ruolo.OPERATORE)


@pytest.fixture
def buche(strade: Ufficio) -> Categoria:
    """Holes in the road: public, five working days, answered by the office of the roads."""
    madre = Categoria.objects.create(codice="prova-strade", nome="Strade e marciapiedi")
    return Categoria.objects.create(
        codice="prova-buche", nome="Buca sulla strada", madre=madre, ufficio=strade, giorni=5, parole=["buca"]
    )


@pytest.fixture
def buca(anna: User, buche: Categoria) -> Segnalazione:
    """A public report that Anna has just filed from her account: ricevuta. See tests.aiuti.porta_a."""
    return segnala(buche, autore=anna)
