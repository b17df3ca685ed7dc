"""Words as people type them, and the same hits on both databases."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ricerca import LUNGA, PAROLE_CHIESTE, Documento, Domanda, Pezzo, parole


def trova(domanda: str, testo: str) -> bool:
    """What SQLite answers, without SQLite."""
    chiesta, documento = Domanda.leggi(domanda), Documento.di([testo]).per_sqlite()
    return bool(chiesta) and all(any(p in documento for p in pezzi) for pezzi in chiesta.per_sqlite())


@pytest.mark.parametrize(
    ("domanda", "testo"),
    [
        ("buca", "Ci sono delle buche"),
        ("BUCHE", "una buca"),
        ("lampioni spenti", "Lampione spento da giorni"),
        ("perché", "perche"),
        ("citta", "la città"),
        ("lampione della via", "il lampione di via Elisa"),
        ("dell'acqua", "perdita d’acqua"),
        ("acqua perdita", "perdita d’acqua"),
        ('"perdita acqua"', "perdita d’acqua"),
        ("«perdita acqua»", "perdita d’acqua"),
        ("illuminaz", "illuminazione pubblica"),
        ("lamp", "un lampione"),
        ("zanzara morta", "zanzare morte"),
        ("zanzare vive", "una zanzara viva"),
        ("7K3F", "LU-7K3F-92QD"),
        ("via elisa 12", "Via Elisa 12/A"),
        ('buca "', "la buca"),
    ],
)
def test_a_word_is_found_in_all_its_forms(domanda: str, testo: str) -> None:
    assert trova(domanda, testo)


@pytest.mark.parametrize(
    ("domanda", "testo"),
    [
        ("buca lampione", "una buca"),
        ('"acqua perdita"', "perdita d’acqua"),
        ('"spento lampione"', "lampione spento"),
        ("illuminaz pubblica", "illuminazione pubblica"),  # only the last word may be begun
        ('"illuminaz"', "illuminazione"),
        ("via", "viale Castracani"),  # too short to be a beginning
        ("albero caduto", "albergo caduto"),
        ("di", "la buca di via Elisa"),
        ("%", "una buca"),
        ("'; DROP TABLE", "una buca"),
    ],
)
def test_what_is_not_there_is_not_found(domanda: str, testo: str) -> None:
    assert not trova(domanda, testo)


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_question_of_plain_words(scritto: str) -> None:
    """Nothing that a database could take for syntax is left of it."""
    domanda = Domanda.leggi(scritto)
    assert all(re.fullmatch(r"[a-z0-9]+", p) for pezzo in domanda.pezzi for p in [*pezzo.radici, *pezzo.forme])
    assert all(re.fullmatch(r"[a-z0-9]*", pezzo.inizio) for pezzo in domanda.pezzi)
    assert sum(len(pezzo.radici) for pezzo in domanda.pezzi) <= PAROLE_CHIESTE
    assert all(len(p) <= LUNGA for p in parole(scritto))


@given(st.text(alphabet="abcàeì chgo\"'123-", max_size=60))
def test_every_word_of_a_text_finds_it(testo: str) -> None:
    for parola in parole(testo):
        assert trova(parola, testo)


def test_ten_thousand_letters_are_one_question() -> None:
    assert Domanda.leggi("x" * 10_000).pezzi == (Pezzo(("x" * LUNGA,), (), "x" * LUNGA),)
    assert len(Domanda.leggi("buca " * 2_000).pezzi) == PAROLE_CHIESTE
    assert not Domanda.leggi("\x00 !! “ «")
