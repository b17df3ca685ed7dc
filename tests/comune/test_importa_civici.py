"""manage.py importa_vie and importa_civici."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError
from pytest_django import DjangoAssertNumQueries

from comune.luoghi import cerca, descrivi
from comune.models import Luogo, TipoLuogo
from comune.territorio import metri
from tests.comune.importa import importa

pytestmark = pytest.mark.django_db

VIARIO = "CodiceCatastale;CodiceIstat;CodiceVia;DUG;DUF;CAP;QuartiereSobborgo\n"
CIVICI = "CodiceVia;DUG;DUF;CAP;QuartiereSobborgo;Civico;Esponente;InizioValidita;SezCensimento;CoordX;CoordY\n"
SEMPLICE = "via,civico,localita,lat,lon,source,source_id\n"


def via(codice: str, nome: str) -> str:
    return f"E715;46017;{codice};Via;{nome};55100;Centro\n"


def civico(codice: str, nome: str, numero: str, *, esponente: str = "", x: str = "", y: str = "") -> str:
    # Metres of EPSG:3003: Piazza San Michele in Lucca.
    return f"{codice};Via;{nome};55100;Centro;{numero};{esponente};2001-08-31;1;{x or '1620885.0'};{y or '4855850.0'}\n"


@pytest.fixture
def viario(tmp_path: Path) -> Path:
    file = tmp_path / "viario.csv"
    file.write_text(VIARIO + via("100", "Dei Fossi") + via("200", "Della Zecca"))
    return file


@pytest.fixture
def numeri(tmp_path: Path) -> Path:
    return tmp_path / "civici.csv"


# --- streets ----------------------------------------------------------------------------------------------


def test_the_office_imports_its_streets_and_anna_finds_them(viario: Path, tmp_path: Path) -> None:
    assert importa("importa_vie", viario, tmp_path).detto == "Creati 2, cambiati 0, invariati 0, scartati 0."
    (fossi,) = cerca("via fossi")
    assert (fossi.nome, fossi.tipo, fossi.fonte, fossi.fonte_id) == ("Via Dei Fossi", "via", "stradario", "via:100")
    assert importa("importa_vie", viario, tmp_path).detto == "Creati 0, cambiati 0, invariati 2, scartati 0."


def test_a_file_saved_by_a_spreadsheet_is_read_too(viario: Path, tmp_path: Path) -> None:
    viario.write_text(viario.read_text().replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert importa("importa_vie", viario, tmp_path).detto == "Creati 2, cambiati 0, invariati 0, scartati 0."


def test_streets_that_cannot_come_in_are_set_aside(viario: Path, tmp_path: Path) -> None:
    with viario.open("a") as file:
        file.write(via("100", "Dei Fossi") + via("", "Nuova") + via("300", "") + "E715;46017;400;Via\n")
    esito = importa("importa_vie", viario, tmp_path)
    assert esito.detto == "Creati 3, cambiati 0, invariati 0, scartati 3."
    assert esito.scarti == [
        (4, "il suo codice è già alla riga 2"),
        (5, "manca il codice della via"),
        (7, "non ha tante celle quante sono le colonne"),
    ]


def test_a_viario_without_its_columns_is_refused(viario: Path, tmp_path: Path) -> None:
    viario.write_text("codice;nome\n1;Via Dei Fossi\n")
    with pytest.raises(CommandError, match="mancano le colonne CodiceVia, DUG, DUF"):
        importa("importa_vie", viario, tmp_path)


def test_a_table_that_breaks_half_way_is_refused_whole(viario: Path, tmp_path: Path) -> None:
    with viario.open("a") as file:
        file.write(via("300", "A" * 200_000))  # a quotation mark left open, say
    prima = Luogo.objects.count()
    with pytest.raises(CommandError, match="dopo la riga 3: non è un CSV leggibile"):
        importa("importa_vie", viario, tmp_path)
    assert Luogo.objects.count() == prima


# --- house numbers of a register --------------------------------------------------------------------------


def test_numbers_join_their_streets_by_code_and_get_degrees(viario: Path, numeri: Path, tmp_path: Path) -> None:
    importa("importa_vie", viario, tmp_path)
    numeri.write_text(CIVICI + civico("100", "DEI FOSSI", "12") + civico("100", "DEI FOSSI", "12", esponente="A"))
    esito = importa("importa_civici", numeri, tmp_path)
    assert esito.detto == "Creati 2, cambiati 1, invariati 0, scartati 0."  # the street got a position
    dodici = Luogo.objects.get(tipo=TipoLuogo.CIVICO, numero="12")
    assert dodici.nome == "Via Dei Fossi 12"  # as the viario spells it
    assert dodici.via is not None
    assert dodici.via.fonte_id == "via:100"
    assert dodici.lat is not None
    assert dodici.lon is not None
    assert metri(dodici.lat, dodici.lon, 43.8431, 10.5031) < 300
    assert getattr(dodici.quartiere, "slug", "") == "centro-storico"
    assert [luogo.nome for luogo in cerca("via fossi 12/a")] == [
        "Via Dei Fossi 12/A",
        "Via Dei Fossi 12",
        "Via Dei Fossi",
    ]
    assert descrivi(dodici.lat, dodici.lon) == "vicino a via Dei Fossi 12"


def test_metres_of_far_away_become_degrees_of_far_away(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(CIVICI + civico("1", "Liberta'", "1", x="1469700", y="4973400"))
    importa("importa_civici", numeri, tmp_path)
    uno = Luogo.objects.get(tipo=TipoLuogo.CIVICO)
    assert uno.lat is not None
    assert uno.lon is not None
    assert metri(uno.lat, uno.lon, 44.9132, 8.6160) < 400  # Alessandria, piazza della Libertà
    assert uno.quartiere is None


def test_another_system_of_coordinates_can_be_said(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(CIVICI + civico("1", "Nuova", "1", x="10.5031", y="43.8431"))
    importa("importa_civici", numeri, tmp_path, epsg=4326)
    uno = Luogo.objects.get(tipo=TipoLuogo.CIVICO)
    assert (uno.lat, uno.lon) == (43.8431, 10.5031)
    with pytest.raises(CommandError, match="EPSG:99 non è un sistema di coordinate"):
        importa("importa_civici", numeri, tmp_path, epsg=99)


def test_a_street_that_the_viario_does_not_know_is_made(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(CIVICI + civico("900", "Nuova", "1"))
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 2, cambiati 0, invariati 0, scartati 0."
    assert [luogo.nome for luogo in cerca("via nuova 1")][:2] == ["Via Nuova 1", "Via Nuova"]


def test_a_street_stands_at_the_most_central_of_its_numbers_and_stays_there(numeri: Path, tmp_path: Path) -> None:
    lunga = [civico("1", "Lunga", str(n), y=str(4_855_000 + 100 * n)) for n in range(1, 6)]
    numeri.write_text(CIVICI + "".join(lunga))
    importa("importa_civici", numeri, tmp_path)
    strada, tre = Luogo.objects.get(fonte_id="via:1"), Luogo.objects.get(numero="3", nome="Via Lunga 3")
    assert (strada.lat, strada.lon) == (tre.lat, tre.lon)
    numeri.write_text(CIVICI + lunga[0])  # a correction of one number
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 0, cambiati 0, invariati 2, scartati 0."


def test_a_street_that_changes_its_name_takes_its_numbers_along(viario: Path, numeri: Path, tmp_path: Path) -> None:
    importa("importa_vie", viario, tmp_path)
    numeri.write_text(CIVICI + civico("100", "Dei Fossi", "12"))
    importa("importa_civici", numeri, tmp_path)
    viario.write_text(VIARIO + via("100", "Ilaria del Carretto"))
    assert importa("importa_vie", viario, tmp_path).detto == "Creati 0, cambiati 1, invariati 0, scartati 0."
    assert cerca("via ilaria del carretto 12")[0].nome == "Via Ilaria del Carretto 12"
    # The register of numbers still has the old name: the viario is right.
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 0, cambiati 0, invariati 2, scartati 0."


def test_numbers_that_cannot_come_in_are_set_aside(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(
        CIVICI
        + civico("1", "Nuova", "1")
        + civico("1", "Nuova", "1")
        + civico("1", "Nuova", "snc")
        + civico("1", "Nuova", "2", x="est")
        + civico("", "Nuova", "3")
        + "1;Via;Nuova;55100;Centro;4;;2001-08-31;1;;\n"
        + civico("1", "Nuova", "5", x="1e300", y="1e300")
        + "1;Via\n"
    )
    esito = importa("importa_civici", numeri, tmp_path)
    assert esito.detto == "Creati 2, cambiati 0, invariati 0, scartati 7."
    assert esito.scarti == [
        (3, "questo numero della via è già alla riga 2"),
        (4, "“snc” non è un numero civico"),
        (5, "CoordX non è un numero"),
        (6, "manca il codice della via"),
        (7, "manca la posizione"),
        (8, "la posizione è fuori dal sistema di coordinate"),
        (9, "non ha tante celle quante sono le colonne"),
    ]


@pytest.mark.parametrize(
    ("intestazione", "motivo"),
    [
        ("CodiceVia;DUG;DUF;Civico;Esponente\n", "mancano le colonne CoordX, CoordY"),
        ("via;lat;lon\n", "mancano le colonne civico"),
        ("", "mancano le colonne via, civico, lat, lon"),
    ],
)
def test_a_register_without_its_columns_is_refused(
    numeri: Path, tmp_path: Path, intestazione: str, motivo: str
) -> None:
    numeri.write_text(intestazione)
    with pytest.raises(CommandError, match=motivo):
        importa("importa_civici", numeri, tmp_path)


def test_an_empty_register_brings_nothing(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(CIVICI)
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 0, cambiati 0, invariati 0, scartati 0."


# --- the simple form --------------------------------------------------------------------------------------


def test_addresses_in_degrees_come_in_too(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(
        SEMPLICE
        + "Via Nuova,12,,43.8431,10.5031,x,1\n"
        + "Via Nuova,,Centro,43.8433,10.5033,x,2\n"
        + "Via Nuova,s.n.,,43.8435,10.5035,x,3\n"
        + "Via Senza Numeri,,,,,x,4\n"
    )
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 3, cambiati 0, invariati 0, scartati 0."
    assert cerca("via nuova 12")[0].nome == "Via Nuova 12"
    assert Luogo.objects.get(nome="Via Nuova").lat == 43.8433  # the middle one of its three points
    assert cerca("via senza numeri")[0].lat is None
    assert importa("importa_civici", numeri, tmp_path).detto == "Creati 0, cambiati 0, invariati 3, scartati 0."


def test_addresses_that_cannot_come_in_are_set_aside(numeri: Path, tmp_path: Path) -> None:
    numeri.write_text(
        SEMPLICE
        + "Via Nuova,dodici,,43.8431,10.5031,x,1\n"
        + "Via Nuova,12,,,,x,2\n"
        + "Via Nuova,12,,43.8431,,x,3\n"
        + "日本,12,,43.8431,10.5031,x,4\n"
    )
    assert importa("importa_civici", numeri, tmp_path).scarti == [
        (2, "“dodici” non è un numero civico"),
        (3, "manca la posizione"),
        (4, "ha solo metà della posizione"),
        (5, "il nome non ha lettere con cui cercarlo"),
    ]


# --- the real files ---------------------------------------------------------------------------------------


@pytest.mark.dati
def test_the_sample_of_lucca_twice(dati: Path, tmp_path: Path) -> None:
    campione = dati / "lucca" / "indirizzi_campione.csv"
    assert importa("importa_civici", campione, tmp_path).detto == "Creati 60, cambiati 0, invariati 0, scartati 0."
    assert importa("importa_civici", campione, tmp_path).detto == "Creati 0, cambiati 0, invariati 60, scartati 0."
    assert [luogo.nome for luogo in cerca("v.le europa 575")] == ["Viale Europa 575", "Viale Europa"]


@pytest.mark.dati
def test_twenty_six_thousand_numbers_twice(
    dati: Path, tmp_path: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    civici = dati / "civici"
    assert importa("importa_vie", civici / "alessandria_viario.csv", tmp_path).detto == (
        "Creati 849, cambiati 0, invariati 0, scartati 3."
    )
    numeri = civici / "alessandria_numeri-civici.csv"
    esito = importa("importa_civici", numeri, tmp_path)
    assert esito.detto == "Creati 26127, cambiati 765, invariati 0, scartati 38."
    assert {motivo.rstrip("0123456789") for _riga, motivo in esito.scarti} == {
        "questo numero della via è già alla riga "
    }
    with django_assert_max_num_queries(500):
        detto = importa("importa_civici", numeri, tmp_path).detto
    assert detto == "Creati 0, cambiati 0, invariati 26892, scartati 38."
    assert cerca("c.so acqui 12")[0].nome == "Corso Acqui 12"
    with django_assert_max_num_queries(4):
        assert len(cerca("genova 1")) == 8
