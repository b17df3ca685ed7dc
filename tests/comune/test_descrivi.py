"""From a point to a name that people know."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from comune.luoghi import descrivi
from comune.models import Luogo
from tests.factories.comune import CivicoFactory, LuogoFactory, ViaFactory

pytestmark = pytest.mark.django_db

METRO = 1 / 111_195  # degrees of latitude


@pytest.fixture(autouse=True)
def campo_aperto(db: None) -> None:
    """Nothing around but what a test puts there."""
    Luogo.objects.all().delete()


def test_a_point_at_a_gate_is_near_that_gate() -> None:
    LuogoFactory.create(nome="Porta San Pietro", lat=43.8389, lon=10.5030)
    assert descrivi(43.8391, 10.5031) == "vicino a Porta San Pietro"


def test_the_nearest_name_wins_whatever_it_is() -> None:
    LuogoFactory.create(nome="Porta San Pietro", lat=43.84 + 80 * METRO, lon=10.5)
    ViaFactory.create(nome="Via Elisa", lat=43.84 + 100 * METRO, lon=10.5)
    assert descrivi(43.84, 10.5) == "vicino a Porta San Pietro"
    assert descrivi(43.84 + 101 * METRO, 10.5) == "vicino a via Elisa"


def test_a_house_says_street_and_number() -> None:
    via = ViaFactory.create(nome="Via Elisa", lat=43.84 + 140 * METRO, lon=10.5)
    CivicoFactory.create(via=via, numero="12a", nome="Via Elisa 12/A", lat=43.84 + 5 * METRO, lon=10.5)
    assert descrivi(43.84, 10.5) == "vicino a via Elisa 12/A"


def test_before_an_a_it_is_ad() -> None:
    LuogoFactory.create(nome="Antraccoli", lat=43.84, lon=10.5)
    assert descrivi(43.84, 10.5) == "vicino ad Antraccoli"


@pytest.mark.parametrize(("quanto", "detto"), [(149, "vicino a via Elisa"), (151, "")])
def test_a_street_counts_within_150_metres(quanto: int, detto: str) -> None:
    ViaFactory.create(nome="Via Elisa", lat=43.84 + quanto * METRO, lon=10.5)
    assert descrivi(43.84, 10.5) == detto


@pytest.mark.parametrize(("quanto", "detto"), [(599, "vicino a Nozzano"), (601, "")])
def test_a_place_counts_within_600_metres(quanto: int, detto: str) -> None:
    LuogoFactory.create(nome="Nozzano", tipo="localita", lat=43.84 - quanto * METRO, lon=10.5)
    assert descrivi(43.84, 10.5) == detto


def test_a_corner_of_the_square_is_too_far() -> None:
    # 500 m north and 500 m east: inside the square that the database looks at, 707 m away.
    LuogoFactory.create(nome="Nozzano", lat=43.84 + 500 * METRO, lon=10.5 + 500 * METRO / 0.7213)
    assert descrivi(43.84, 10.5) == ""


def test_in_the_open_country_nothing_is_said() -> None:
    LuogoFactory.create(nome="Senza posizione", lat=None, lon=None)
    assert descrivi(43.84, 10.5) == ""


def test_it_costs_two_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    LuogoFactory.create_batch(20, lat=43.84, lon=10.5)
    with django_assert_max_num_queries(2):
        descrivi(43.84, 10.5)
