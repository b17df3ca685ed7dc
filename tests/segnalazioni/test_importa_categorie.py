"""The taxonomy comes from a file and may come again: what the staff decided stays."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from segnalazioni.importatori.errori import FileNonValido
from segnalazioni.importatori.tassonomia import PREDEFINITA, leggi_tassonomia
from segnalazioni.models import Categoria

pytestmark = pytest.mark.django_db


def importa(*argomenti: object) -> str:
    uscita = StringIO()
    call_command("importa_categorie", *argomenti, stdout=uscita)
    return uscita.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A copy of the project's taxonomy that a test may change."""
    copia = tmp_path / "categorie.json"
    copia.write_text(PREDEFINITA.read_text(encoding="utf-8"), encoding="utf-8")
    return copia


def _cambia(file: Path, cambia) -> None:
    dati = json.loads(file.read_text(encoding="utf-8"))
    cambia(dati)
    file.write_text(json.dumps(dati), encoding="utf-8")


def test_the_projects_taxonomy_comes_in_whole() -> None:
    assert importa() == "Categorie: 86 nuove, 0 cambiate, 0 disattivate, 0 uguali.\n"
    assert Categoria.objects.foglie().count() == 70
    buche = Categoria.objects.get(codice="strade.buche")
    assert buche.madre == Categoria.objects.get(nome="Strade e marciapiedi")
    assert (buche.giorni, buche.termine_in_parole()) == (20, "20 giorni lavorativi")
    assert [d["chiave"] for d in buche.domande] == ["posizione", "dimensione", "pericolo"]
    assert buche.competenze[0] == "Comune di Lucca"


def test_what_concerns_one_person_is_not_public_and_needs_an_address() -> None:
    importa()
    pratica = Categoria.objects.get(codice="servizi.pratica")
    assert (pratica.pubblica, pratica.anonima, pratica.luogo_obbligatorio) == (False, False, False)
    maltrattamento = Categoria.objects.get(codice="animali.maltrattamento")
    assert (maltrattamento.pubblica, maltrattamento.anonima) == (False, True)


def test_thirty_days_are_the_law_s_calendar_days() -> None:
    importa()
    assert set(Categoria.objects.foglie().filter(giorni__gte=30).values_list("tipo_termine", "giorni")) == {
        ("procedimento", 30)
    }


def test_a_second_time_nothing_changes() -> None:
    importa()
    prima = list(Categoria.objects.order_by("pk").values())
    assert "0 nuove, 0 cambiate, 0 disattivate, 86 uguali" in importa()
    assert list(Categoria.objects.order_by("pk").values()) == prima


def test_names_follow_the_file_and_the_office_stays(file: Path, strade) -> None:
    importa()
    Categoria.objects.filter(codice="strade.buche").update(ufficio=strade)
    _cambia(file, lambda dati: dati["gruppi"][0]["categorie"][0].update(nome="Buca", giorni=3))
    assert "1 cambiate" in importa(str(file))
    buche = Categoria.objects.get(codice="strade.buche")
    assert (buche.nome, buche.giorni, buche.ufficio) == ("Buca", 3, strade)


def test_what_is_gone_is_switched_off_and_may_come_back(file: Path) -> None:
    importa()
    _cambia(file, lambda dati: dati["gruppi"].pop())
    assert "2 disattivate" in importa(str(file))
    assert not Categoria.objects.get(codice="altro.altro").attiva
    assert "2 cambiate" in importa()
    assert Categoria.objects.get(codice="altro.altro").attiva


@pytest.mark.parametrize(
    ("guasto", "che"),
    [
        (lambda d: d["gruppi"][0].pop("nome"), "manca 'nome'"),
        (lambda d: d.pop("gruppi"), "manca 'gruppi'"),
        (lambda d: d["gruppi"][0]["categorie"][0].update(enti=["marte"]), "manca 'marte'"),
        (lambda d: d["gruppi"][0]["categorie"][0].update(tipo_termine="lune"), "'lune' non esiste"),
        (lambda d: d["gruppi"][0]["categorie"][0]["domande"][0].update(tipo="colore"), "'posizione' non si può fare"),
        (lambda d: d["gruppi"].append(d["gruppi"][0]), "compare due volte"),
        (lambda d: d.update(gruppi=7), "non ha la forma"),
    ],
)
def test_a_file_that_is_wrong_says_where_and_changes_nothing(file: Path, guasto, che: str) -> None:
    _cambia(file, guasto)
    with pytest.raises(CommandError, match=che):
        importa(str(file))
    assert not Categoria.objects.exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNonValido, match="Non riesco a leggere"):
        leggi_tassonomia(tmp_path / "nulla.json")
    (tmp_path / "rotto.json").write_text("{")
    with pytest.raises(FileNonValido, match="non è un file JSON"):
        leggi_tassonomia(tmp_path / "rotto.json")
