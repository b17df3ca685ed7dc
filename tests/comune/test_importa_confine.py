"""manage.py importa_confine."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comune.models import Confine
from comune.territorio import dentro
from tests.factories.comune import LuogoFactory

pytestmark = pytest.mark.django_db

QUADRATO = [[10.49, 43.83], [10.52, 43.83], [10.52, 43.86], [10.49, 43.86], [10.49, 43.83]]
AREA: dict[str, Any] = {"type": "Polygon", "coordinates": [QUADRATO]}


def importa(file: Path, **opzioni: Any) -> str:
    uscita = io.StringIO()
    call_command("importa_confine", str(file), stdout=uscita, **opzioni)
    return uscita.getvalue().strip()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "confine.geojson"


@pytest.mark.parametrize(
    "dati",
    [
        AREA,
        {"type": "Feature", "properties": {}, "geometry": AREA},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": None, "geometry": AREA}]},
        {"type": "MultiPolygon", "coordinates": [[QUADRATO]]},
    ],
)
def test_the_office_imports_the_exact_boundary(file: Path, dati: dict[str, Any]) -> None:
    file.write_text(json.dumps(dati))
    assert dentro(43.9080, 10.5250)  # Ponte a Moriano, by the coarse outline
    assert importa(file, fonte="ISTAT") == "Confine creato: da ora vale questo."
    assert Confine.objects.get().fonte == "ISTAT"
    assert dentro(43.845, 10.505)
    assert not dentro(43.9080, 10.5250)


def test_doing_it_again_changes_nothing_and_a_new_one_counts(file: Path) -> None:
    file.write_text(json.dumps(AREA))
    importa(file)
    assert importa(file) == "Confine invariato."
    assert Confine.objects.count() == 1
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [[*QUADRATO[:2], [10.52, 43.99], *QUADRATO[3:]]]}))
    importa(file)
    assert Confine.objects.count() == 2
    assert Confine.objects.filter(fonte="confine.geojson").count() == 2  # nobody said whose it is


def test_the_same_boundary_from_another_source_is_a_change(file: Path) -> None:
    file.write_text(json.dumps(AREA))
    importa(file, fonte="Openpolis")
    assert importa(file, fonte="ISTAT") == "Confine creato: da ora vale questo."
    assert [confine.fonte for confine in Confine.objects.all()] == ["ISTAT", "Openpolis"]


def test_going_back_to_the_boundary_before_is_a_change(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps(AREA))
    altro = tmp_path / "altro.geojson"
    altro.write_text(json.dumps({"type": "Polygon", "coordinates": [[[x - 1, y] for x, y in QUADRATO]]}))
    importa(file)
    importa(altro)
    assert not dentro(43.845, 10.505)
    assert importa(file) == "Confine creato: da ora vale questo."
    assert dentro(43.845, 10.505)


def test_places_left_outside_lose_their_quartiere(file: Path) -> None:
    fuori = LuogoFactory.create(lat=43.9080, lon=10.5250)
    rimasto = LuogoFactory.create(lat=43.8431, lon=10.5031)
    file.write_text(json.dumps(AREA))
    importa(file)
    fuori.refresh_from_db()
    rimasto.refresh_from_db()
    assert fuori.quartiere is None
    assert getattr(rimasto.quartiere, "slug", "") == "centro-storico"


FARFALLA = [[10.49, 43.83], [10.52, 43.86], [10.52, 43.83], [10.49, 43.86], [10.49, 43.83]]


@pytest.mark.parametrize(
    ("contenuto", "motivo"),
    [
        ("non è json", "non è JSON"),
        ("[" * 100_000, "non è JSON"),
        ("[]", "nessuna area"),
        ("{}", "nessuna area"),
        ('{"type":"FeatureCollection","features":{}}', "nessuna area"),
        (json.dumps({"type": "Point", "coordinates": [10.5, 43.8]}), "nessuna area"),
        (json.dumps({"type": "FeatureCollection", "features": [AREA, AREA]}), "2 aree"),
        (json.dumps({"type": "Polygon", "coordinates": [FARFALLA]}), "non è valida (Self-intersection"),
        (json.dumps({"type": "Polygon", "coordinates": []}), "vuota"),
        (json.dumps({"type": "Polygon"}), "vuota"),
        (json.dumps({"type": "Polygon", "coordinates": "Lucca"}), "non è scritta"),
        (json.dumps({"type": "Polygon", "coordinates": [[[10.49, 43.83], [10.52, 43.83]]]}), "non è scritta"),
        (json.dumps({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}), "non è scritta"),
        (
            json.dumps({"type": "Polygon", "coordinates": [[[x * 1e5, y * 1e5] for x, y in QUADRATO]]}),
            "non sono in gradi",
        ),
    ],
)
def test_what_is_no_boundary_is_refused_and_nothing_changes(file: Path, contenuto: str, motivo: str) -> None:
    file.write_text(contenuto)
    with pytest.raises(CommandError) as rifiuto:
        importa(file)
    assert "confine.geojson" in str(rifiuto.value)
    assert motivo in str(rifiuto.value)
    assert not Confine.objects.exists()


def test_a_file_that_is_not_there_or_not_utf8(file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        importa(file)
    file.write_bytes('{"nome": "Città"}'.encode("latin-1"))
    with pytest.raises(CommandError, match="non è scritto in UTF-8"):
        importa(file)
    with pytest.raises(CommandError, match="120 caratteri"):
        importa(file, fonte="x" * 121)


@pytest.mark.dati
def test_the_real_boundary_twice(dati: Path) -> None:
    vero = dati / "lucca" / "comune_lucca.geojson"
    assert importa(vero, fonte="ISTAT") == "Confine creato: da ora vale questo."
    assert importa(vero, fonte="ISTAT") == "Confine invariato."
    assert dentro(43.8431, 10.5031)
    with pytest.raises(CommandError, match="7 aree"):
        importa(dati / "lucca" / "comuni_limitrofi.geojson")
