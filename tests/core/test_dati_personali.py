"""What nobody means to publish is found; what only looks like it is left alone."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dati_personali import Tipo, Trovato, codice_fiscale_valido, iban_valido, trova

E, T, C, I = Tipo.EMAIL, Tipo.TELEFONO, Tipo.CODICE_FISCALE, Tipo.IBAN  # noqa: E741


@pytest.mark.parametrize(
    ("testo", "trovati"),
    [
        ("scrivetemi a giulia.prova@example.org, grazie", [(E, "giulia.prova@example.org")]),
        ("Giulia@Example.ORG.", [(E, "Giulia@Example.ORG")]),
        ("chiamate il 333 1234567", [(T, "333 1234567")]),
        ("tel. 333.123.4567 oppure +39 0583 44 22 11.", [(T, "333.123.4567"), (T, "+39 0583 44 22 11")]),
        ("0583/442211", [(T, "0583/442211")]),
        ("0039 333 1234567", [(T, "0039 333 1234567")]),
        ("sono RSSMRA85T10A562S", [(C, "RSSMRA85T10A562S")]),
        ("rssmra85t10a562s", [(C, "rssmra85t10a562s")]),
        ("IBAN IT60 X054 2811 1010 0000 0123 456 grazie", [(I, "IT60 X054 2811 1010 0000 0123 456")]),
        ("it60x0542811101000000123456", [(I, "it60x0542811101000000123456")]),
        ("DE89 3704 0044 0532 0130 00", [(I, "DE89 3704 0044 0532 0130 00")]),
        ("a@b.it e a@b.it", [(E, "a@b.it")]),
    ],
)
def test_it_is_found_as_it_is_written(testo: str, trovati: list[tuple[Tipo, str]]) -> None:
    assert trova(testo) == [Trovato(tipo, parte) for tipo, parte in trovati]


@pytest.mark.parametrize(
    "testo",
    [
        "",
        "palo 1147, civico 12/b, piano 3",
        "il 05/11/2026 alle 18.30, dal 12-10-2025, 05 11 2026",
        "RSSMRA85T10A562X",  # wrong check character
        "IT60 X054 2811 1010 0000 0123 457",  # wrong check digits
        "protocollo 2026/0034567, pratica 0012345678",
        "lat 43.84290, lon 10.50270",
        "3 lampioni, 333 metri, 800 123 456",
        "@sindaco pippo@localhost",
        "LU-7K3F-92QD",
        "km 0583, via 0583 33",
    ],
)
def test_what_only_looks_like_it_is_left_alone(testo: str) -> None:
    assert trova(testo) == []


def test_the_digits_of_an_iban_are_not_a_phone_as_well() -> None:
    assert [t.tipo for t in trova("IT60X0542811101000000123456 e 333 1234567")] == [I, T]


def test_both_check_digits_of_the_law() -> None:
    assert codice_fiscale_valido("RSSMRA85T10A562S")
    assert not codice_fiscale_valido("RSSMRA85T10A562A")
    assert iban_valido("IT60 X054 2811 1010 0000 0123 456")
    assert not iban_valido("IT61 X054 2811 1010 0000 0123 456")


@given(st.text(alphabet=string.ascii_letters + string.digits + " @.+-/,'\n\u00e8", max_size=300))
def test_any_text_is_read_and_what_is_found_stands_in_it(testo: str) -> None:
    assert all(t.testo in testo for t in trova(testo))
