"""Reports of another system come in once, with their dates and their history; what cannot come in says why."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db.models import CharField, F
from django.db.models.functions import Cast
from pytest_django import DjangoDbBlocker

from ascolto.models import Canale, Visibilita, impronta_testo
from comune.models import Ufficio
from notifiche.models import Notifica
from segnalazioni.catena import guasti
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.workflow import Stato
from tests.sostegno.database import per_modulo

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
COLONNE = ["id", "created", "closed", "status", "channel", "category_src"]
BUONE = [
    ["AL-1", "2024-03-04", "2024-03-20", "chiusa", "app", "Buche"],
    ["AL-2", "2024-03-05", "", "aperta", "app", "Verde pubblico"],
    ["AL-3", "2024-03-06", "", "in carico", "app", "Tombini"],
    ["AL-4", "2024-03-07", "", "annullata", "app", "Altro"],
]


@pytest.fixture(scope="module")
def _tassonomia(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with per_modulo(django_db_blocker):
        call_command("importa_categorie", stdout=StringIO())
        yield


@pytest.fixture(autouse=True)
def categorie(_tassonomia: None, db: None) -> None:
    """The project's, whatever a test does to them."""


@pytest.fixture
def scrivi(tmp_path: Path):
    """Writes a CSV of Alessandria's columns."""

    def _scrivi(righe: list[list[str]], colonne: list[str] = COLONNE, nome: str = "alessandria_2024.csv") -> Path:
        file = tmp_path / nome
        with file.open("w", encoding="utf-8", newline="") as f:
            csv.writer(f).writerows([colonne, *righe])
        return file

    return _scrivi


@pytest.fixture
def scarti(tmp_path: Path) -> Path:
    return tmp_path / "scarti.csv"


def importa(file: Path, scarti: Path, **altro: object) -> tuple[str, str]:
    fuori, di_lato = StringIO(), StringIO()
    call_command("importa_segnalazioni", str(file), scarti=scarti, stdout=fuori, stderr=di_lato, **altro)
    return fuori.getvalue(), di_lato.getvalue()


def motivi(scarti: Path) -> list[str]:
    with scarti.open(encoding="utf-8-sig", newline="") as f:
        return [riga["motivo"] for riga in csv.DictReader(f)]


def test_reports_come_in_with_their_state_and_dates(scrivi, scarti: Path) -> None:
    fuori, _ = importa(scrivi(BUONE), scarti)
    assert fuori == "4 importate, 0 c’erano già, 0 scartate.\n"
    assert not scarti.exists()
    stati = dict(Segnalazione.objects.order_by("fonte_id").values_list("fonte_id", "stato"))
    assert stati == {
        "AL-1": Stato.CHIUSA,
        "AL-2": Stato.RICEVUTA,
        "AL-3": Stato.IN_LAVORAZIONE,
        "AL-4": Stato.RITIRATA,
    }
    chiusa = Segnalazione.objects.get(fonte="alessandria", fonte_id="AL-1")
    assert chiusa.confermata_il == datetime(2024, 3, 4, 12, tzinfo=ROMA)
    assert chiusa.risolta_il == chiusa.conclusa_il == datetime(2024, 3, 20, 12, tzinfo=ROMA)
    assert chiusa.contributo.created_at == chiusa.confermata_il
    assert chiusa.scadenza == date(2024, 4, 2)  # twenty working days after 4 March; 1 April was a holiday
    assert chiusa.contributo.canale == Canale.API


def test_the_words_do_not_pretend(scrivi, scarti: Path) -> None:
    importa(scrivi(BUONE[:1]), scarti)
    caso = Segnalazione.objects.get()
    assert caso.titolo == "Buca o asfalto rovinato"
    assert caso.testo.startswith("Segnalazione importata da Comune di Alessandria")
    assert "il testo originale non è disponibile" in caso.testo
    risolta = Passaggio.objects.get(segnalazione=caso, passo="risolvi")
    assert "la risposta originale non è disponibile" in risolta.parole.testo


