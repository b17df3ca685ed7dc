"""Fingers slip: the word probably meant is searched for, and said."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comune.models import Luogo, TipoLuogo
from ricerca.correzioni import Vocabolario
from ricerca.distanza import distanza, suono
from ricerca.risultati import cerca
from tests.ricerca.test_metro import primi
from tests.ricerca.test_pagina import pagina

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("scritto", "giusto", "codice"),
    [
        ("lampone spneto", "lampione spento", "luce.spento"),
        ("bucha nell'asfato", "buca nell'asfalto", "strade.buche"),
        ("tonbino rumorosso", "tombino", "acqua.caditoie"),
        ("imondizia abandonata", "immondizia abbandonata", "rifiuti.abbandono"),
        ("semafforo", "semaforo", "strade.semaforo"),
        ("pancihna", "panchina", "arredo.danneggiato"),
    ],
)
def test_what_is_misspelt_is_found_and_the_page_says_how(sito: None, client: Client, scritto, giusto, codice) -> None:
    assert f"/segnalazioni/nuova/?categoria={codice}" in primi(scritto)
    html = pagina(client, scritto)
    assert "Forse cercavi" in html
    assert "Cerca proprio «" in html
    for parola in giusto.split():
        assert parola in cerca(scritto).richiesta.scritta


def test_what_was_typed_can_be_meant(sito: None, client: Client) -> None:
    html = pagina(client, "lampone spneto", alla_lettera="1")
    assert "Forse cercavi" not in html
    assert "Nessun risultato" in html


def test_a_word_among_many_that_are_understood_is_only_asked_about(sito: None, client: Client) -> None:
    html = pagina(client, "fosso sporco pieno di canne")
    assert "/segnalazioni/nuova/?categoria=acqua.fosso" in primi("fosso sporco pieno di canne")
    assert "i risultati sono per queste parole" not in html


def test_a_street_is_known_and_is_put_right(sito: None, client: Client) -> None:
    Luogo.objects.create(
        tipo=TipoLuogo.VIA, nome="Via Sgambalata", chiave="via sgambalata", fonte="prova", fonte_id="1"
    )
    assert "<mark>spento</mark> via <mark>sgambalata</mark>" in pagina(client, "lampione spneto via sganbalata")
    assert "Forse cercavi" not in pagina(client, "lampione spento via sgambalata")


def test_words_that_people_typed_in_reports_are_not_offered(sito: None, buca, client: Client) -> None:
    """Only the Comune's own words are: somebody's surname in a report would be one slip away."""
    buca.testo = "La signora Quattrocchini dice che è pericoloso."
    buca.save()
    assert "Quattrocchini".lower() not in pagina(client, "quattrocchin").lower().replace("quattrocchin", "", 9)


@given(st.text("abcdefghilmnopqrstuvz", min_size=1, max_size=12), st.text("abcdefghilmnopqrstuvz", max_size=12))
def test_the_distance_is_a_distance(a: str, b: str) -> None:
    assert distanza(a, a, 3) == 0
    assert distanza(a, b, 99) == distanza(b, a, 99)
    assert (distanza(a, b, 99) == 0) == (a == b)
    assert distanza(a, b, 1) == distanza(a, b, 99) or distanza(a, b, 1) > 1


@pytest.mark.parametrize(
    ("a", "b", "quanto"),
    [("spneto", "spento", 1), ("asfato", "asfalto", 1), ("lampone", "lampione", 1), ("buxa", "buca", 0.5)],
)
def test_slips_are_counted(a: str, b: str, quanto: float) -> None:
    assert distanza(a, b, 2) == quanto


@pytest.mark.parametrize(
    ("scritta", "giusta"),
    [("aqua", "acqua"), ("fillo", "filo"), ("maccina", "macchina"), ("conilio", "coniglio"), ("quore", "cuore")],
)
def test_what_sounds_alike_is_one_word(scritta: str, giusta: str) -> None:
    assert suono(scritta) == suono(giusta)
    assert Vocabolario.di({giusta: 1}).vicina(scritta) == giusta


def test_short_words_and_numbers_are_left_alone() -> None:
    noto = Vocabolario.di({"cane": 3, "2014": 5, "casa": 9})
    assert noto.vicina("can") is None
    assert noto.vicina("2015") is None


def test_of_two_words_as_near_the_one_that_more_things_have() -> None:
    assert Vocabolario.di({"porta": 1, "posta": 9}).vicina("pobta") == "posta"
