"""What people type and what registers write become the same words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comune.parole import MASSIMO, chiave_di, in_parole, numero_di, scrivi_numero, senza_esponente


@pytest.mark.parametrize(
    ("scritto", "registrato"),
    [
        ("via fillungo", "Via Fillungo"),
        ("  VIA   FILLUNGO ", "Via Fillungo"),
        ("s. concordio", "San Concordio"),
        ("S.Concordio", "San Concordio"),
        ("p.za anfiteatro", "Piazza dell’Anfiteatro"),
        ("P.zza dell'Anfiteatro", "Piazza dell’Anfiteatro"),
        ("piazza anfiteatro", "Piazza dell’Anfiteatro"),
        ("sant anna", "Sant’Anna"),
        ("Sant'Anna", "Sant’Anna"),
        ("s. anna", "Sant’Anna"),
        ("ss. annunziata", "Santissima Annunziata"),
        ("v.le europa", "Viale Europa"),
        ("c.so garibaldi", "Corso Garibaldi"),
        ("v. elisa", "Via Elisa"),
        ("p.le verdi", "Piazzale Verdi"),
        ("biblioteca agora", "Biblioteca Agorà"),
        ("biblioteca agora'", "Biblioteca Agorà"),
        ("via 20 settembre", "Via XX Settembre"),
        ("piazza primo maggio", "Piazza I Maggio"),
        ("via de gasperi", "Via De Gasperi"),
    ],
)
def test_what_anna_types_is_what_the_register_says(scritto: str, registrato: str) -> None:
    assert in_parole(scritto) == in_parole(registrato)
    assert in_parole(scritto) != []


@pytest.mark.parametrize(
    ("scritto", "numero"),
    [
        ("via elisa 12", "12"),
        ("via elisa, 12", "12"),
        ("via elisa n. 12", "12"),
        ("via elisa n°12", "12"),
        ("via elisa numero 12", "12"),
        ("via elisa 12/A", "12a"),
        ("via elisa 12 a", "12a"),
        ("via elisa 12a", "12a"),
        ("via elisa 12 bis", "12bis"),
        ("via elisa 12/1", "12-1"),
    ],
)
def test_a_house_number_is_one_word_however_it_is_written(scritto: str, numero: str) -> None:
    assert in_parole(scritto) == ["via", "elisa", numero]


@pytest.mark.parametrize(
    ("scritto", "parole"),
    [
        ("piazza s", ["piazza", "s"]),  # still being typed
        ("ss 12 del brennero", ["ss", "12", "brennero"]),  # a road, not a saint
        ("v. le ville", ["via", "ville"]),  # not a viale
        ("la", ["la"]),  # nothing but articles: better than nothing
        ("via del", ["via"]),
    ],
)
def test_what_looks_like_an_abbreviation_and_is_none(scritto: str, parole: list[str]) -> None:
    assert in_parole(scritto) == parole


@pytest.mark.parametrize(
    "niente", ["", "   ", "%", "_", "%_%", "’ '", "…", "日本", "\x00", "\N{COMBINING GRAVE ACCENT}"]
)
def test_what_has_no_letters_of_ours_has_no_words(niente: str) -> None:
    assert in_parole(niente) == []
    assert chiave_di(niente) == ""


@given(st.text(max_size=400))
def test_words_hold_nothing_that_a_query_could_misread(testo: str) -> None:
    parole = in_parole(testo)
    assert all(p and p.isascii() and set(p) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for p in parole)
    assert len(chiave_di(testo)) <= MASSIMO


@given(st.text(max_size=150))
def test_a_key_is_its_own_key(testo: str) -> None:
    # Typing what we stored finds it again. (Hyphens stand between digits only, numbers are already joined.)
    chiave = chiave_di(testo)
    assert in_parole(chiave_di(chiave)) == in_parole(chiave)


@pytest.mark.parametrize(
    ("civico", "esponente", "numero", "scritto"),
    [
        ("12", "", "12", "12"),
        ("12", "A", "12a", "12/A"),
        ("12", "b", "12b", "12/B"),
        ("12/A", "", "12a", "12/A"),
        ("12A", "", "12a", "12/A"),
        ("12 bis", "", "12bis", "12/bis"),
        ("12", "1", "12-1", "12/1"),
        ("n. 12", "", "12", "12"),
        ("007", "", "7", "7"),
    ],
)
def test_house_numbers_of_registers(civico: str, esponente: str, numero: str, scritto: str) -> None:
    assert numero_di(civico, esponente) == numero
    assert scrivi_numero(numero) == scritto
    assert in_parole(f"via elisa {scritto}")[-1] == numero
    assert senza_esponente(numero) in ("12", "7")


@pytest.mark.parametrize("civico", ["", "snc", "0", "km 3", "A", "-5", "12345678", "12/A/3", "dodici"])
def test_what_is_no_house_number(civico: str) -> None:
    assert numero_di(civico) == ""


def test_number_and_exponent_are_told_apart() -> None:
    assert numero_di("12", "1") != numero_di("121")
