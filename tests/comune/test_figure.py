"""What the platform knows of Lucca before anybody imports anything; and that it is about right."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ProtectedError
from django.test import Client
from shapely.geometry import Point, Polygon, shape

from ascolto.models import Canale, Contributo, Tipo
from comune.actions import carica_figure
from comune.figure import CONFINE, FONTE, LOCALITA, LUOGHI, QUARTIERI, VIE
from comune.models import Luogo, Quartiere
from comune.parole import chiave_di
from comune.territorio import dentro, quartiere_di
from core.tempo import adesso

TUTTI = (*LUOGHI, *LOCALITA, *VIE)
migrazione = importlib.import_module("comune.migrations.0002_quartieri_e_luoghi")


@pytest.mark.django_db
def test_a_new_database_knows_the_quartieri_and_about_a_hundred_names() -> None:
    assert Quartiere.objects.count() == len(QUARTIERI)
    assert 10 <= len(QUARTIERI) <= 14
    assert Luogo.objects.filter(fonte=FONTE).count() == len(TUTTI)
    assert 90 <= len(TUTTI) <= 130
    assert not Luogo.objects.filter(quartiere__isnull=True).exists()


@pytest.mark.django_db
def test_every_quartiere_has_a_name_in_it_and_its_own_centre() -> None:
    for quartiere in Quartiere.objects.all():
        assert Luogo.objects.filter(quartiere=quartiere).exists(), quartiere
        assert quartiere_di(quartiere.lat, quartiere.lon) == quartiere


@pytest.mark.django_db
def test_every_name_lies_in_the_outline() -> None:
    assert [nome for nome, lat, lon in TUTTI if not dentro(lat, lon)] == []


def test_no_name_is_typed_twice() -> None:
    for elenco in (LUOGHI, LOCALITA, VIE):
        chiavi = [chiave_di(nome) for nome, _lat, _lon in elenco]
        assert len(set(chiavi)) == len(chiavi)
    assert len({slug for slug, *_ in QUARTIERI}) == len({nome for _, nome, *_ in QUARTIERI}) == len(QUARTIERI)


def test_the_outline_is_coarse_and_valid() -> None:
    assert 30 <= len(CONFINE) <= 60
    assert Polygon(CONFINE).is_valid


@pytest.mark.django_db
def test_setting_it_out_again_mends_names_and_leaves_what_the_office_has_changed() -> None:
    centro = Quartiere.objects.get(slug="centro-storico")
    centro.nome = "Dentro le Mura"
    centro.save()
    prima = Luogo.objects.count()
    Luogo.objects.filter(nome="Via Elisa").update(lat=0, lon=0)
    Luogo.objects.filter(nome="Via Fillungo").delete()
    carica_figure()
    assert Luogo.objects.count() == prima
    assert Luogo.objects.get(nome="Via Elisa", fonte=FONTE).lat == 43.8434
    assert Quartiere.objects.get(slug="centro-storico").nome == "Dentro le Mura"
    assert Quartiere.objects.count() == len(QUARTIERI)


@pytest.mark.django_db
def test_the_migration_goes_back_and_forth() -> None:
    migrazione.togli(apps, None)
    assert not Luogo.objects.filter(fonte=FONTE).exists()
    assert not Quartiere.objects.exists()
    migrazione.carica(apps, None)
    assert Luogo.objects.filter(fonte=FONTE).count() == len(TUTTI)


@pytest.mark.django_db
def test_it_does_not_go_back_over_what_citizens_have_sent() -> None:
    Contributo.objects.create(
        tipo=Tipo.SEGNALAZIONE,
        canale=Canale.WEB,
        quartiere=Quartiere.objects.get(slug="san-vito"),
        created_at=adesso(),
    )
    with pytest.raises(ProtectedError):
        migrazione.togli(apps, None)


# --- against the real data --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def vero(dati: Path) -> Any:
    """The exact boundary."""
    geojson = json.loads((dati / "lucca" / "comune_lucca.geojson").read_text())
    return shape(geojson["features"][0]["geometry"])


@pytest.mark.dati
def test_the_outline_is_the_comune_to_a_few_percent(vero: Any) -> None:
    tracciato = Polygon([(lon, lat) for lat, lon in CONFINE])
    comune = tracciato.intersection(vero).area
    assert comune / tracciato.union(vero).area >= 0.93
    assert comune / vero.area >= 0.99  # almost nobody of Lucca is told to be elsewhere


@pytest.mark.dati
def test_every_name_typed_in_lies_in_the_real_comune(vero: Any) -> None:
    assert [nome for nome, lat, lon in TUTTI if not vero.covers(Point(lon, lat))] == []


@pytest.mark.dati
@pytest.mark.django_db
def test_every_place_of_the_gazetteer_lies_in_the_outline(dati: Path) -> None:
    luoghi = json.loads((dati / "lucca" / "gazetteer.json").read_text())
    nostri = [riga for riga in luoghi if riga["in_lucca"] and riga["lat"] is not None]
    assert len(nostri) > 90
    assert [riga["name"] for riga in nostri if not dentro(riga["lat"], riga["lon"])] == []


@pytest.mark.dati
@pytest.mark.django_db
def test_with_its_figures_alone_the_map_is_drawn(client: Client) -> None:
    assert len(client.get("/luoghi/mappa/").json()["features"]) == 1 + len(LUOGHI) + len(LOCALITA)