def test_words_are_made_fit_to_be_kept_as_if_somebody_had_written_them_here(scrivi, scarti: Path) -> None:
    scritto = "\ufeffBuca in via\u202e Roma.\x0b\r\nCi si cade.\u200b"
    importa(scrivi([[*BUONE[0], scritto], [*BUONE[1], "\u200b\x07"]], [*COLONNE, "text"]), scarti)
    una, vuota = Segnalazione.objects.order_by("fonte_id")
    assert (una.titolo, una.testo) == ("Buca in via Roma", "Buca in via Roma.\nCi si cade.")
    assert una.contributo.impronta_testo == impronta_testo("Buca in via Roma.\nCi si cade.")
    assert "il testo originale non è disponibile" in vuota.testo, "what cannot be seen is no text"
    assert vuota.contributo.impronta_testo == ""


def test_the_chain_of_each_verifies(scrivi, scarti: Path) -> None:
    importa(scrivi(BUONE), scarti)
    assert [guasti(caso) for caso in Segnalazione.objects.all()] == [[], [], [], []]
    passi = Passaggio.objects.filter(segnalazione__fonte_id="AL-1").order_by("numero")
    assert [(p.passo, p.ruolo, p.created_at.date()) for p in passi] == [
        ("conferma", "segnalante", date(2024, 3, 4)),
        ("assegna", "sistema", date(2024, 3, 20)),
        ("prendi_in_carico", "operatore", date(2024, 3, 20)),
        ("risolvi", "operatore", date(2024, 3, 20)),
        ("archivia", "sistema", date(2024, 3, 20)),
    ]


def test_a_second_time_nothing_changes(scrivi, scarti: Path) -> None:
    file = scrivi(BUONE)
    importa(file, scarti)
    prima = list(Segnalazione.objects.order_by("pk").values()), Passaggio.objects.count()
    fuori, _ = importa(file, scarti)
    assert fuori.startswith("0 importate, 4 c’erano già")
    assert (list(Segnalazione.objects.order_by("pk").values()), Passaggio.objects.count()) == prima


def test_nobody_is_told(scrivi, scarti: Path, elena, strade, django_capture_on_commit_callbacks) -> None:
    Categoria.objects.filter(codice="strade.buche").update(ufficio=strade)
    with django_capture_on_commit_callbacks(execute=True) as richiami:
        importa(scrivi(BUONE), scarti)
    assert Segnalazione.objects.get(fonte_id="AL-1").ufficio == strade
    assert mail.outbox == []
    assert not Notifica.objects.exists()
    annunci = [richiamo for richiamo in richiami if not isinstance(richiamo, partial)]  # the others: public pages
    assert len(annunci) == 1, "the desk hears of the whole import once"


def test_without_an_office_it_goes_to_the_archive(scrivi, scarti: Path) -> None:
    importa(scrivi(BUONE), scarti)
    archivio = Ufficio.objects.get(nome="Archivio delle segnalazioni importate")
    assert Segnalazione.objects.get(fonte_id="AL-3").ufficio == archivio
    assert Segnalazione.objects.get(fonte_id="AL-2").ufficio is None


def test_a_whole_history_costs_few_queries(scrivi, scarti: Path, django_assert_max_num_queries) -> None:
    """What thousands of rows live on: twenty-six for the five steps of a closed report, and a few for the batch."""
    importa(scrivi(BUONE), scarti)
    righe = [[f"AL-1{numero}", *BUONE[0][1:]] for numero in range(10)]
    with django_assert_max_num_queries(10 * 26 + 8):
        importa(scrivi(righe), scarti)


@pytest.mark.parametrize(
    ("cambia", "motivo"),
    [
        ({"id": ""}, "manca il numero"),
        ({"id": "7" * 61}, "passa i 60 caratteri"),
        ({"created": ""}, "manca la data di arrivo"),
        ({"created": "2024-02-30"}, "la data di arrivo «2024-02-30» non esiste"),
        ({"created": "ieri"}, "non esiste"),
        ({"created": "2124-01-01"}, "impossibile"),
        ({"created": "0024-01-01"}, "impossibile"),
        ({"closed": "2024-03-03"}, "è chiusa prima di arrivare"),
        ({"closed": ""}, "manca la data di chiusura"),
        ({"closed": "9999-12-31"}, "impossibile"),
        ({"status": "aperta"}, "ha una data di chiusura, ma non è chiusa"),
        ({"status": "volata"}, "lo stato «volata» non è fra quelle che conosciamo"),
        ({"status": ""}, "manca lo stato"),
        ({"category_src": ""}, "manca la categoria"),
        ({"category_src": "Ufo"}, "la categoria «Ufo» non è fra quelle che conosciamo"),
        ({"channel": "piccione"}, "il canale «piccione»"),
        ({"id": "AL-2"}, "il suo numero è già di un’altra riga"),
    ],
)
def test_a_row_that_is_wrong_is_set_aside_with_the_reason(scrivi, scarti: Path, cambia, motivo: str) -> None:
    guasta = list((dict(zip(COLONNE, BUONE[0], strict=True)) | cambia).values())
    fuori, _ = importa(scrivi([BUONE[1], guasta, BUONE[2]]), scarti)
    assert fuori.startswith("2 importate, 0 c’erano già, 1 scartate.")
    assert str(scarti) in fuori
    assert motivo in motivi(scarti)[0]
    assert sorted(Segnalazione.objects.values_list("fonte_id", flat=True)) == ["AL-2", "AL-3"]


