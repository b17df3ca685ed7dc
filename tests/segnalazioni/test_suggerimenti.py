"""Anna writes as she speaks: the right category should be among the first she is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from segnalazioni.actions.categorie import importa_categorie
from segnalazioni.importatori.tassonomia import leggi_tassonomia
from segnalazioni.models import Categoria
from segnalazioni.suggerimenti import parole, radice, suggerisci
from tests.sostegno.database import per_modulo
from tests.sostegno.dati import SHARED


@pytest.fixture(scope="module")
def _importata(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with per_modulo(django_db_blocker):
        importa_categorie(leggi_tassonomia())
        yield


@pytest.fixture
def tassonomia(_importata: None, db: None) -> list[Categoria]:
    """The whole taxonomy of the project."""
    return list(Categoria.objects.foglie().in_ordine())


def codici(testo: str, categorie: list[Categoria], quante: int = 4) -> list[str]:
    """What is suggested, best first."""
    return [p.categoria.codice for p in suggerisci(testo, categorie, quante=quante)]


@pytest.mark.parametrize(
    ("testo", "codice"),
    [
        ("lampione spento", "luce.spento"),
        ("LAMPIONI SPENTI!!!", "luce.spento"),
        ("C’è una buca enorme davanti all’asilo, in via Romana.", "strade.buche"),
        ("le buche di viale Europa", "strade.buche"),
        ("l’acqua esce dalla caditoia otturata", "acqua.caditoie"),
        ("dell'amianto sul tetto", "ambiente.amianto"),
        ("velocita eccessiva delle macchine", "strade.viabilita"),
        ("hanno lasciato la spazzatura nel fosso", "rifiuti.abbandono"),
    ],
)
def test_words_of_every_day_lead_to_their_category(tassonomia: list[Categoria], testo: str, codice: str) -> None:
    assert codice in codici(testo, tassonomia, 3)


@pytest.mark.parametrize("testo", ["lampone spento", "lampoine spento", "lampine spneto", "lampionne"])
def test_one_slip_of_the_finger_is_forgiven(tassonomia: list[Categoria], testo: str) -> None:
    assert codici(testo, tassonomia)[0] == "luce.spento"


def test_exact_words_come_before_words_that_only_share_a_stem(tassonomia: list[Categoria]) -> None:
    porta, porto = Categoria(codice="a.porta", nome="Porta"), Categoria(codice="a.porto", nome="Porto")
    assert radice("porta") == radice("porto")
    assert codici("il porto", [porta, porto]) == ["a.porto", "a.porta"]
    assert codici("la porta", [porto, porta]) == ["a.porta", "a.porto"]


def test_what_thing_it_is_says_more_than_what_state_it_is_in(tassonomia: list[Categoria]) -> None:
    assert codici("fontana che non funziona", tassonomia)[0] == "acqua.fontana"


def test_a_word_of_many_categories_says_less_than_a_word_of_one(tassonomia: list[Categoria]) -> None:
    assert codici("acqua potabile", tassonomia)[0] == "acqua.potabile"


@pytest.mark.parametrize(
    "testo", ["", "   ", "buongiorno, segnalo che qui non va", "😀", "zzz qqq", "di a da in con su"]
)
def test_words_that_say_nothing_suggest_nothing(tassonomia: list[Categoria], testo: str) -> None:
    assert codici(testo, tassonomia) == []


def test_none_of_these_is_never_suggested_it_is_always_there(tassonomia: list[Categoria]) -> None:
    assert "altro.altro" not in codici("altro altro altro", tassonomia, 69)


def test_at_most_four(tassonomia: list[Categoria]) -> None:
    assert len(codici("acqua luce strada cane auto rifiuti scuola verde", tassonomia)) == 4


def test_a_change_of_the_taxonomy_counts_at_once(tassonomia: list[Categoria]) -> None:
    assert codici("monopattini", tassonomia)[0] == "sicurezza.veicolo_abbandonato"
    nuova = Categoria.objects.get(codice="sicurezza.sosta")
    nuova.parole = [*nuova.parole, "monopattini"]
    nuova.save()
    assert codici("monopattini", list(Categoria.objects.foglie().in_ordine()))[0] == "sicurezza.sosta"


def test_folding() -> None:
    assert parole("Dell’ACQUA più in là, perché?! L'altalena è ROTTA.") == ["acqua", "altalena", "rotta"]
    assert radice("buca") == radice("buche")
    assert radice("fungo") == radice("funghi")


def test_only_what_a_report_may_hold_is_read(tassonomia: list[Categoria]) -> None:
    assert codici("a " * 1000 + "lampione", tassonomia) == ["luce.spento", "luce.acceso", "luce.nuovo"]
    assert codici("a " * 2000 + "lampione", tassonomia) == []


@pytest.mark.dati
def test_nine_of_ten_real_queries_find_their_category_among_the_first_three(tassonomia: list[Categoria]) -> None:
    domande = json.loads((SHARED / "data" / "ricerca" / "queries.json").read_text())
    note = {c.codice for c in tassonomia}
    di_categoria = [d for d in domande if d["expected"] in note]
    perse = [d["query"] for d in di_categoria if d["expected"] not in codici(d["query"], tassonomia, 3)]
    assert len(di_categoria) > 45
    assert len(perse) <= len(di_categoria) / 10, perse


@pytest.mark.dati
def test_texts_made_by_others_find_theirs_too(tassonomia: list[Categoria]) -> None:
    """The words of these reports were made up by a program, with slips and greetings; nothing was tuned on them."""
    righe = (SHARED / "data" / "segnalazioni" / "sintetiche_3000.ndjson").read_text().splitlines()[:600]
    testi = [(r["text"], r["category"]) for r in map(json.loads, righe) if r["category"] != "altro.altro"]
    trovate = sum(codice in codici(testo, tassonomia) for testo, codice in testi)
    assert trovate / len(testi) > 0.85
