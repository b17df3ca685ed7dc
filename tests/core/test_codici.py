"""Public numbers: Anna reads hers aloud, Carla types it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codici import ALFABETO, leggi_codice, leggi_numero, nuovo_codice

codici = st.builds(nuovo_codice)


def test_a_number_looks_as_promised() -> None:
    assert re.fullmatch(r"LU-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", nuovo_codice())


@pytest.mark.parametrize("lettera", "ILOU")
def test_letters_that_are_read_as_others_are_not_used(lettera: str) -> None:
    assert lettera not in ALFABETO
    assert len(set(ALFABETO)) == 32


def test_the_check_character_is_what_it_was() -> None:
    """Numbers printed on paper must stay good: these were computed by hand."""
    assert leggi_codice("LU-0000-0000") == "LU-0000-0000"
    assert leggi_codice("LU-0000-001Y") == "LU-0000-001Y"
    assert leggi_codice("LU-0000-0001") is None


@given(codici)
def test_a_number_is_read_back(codice: str) -> None:
    assert leggi_codice(codice) == codice


@given(codici, st.randoms())
def test_however_she_writes_it(codice: str, caso: object) -> None:
    scritto = codice.replace("0", "o").replace("1", "l").replace("V", "u").lower()
    for forma in (
        scritto,
        scritto.replace("-", ""),
        scritto.replace("-", " "),
        f"  {scritto}.",
        scritto.replace("-", "–"),
    ):
        assert leggi_codice(forma) == codice


@given(codici, st.integers(0, 7), st.sampled_from(ALFABETO))
def test_one_wrong_character_is_always_caught(codice: str, dove: int, lettera: str) -> None:
    lettere = codice.replace("-", "")
    posto = len("LU") + dove
    sbagliato = lettere[:posto] + lettera + lettere[posto + 1 :]
    assert (leggi_codice(sbagliato) is None) == (sbagliato != lettere)


@given(codici, st.integers(0, 6))
def test_two_neighbours_swapped_are_caught_but_for_0_and_z(codice: str, dove: int) -> None:
    lettere = codice.replace("-", "")
    i = len("LU") + dove
    scambiato = lettere[:i] + lettere[i + 1] + lettere[i] + lettere[i + 2 :]
    passa = scambiato == lettere or {lettere[i], lettere[i + 1]} == {"0", "Z"}
    assert (leggi_codice(scambiato) is not None) == passa


@pytest.mark.parametrize(
    "testo",
    [
        "",
        "LU",
        "LU-7K3F-92Q",
        "LU-7K3F-92QDX",
        "PI-0000-0000",
        "0000-0000",
        "buca in via Fillungo",
        "LU-ààààààà",
        "ß" * 10,
    ],
)
def test_what_is_no_number(testo: str) -> None:
    assert leggi_codice(testo) is None


@given(st.text(max_size=40))
def test_no_text_does_anything_but_be_read_or_not(testo: str) -> None:
    codice = leggi_codice(testo)
    assert codice is None or leggi_codice(codice) == codice


def test_numbers_do_not_repeat() -> None:
    assert len({nuovo_codice() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("testo", "numero"),
    [
        ("0", 0),
        ("12", 12),
        ("999999999", 999_999_999),
        ("", None),
        ("9" * 10, None),
        ("-1", None),
        ("²", None),
        ("１", None),
    ],
)
def test_a_number_is_a_few_plain_digits(testo: str, numero: int | None) -> None:
    assert leggi_numero(testo) == numero


def test_a_number_of_fewer_digits_may_be_asked_for() -> None:
    assert (leggi_numero("12345678", 8), leggi_numero("123456789", 8)) == (12_345_678, None)
