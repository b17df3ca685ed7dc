"""Working days as the office of Lucca counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendario import lavorativi_fra, lavorativo, piu_lavorativi, primo_lavorativo

giorni = st.dates(date(2020, 1, 1), date(2040, 12, 31))
UN_GIORNO = timedelta(days=1)


@pytest.mark.parametrize(
    ("giorno", "che"),
    [
        (date(2026, 4, 6), "lunedì dell’Angelo"),
        (date(2027, 3, 29), "lunedì dell’Angelo"),
        (date(2028, 4, 17), "lunedì dell’Angelo"),
        (date(2027, 7, 12), "san Paolino, patrono di Lucca"),
        (date(2028, 7, 12), "san Paolino, patrono di Lucca"),
        (date(2027, 1, 1), "Capodanno"),
        (date(2027, 1, 6), "Epifania"),
        (date(2028, 4, 25), "Liberazione"),
        (date(2029, 5, 1), "Lavoro"),
        (date(2027, 6, 2), "Repubblica"),
        (date(2028, 8, 15), "Ferragosto"),
        (date(2027, 10, 4), "san Francesco, festa dal 2026"),
        (date(2027, 11, 1), "Ognissanti"),
        (date(2026, 12, 8), "Immacolata"),
        (date(2028, 12, 25), "Natale"),
        (date(2028, 12, 26), "santo Stefano"),
        (date(2026, 11, 28), "un sabato"),
        (date(2026, 11, 29), "una domenica"),
    ],
)
def test_a_day_off(giorno: date, che: str) -> None:
    assert not lavorativo(giorno), che


@pytest.mark.parametrize(
    ("giorno", "che"),
    [
        (date(2026, 11, 9), "un lunedì"),
        (date(2025, 10, 4) - UN_GIORNO, "un venerdì"),
        (date(2024, 10, 4), "san Francesco, prima che fosse festa"),
        (date(2026, 12, 24), "la vigilia"),
        (date(2026, 12, 31), "san Silvestro"),
        (date(2027, 3, 26), "venerdì santo"),
        (date(2026, 9, 14), "Santa Croce, che a Lucca si celebra ma si lavora"),
    ],
)
def test_a_working_day(giorno: date, che: str) -> None:
    assert lavorativo(giorno), che


def test_over_the_end_of_the_year() -> None:
    # Thu 31 Dec 2026; 1 January a holiday, then a weekend, Mon 4, Tue 5, Wed 6 a holiday, Thu 7.
    assert piu_lavorativi(date(2026, 12, 30), 1) == date(2026, 12, 31)
    assert piu_lavorativi(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert piu_lavorativi(date(2026, 12, 30), 4) == date(2027, 1, 7)
    assert lavorativi_fra(date(2026, 12, 30), date(2027, 1, 7)) == 4
    assert primo_lavorativo(date(2027, 1, 1)) == date(2027, 1, 4)


def test_over_the_feast_of_the_patron() -> None:
    assert piu_lavorativi(date(2027, 7, 9), 3) == date(2027, 7, 15)


def test_no_days_is_the_day_itself() -> None:
    assert piu_lavorativi(date(2026, 11, 29), 0) == date(2026, 11, 29)
    with pytest.raises(ValueError, match="only forward"):
        piu_lavorativi(date(2026, 11, 27), -1)


# --- an oracle that knows nothing of the above ------------------------------------------------------------


def _pasqua(anno: int) -> date:
    """Easter by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = anno % 19, divmod(anno, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l_ = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l_) // 451
    mese, giorno = divmod(h + l_ - 7 * m + 114, 31)
    return date(anno, mese, giorno + 1)


FISSI = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (7, 12), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}


def _si_lavora(giorno: date) -> bool:
    san_francesco = giorno.year >= 2026 and (giorno.month, giorno.day) == (10, 4)
    pasquetta = giorno == _pasqua(giorno.year) + UN_GIORNO
    return giorno.weekday() < 5 and (giorno.month, giorno.day) not in FISSI and not san_francesco and not pasquetta


@given(giorni)
def test_every_day_is_what_the_law_says(giorno: date) -> None:
    assert lavorativo(giorno) == _si_lavora(giorno)


@given(giorni, st.integers(0, 60))
def test_counting_one_day_after_another_gives_the_same(giorno: date, quanti: int) -> None:
    fine, contati = giorno, 0
    while contati < quanti:
        fine += UN_GIORNO
        contati += _si_lavora(fine)
    assert piu_lavorativi(giorno, quanti) == fine
    assert lavorativi_fra(giorno, fine) == quanti
    assert lavorativi_fra(fine, giorno) == -quanti


@given(giorni)
def test_the_next_working_day_is_the_nearest(giorno: date) -> None:
    primo = primo_lavorativo(giorno)
    assert _si_lavora(primo)
    assert not any(_si_lavora(giorno + n * UN_GIORNO) for n in range((primo - giorno).days))