def test_the_file_of_what_was_set_aside_tells_where_and_what(scrivi, scarti: Path) -> None:
    importa(scrivi([BUONE[0], ["=1+1", "mai", "", "chiusa", "app", "Buche"], ["AL-9", "2024-01-01"]]), scarti)
    with scarti.open(encoding="utf-8-sig", newline="") as f:
        formula, corta = csv.DictReader(f)
    assert (formula["riga"], formula["id"]) == ("3", "'=1+1"), "a spreadsheet must not run it"
    assert json.loads(formula["contenuto"])["created"] == "mai"
    assert corta["motivo"] == "non ha tante colonne quante l’intestazione"


def test_a_trial_writes_nothing(scrivi, scarti: Path) -> None:
    fuori, _ = importa(scrivi([*BUONE, ["", "", "", "", "", ""]]), scarti, prova=True)
    assert fuori.startswith("Prova: 4 importate, 0 c’erano già, 1 scartate.")
    assert not Segnalazione.objects.exists()
    assert len(motivi(scarti)) == 1


@pytest.mark.parametrize(
    ("nome", "contenuto", "che"),
    [
        ("a.csv", b"id,created\n1,2", "mancano le colonne closed, status, channel, category o subcategory"),
        ("a.csv", b"", "mancano le colonne"),
        ("a.csv", b"id\xff", "non è scritto in UTF-8"),
        ("a.xlsx", b"PK", "si importano file"),
        ("manca.csv", None, "Non riesco a leggere"),
        ("a.csv", b'id,created,closed,status,channel,category\n"' + b"x" * 200_000, "non è un CSV leggibile"),
    ],
)
def test_a_file_of_no_use_says_why(tmp_path: Path, scarti: Path, nome: str, contenuto: bytes | None, che: str) -> None:
    if contenuto is not None:
        (tmp_path / nome).write_bytes(contenuto)
    with pytest.raises(CommandError, match=che):
        importa(tmp_path / nome, scarti)
    assert not Segnalazione.objects.exists()


def test_without_categories_it_says_what_to_do_first(scrivi, scarti: Path) -> None:
    Categoria.objects.update(attiva=False)
    with pytest.raises(CommandError, match="Non ci sono categorie"):
        importa(scrivi(BUONE), scarti)


# --- NDJSON -----------------------------------------------------------------------------------------------

UNA = {
    "id": "S1",
    "created": "2024-03-07T16:16:19",
    "closed": "2024-03-18T09:33:33",
    "status": "chiusa",
    "category": "verde.manutenzione",
    "text": "L’erba è alta due metri. Non si passa.",
    "lat": 43.8431,
    "lon": 10.5027,
    "public": True,
    "channel": "urp",
}


def _ndjson(tmp_path: Path, *righe: object) -> Path:
    file = tmp_path / "sintetiche_prova.ndjson"
    file.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in righe), encoding="utf-8")
    return file


def test_ndjson_brings_words_and_place(tmp_path: Path, scarti: Path) -> None:
    importa(_ndjson(tmp_path, UNA, UNA | {"id": "S2", "public": False}), scarti)
    prima, privata = Segnalazione.objects.order_by("fonte_id")
    assert (prima.titolo, prima.testo) == ("L’erba è alta due metri", UNA["text"])
    assert (prima.lat, prima.lon) == (43.8431, 10.5027)
    assert prima.confermata_il == datetime(2024, 3, 7, 16, 16, 19, tzinfo=ROMA)
    assert prima.contributo.canale == Canale.SPORTELLO
    assert prima.contributo.visibilita == Visibilita.PUBBLICA
    assert privata.contributo.visibilita == Visibilita.PRIVATA
    assert not guasti(privata)


