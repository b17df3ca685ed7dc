"""Inside or outside, and in which quartiere."""

from __future__ import annotations

from datetime import timedelta
from math import inf, nan

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from comune.actions import carica_confine
from comune.models import Confine, Quartiere
from comune.territorio import confine_geojson, dentro, metri, quartiere_di, territorio
from core.tempo import adesso
from tests.factories.comune import ConfineFactory, QuartiereFactory

pytestmark = pytest.mark.django_db

PIAZZA_SAN_MICHELE = (43.8431, 10.5031)
PISA = (43.7229, 10.3966)
CAPANNORI = (43.8747, 10.5730)


def quadrato(ovest: float, sud: float, est: float, nord: float) -> list[list[float]]:
    return [[ovest, sud], [est, sud], [est, nord], [ovest, nord], [ovest, sud]]


def area(*anelli: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(anelli)}


def test_piazza_san_michele_lies_in_lucca_and_pisa_does_not() -> None:
    assert dentro(*PIAZZA_SAN_MICHELE)
    assert not dentro(*PISA)
    assert not dentro(*CAPANNORI)


def test_a_point_belongs_to_the_quartiere_whose_centre_is_nearest() -> None:
    quartiere = quartiere_di(43.8389, 10.5030)  # Porta San Pietro
    assert quartiere is not None
    assert quartiere.slug == "centro-storico"
    assert getattr(quartiere_di(43.9080, 10.5250), "slug", "") == "ponte-a-moriano"


def test_nearest_is_measured_in_metres_not_in_degrees() -> None:
    # At this latitude a degree of longitude is shorter: the eastern centre is the nearer one.
    Quartiere.objects.all().delete()
    QuartiereFactory.create(slug="nord", lat=43.8431 + 0.0100, lon=10.5031)  # 1,112 m
    QuartiereFactory.create(slug="est", lat=43.8431, lon=10.5031 + 0.0120)  # 962 m
    assert getattr(quartiere_di(*PIAZZA_SAN_MICHELE), "slug", "") == "est"


def test_outside_the_comune_there_is_no_quartiere() -> None:
    assert quartiere_di(*PISA) is None


def test_without_quartieri_there_is_none_either() -> None:
    Quartiere.objects.all().delete()
    assert quartiere_di(*PIAZZA_SAN_MICHELE) is None
    assert dentro(*PIAZZA_SAN_MICHELE)


@pytest.mark.parametrize("punto", [(nan, 10.5), (43.8, nan), (inf, 10.5), (nan, nan), (999.0, 999.0)])
def test_what_is_no_point_is_nowhere(punto: tuple[float, float]) -> None:
    assert not dentro(*punto)
    assert quartiere_di(*punto) is None


def test_the_newest_boundary_counts() -> None:
    ConfineFactory.create(created_at=adesso())
    assert dentro(*PIAZZA_SAN_MICHELE)
    assert not dentro(43.9080, 10.5250)  # Ponte a Moriano is outside of that square
    ConfineFactory.create(geometria=area(quadrato(10.3, 43.7, 10.7, 44.0)), created_at=adesso() + timedelta(seconds=1))
    assert dentro(43.9080, 10.5250)
    ConfineFactory.create(geometria=area(quadrato(9, 43, 9.1, 43.1)), created_at=adesso() - timedelta(days=1))
    assert dentro(43.9080, 10.5250)


def test_a_hole_is_outside_and_its_edge_inside() -> None:
    buco = quadrato(10.50, 43.84, 10.51, 43.85)[::-1]
    ConfineFactory.create(geometria=area(quadrato(10.49, 43.83, 10.52, 43.86), buco))
    assert not dentro(43.845, 10.505)
    assert dentro(43.835, 10.495)
    assert dentro(43.84, 10.505)
    assert dentro(43.83, 10.49)


def test_an_exclave_is_inside() -> None:
    due = [[quadrato(10.49, 43.83, 10.52, 43.86)], [quadrato(10.60, 43.90, 10.61, 43.91)]]
    ConfineFactory.create(geometria={"type": "MultiPolygon", "coordinates": due})
    assert dentro(43.845, 10.505)
    assert dentro(43.905, 10.605)
    assert not dentro(43.88, 10.56)  # between the two


def test_another_boundary_in_the_same_row_number_is_not_confused_with_the_first() -> None:
    # The prepared area is remembered: by its digest, not by the number of the row.
    primo = ConfineFactory.create()
    assert dentro(*PIAZZA_SAN_MICHELE)
    primo.delete()
    ConfineFactory.create(pk=primo.pk, geometria=area(quadrato(9, 43, 9.1, 43.1)))
    assert not dentro(*PIAZZA_SAN_MICHELE)


def test_the_map_gets_the_boundary_in_force() -> None:
    grezzo = confine_geojson()
    anello = grezzo["coordinates"][0]  # type: ignore[index]
    assert grezzo["type"] == "Polygon"
    assert anello[0] == anello[-1]
    assert 30 <= len(anello) - 1 <= 60
    geometria = area(quadrato(10.3, 43.7, 10.7, 44.0))
    carica_confine(geometria, fonte="ISTAT")
    assert confine_geojson() == geometria


def test_questions_cost_two_queries_at_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    ConfineFactory.create()
    dentro(*PIAZZA_SAN_MICHELE)
    with django_assert_max_num_queries(2):
        quartiere_di(*PIAZZA_SAN_MICHELE)
    with django_assert_max_num_queries(1):
        dentro(*PIAZZA_SAN_MICHELE)
    with django_assert_max_num_queries(2):
        qui = territorio()
        for passo in range(50):
            qui.quartiere_di(43.84 + passo / 10_000, 10.50)


def test_distance_in_metres() -> None:
    porta_san_pietro, porta_santa_maria = (43.8389, 10.5030), (43.8476, 10.5055)
    assert metri(*porta_san_pietro, *porta_santa_maria) == pytest.approx(988, abs=5)
    assert metri(*porta_san_pietro, *porta_san_pietro) == 0


def test_a_boundary_keeps_its_digest() -> None:
    uno, altro = ConfineFactory.create(), ConfineFactory.create()
    assert len(uno.impronta) == 64
    assert uno.impronta == altro.impronta
    assert Confine.objects.count() == 2


def test_the_database_refuses_a_centre_that_is_not_in_degrees() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        QuartiereFactory.create(lat=4_843_100.0)
