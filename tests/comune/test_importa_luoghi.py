"""manage.py importa_luoghi."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comune.luoghi import cerca
from comune.models import Luogo
from tests.comune.importa import importa

pytestmark = pytest.mark.django_db


def riga(nome: str, **altro: Any) -> dict[str, Any]:
    return {
        "name": nome,
        "kind": "localita",
        "lat": 43.8348,
        "lon": 10.4173,
        "in_lucca": True,
        "source": "wof",
        "source_id": "1",
    } | altro


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "luoghi.json"


def test_the_office_imports_a_gazetteer_and_anna_finds_its_places(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nozzano San Pietro"), riga("Nave", lat=None, lon=None, source_id="")]))
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 2, cambiati 0, invariati 0, scartati 0."
    (nozzano,) = cerca("nozzano s. pietro")
    assert nozzano.descrizione == "Località · Oltreserchio"
    (nave,) = cerca("nave")
    assert (nave.lat, nave.quartiere) == (None, None)


def test_doing_it_again_changes_nothing_and_a_correction_changes_one(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nozzano Vecchio"), riga("Nave", source_id="2")]))
    importa("importa_luoghi", file, tmp_path)
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 0, cambiati 0, invariati 2, scartati 0."
    file.write_text(json.dumps([riga("Nozzano Vecchio", lat=43.85), riga("Nave", source_id="2")]))
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 0, cambiati 1, invariati 1, scartati 0."
    assert Luogo.objects.get(nome="Nozzano Vecchio", fonte="wof").lat == 43.85


def test_the_same_place_by_another_name_is_renamed(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nozano Vechio")]))
    importa("importa_luoghi", file, tmp_path)
    file.write_text(json.dumps([riga("Nozzano di Sopra")]))
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 0, cambiati 1, invariati 0, scartati 0."
    assert cerca("nozano vechio") == []
    assert [luogo.nome for luogo in cerca("nozzano di sopra")] == ["Nozzano di Sopra"]


def test_a_position_that_the_file_no_longer_says_is_kept(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nave")]))
    importa("importa_luoghi", file, tmp_path)
    file.write_text(json.dumps([riga("Nave", lat=None, lon=None)]))
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 0, cambiati 0, invariati 1, scartati 0."


def test_what_lies_elsewhere_is_left_out(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Vorno", in_lucca=False), riga("Nave", source_id="2")]))
    esito = importa("importa_luoghi", file, tmp_path)
    assert esito.detto == "Creati 1, cambiati 0, invariati 0, fuori dal Comune 1, scartati 0."
    assert esito.scarti == []
    assert cerca("vorno") == []


def test_a_point_outside_comes_in_without_a_quartiere(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Vorno", lat=43.79, lon=10.53, in_lucca=True)]))
    importa("importa_luoghi", file, tmp_path)
    assert Luogo.objects.get(nome="Vorno").quartiere is None


def test_csv_and_geojson_say_the_same(tmp_path: Path) -> None:
    tabella = tmp_path / "luoghi.csv"
    with tabella.open("w", newline="") as f:
        scrittore = csv.DictWriter(f, fieldnames=list(riga("")))
        scrittore.writeheader()
        scrittore.writerow(riga("Nave"))
        scrittore.writerow(riga("Vorno", in_lucca=False, source_id="2"))
    punti = tmp_path / "luoghi.geojson"
    proprieta = {"name": "Nave", "kind": "localita", "source": "wof", "source_id": "1"}
    punto = {"type": "Point", "coordinates": [10.4173, 43.8348]}
    elemento = {"type": "Feature", "properties": proprieta, "geometry": punto}
    punti.write_text(json.dumps({"type": "FeatureCollection", "features": [elemento]}))
    detto = importa("importa_luoghi", tabella, tmp_path).detto
    assert detto == "Creati 1, cambiati 0, invariati 0, fuori dal Comune 1, scartati 0."
    assert importa("importa_luoghi", punti, tmp_path).detto == "Creati 0, cambiati 0, invariati 1, scartati 0."


def test_a_row_without_a_source_belongs_to_the_one_that_is_said(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([{"name": "Fontana dei Servi", "lat": 43.8421, "lon": 10.5079}]))
    importa("importa_luoghi", file, tmp_path, fonte="ufficio-verde")
    fontana = Luogo.objects.get(nome="Fontana dei Servi")
    assert (fontana.fonte, fontana.fonte_id, fontana.tipo) == ("ufficio-verde", "luogo:fontana servi", "luogo")


def test_one_number_for_several_places_does_not_make_them_one(file: Path, tmp_path: Path) -> None:
    # A source that knows only the postcode.
    file.write_text(json.dumps([riga(nome, source_id="IT-55100") for nome in ("Fagnano", "Gattaiola", "Maggiano")]))
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 3, cambiati 0, invariati 0, scartati 0."
    assert importa("importa_luoghi", file, tmp_path).detto == "Creati 0, cambiati 0, invariati 3, scartati 0."


@pytest.mark.parametrize(
    ("cattiva", "motivo"),
    [
        (riga(""), "manca il nome"),
        (riga("   "), "manca il nome"),
        (riga(7), "manca il nome"),  # type: ignore[arg-type]
        (riga("日本"), "il nome non ha lettere con cui cercarlo"),
        (riga("N" * 300), "il nome è troppo lungo"),
        (riga("Na\u0007ve"), "il nome ha caratteri che non si possono scrivere"),
        (riga("Nave", kind="fiume"), "“fiume” non è un tipo di luogo (luogo, localita, via)"),
        (riga("Nave", kind="civico"), "“civico” non è un tipo di luogo (luogo, localita, via)"),
        (riga("Nave", lat="nord"), "la latitudine non è un numero"),
        (riga("Nave", lat=True), "la latitudine non è un numero"),
        (riga("Nave", lon="NaN"), "la longitudine non è un numero"),
        (riga("Nave", lon=None), "ha solo metà della posizione"),
        (riga("Nave", lat=4_843_000), "la posizione non è in gradi (latitudine, longitudine)"),
        ("Nave", "non è un oggetto JSON"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason_and_the_others_come_in(
    file: Path, tmp_path: Path, cattiva: Any, motivo: str
) -> None:
    file.write_text(json.dumps([cattiva, riga("Fonte Buona", source_id="9")]))
    esito = importa("importa_luoghi", file, tmp_path)
    assert esito.detto == "Creati 1, cambiati 0, invariati 0, scartati 1."
    assert esito.scarti == [(1, motivo)]
    assert cerca("fonte buona")


def test_the_same_row_twice_is_said(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nave", source_id=""), riga("NAVE", source_id="")]))
    assert importa("importa_luoghi", file, tmp_path).scarti == [(2, "è lo stesso luogo della riga 1")]


def test_geojson_that_is_no_point_is_set_aside(tmp_path: Path) -> None:
    file = tmp_path / "luoghi.geojson"
    linea = {"type": "Feature", "properties": {"name": "Serchio"}, "geometry": {"type": "LineString"}}
    monco = {"type": "Feature", "properties": {"name": "Nave"}, "geometry": {"type": "Point", "coordinates": [1]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [linea, monco, "Nave"]}))
    assert [motivo for _riga, motivo in importa("importa_luoghi", file, tmp_path).scarti] == [
        "non è un punto",
        "il punto non ha due coordinate",
        "non è un punto",
    ]


@pytest.mark.parametrize(
    ("nome", "contenuto", "motivo"),
    [
        ("luoghi.json", b"niente", "non è JSON"),
        ("luoghi.json", b'{"name": "Nave"}', "ci vuole un elenco"),
        ("luoghi.json", "Città".encode("latin-1"), "non è scritto in UTF-8"),
        ("luoghi.csv", b"nome,lat,lon\nNave,1,2\n", "mancano le colonne name"),
        ("luoghi.csv", b"", "mancano le colonne name"),
    ],
)
def test_a_file_of_no_use_is_refused_whole(tmp_path: Path, nome: str, contenuto: bytes, motivo: str) -> None:
    file = tmp_path / nome
    file.write_bytes(contenuto)
    prima = Luogo.objects.count()
    with pytest.raises(CommandError) as rifiuto:
        importa("importa_luoghi", file, tmp_path)
    assert nome in str(rifiuto.value)
    assert motivo in str(rifiuto.value)
    assert Luogo.objects.count() == prima


def test_a_file_that_is_not_there_and_a_source_without_a_name(tmp_path: Path, file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        importa("importa_luoghi", tmp_path / "manca.json", tmp_path)
    file.write_text("[]")
    with pytest.raises(CommandError, match="da 1 a 40 caratteri"):
        importa("importa_luoghi", file, tmp_path, fonte="")


def test_rejected_rows_that_cannot_be_written_are_said(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("")]))
    with pytest.raises(CommandError, match="Non riesco a scrivere"):
        call_command("importa_luoghi", str(file), scarti=tmp_path, stdout=io.StringIO(), stderr=io.StringIO())


def test_it_says_how_far_it_is(file: Path, tmp_path: Path) -> None:
    file.write_text(json.dumps([riga("Nave")]))
    errori = io.StringIO()
    call_command("importa_luoghi", str(file), scarti=tmp_path / "s.csv", stdout=io.StringIO(), stderr=errori)
    assert "luoghi.json 1 di 1" in errori.getvalue()


@pytest.mark.dati
def test_the_real_gazetteer_in_its_three_forms_twice(dati: Path, tmp_path: Path) -> None:
    lucca = dati / "lucca"
    fuori = "fuori dal Comune 308, scartati 0."
    assert importa("importa_luoghi", lucca / "gazetteer.json", tmp_path).detto == (
        f"Creati 146, cambiati 0, invariati 0, {fuori}"
    )
    for nome in ("gazetteer.json", "gazetteer.csv"):
        detto = importa("importa_luoghi", lucca / nome, tmp_path).detto
        assert detto == f"Creati 0, cambiati 0, invariati 146, {fuori}"
    punti = lucca / "luoghi_lucca.geojson"
    assert importa("importa_luoghi", punti, tmp_path).detto == "Creati 99, cambiati 0, invariati 0, scartati 0."
    assert importa("importa_luoghi", punti, tmp_path).detto == "Creati 0, cambiati 0, invariati 99, scartati 0."
    # Four sources know Antraccoli by now; Anna sees one.
    assert [luogo.descrizione for luogo in cerca("antraccoli")] == ["Località · San Filippo"]