@pytest.mark.parametrize(
    ("riga", "motivo"),
    [
        ("{rotta", "non è JSON"),
        ("[1]", "non è un oggetto JSON"),
        (UNA | {"lat": 91}, "non è sulla Terra"),
        ('{"id": "S1", "created": "2024-01-01", "closed": null, "status": "ricevuta", "channel": "web", '
         '"category": "altro.altro", "lat": NaN, "lon": 1}', "non è sulla Terra"),
        (UNA | {"lon": None}, "non è fatta di latitudine e longitudine"),
        (UNA | {"lat": "nord"}, "non è fatta di latitudine e longitudine"),
        (UNA | {"lat": 10**400}, "non è fatta di latitudine e longitudine"),
        (UNA | {"lat": True}, "non è fatta di latitudine e longitudine"),
        (UNA | {"created": 7}, "non è scritta come una data"),
        (UNA | {"text": "a" * 10_001}, "passa i 10000 caratteri"),
        (UNA | {"text": "zero \0"}, "caratteri non validi"),
        (UNA | {"id": "\ud800"}, "caratteri non validi"),
        (UNA | {"id": ["S1"]}, "non è fatta di parole"),
        (UNA | {"created": "2024-03-31T02:30:00+99:00"}, "non esiste"),
    ],
)  # fmt: skip
def test_ndjson_that_is_wrong_is_set_aside(tmp_path: Path, scarti: Path, riga: object, motivo: str) -> None:
    fuori, _ = importa(_ndjson(tmp_path, riga, UNA | {"id": "S9"}), scarti)
    assert fuori.startswith("1 importate")
    assert [m for m in motivi(scarti) if motivo in m] == motivi(scarti)


def test_an_hour_that_summer_time_skips_is_no_crash(tmp_path: Path, scarti: Path) -> None:
    importa(_ndjson(tmp_path, UNA | {"created": "2024-03-31T02:30:00", "closed": "2024-04-02T10:00:00"}), scarti)
    assert not guasti(Segnalazione.objects.get())


# --- progress, real data ----------------------------------------------------------------------------------


def test_it_says_how_far_it_has_come(scrivi, scarti: Path) -> None:
    _, di_lato = importa(scrivi(BUONE), scarti)
    assert "Segnalazioni 4 di 4" in di_lato


class Terminale(StringIO):
    """Somebody is looking."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_there_is_a_bar(scrivi, scarti: Path) -> None:
    terminale = Terminale()
    call_command("importa_segnalazioni", str(scrivi(BUONE)), scarti=scarti, stdout=StringIO(), stderr=terminale)
    assert "[██████████████████████████████] 4 di 4" in terminale.getvalue()


@pytest.mark.dati
def test_the_real_file_of_alessandria(dati: Path, scarti: Path) -> None:
    """3,424 rows: all but the 34 without a category, and closed ones with their dates."""
    file = dati / "segnalazioni" / "alessandria_2023_2024.csv"
    fuori, _ = importa(file, scarti)
    assert fuori.startswith("3390 importate, 0 c’erano già, 34 scartate.")
    assert set(motivi(scarti)) == {"manca la categoria"}
    assert Counter(Segnalazione.objects.values_list("stato", flat=True)) == {
        Stato.CHIUSA: 2113,
        Stato.RICEVUTA: 931,
        Stato.RITIRATA: 224,
        Stato.IN_LAVORAZIONE: 122,
    }
    with file.open(encoding="utf-8", newline="") as f:
        chiuse = {r["id"]: r["closed"] for r in csv.DictReader(f) if r["closed"] and r["category_src"]}
    nostre = Segnalazione.objects.filter(stato=Stato.CHIUSA)
    assert dict(nostre.values_list("fonte_id", Cast("conclusa_il__date", CharField()))) == chiuse
    assert not nostre.exclude(risolta_il=F("conclusa_il")).exists()
    assert [g for caso in Segnalazione.objects.order_by("?")[:50] for g in guasti(caso)] == []
    prima = Passaggio.objects.count()
    assert importa(file, scarti)[0].startswith("0 importate, 3390 c’erano già, 34 scartate.")
    assert Passaggio.objects.count() == prima
