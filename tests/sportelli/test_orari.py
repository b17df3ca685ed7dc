"""Open or not, by the clock on the wall: holidays, the patron's day, closures, summer time."""

from __future__ import annotations

from datetime import date

import pytest

from core.tempo import fermo_a
from sportelli.models import Accesso, AperturaStraordinaria, Chiusura, Sportello
from sportelli.orari import come_sta, quarti
from tests.sportelli.aiuti import alle, apri_sportello, orario, rileggi

pytestmark = pytest.mark.django_db


@pytest.fixture
def urp() -> Sportello:
    """Free access Monday to Friday, 9 to 13; on Mondays also by appointment, 13 to 15."""
    sportello = apri_sportello("prova-urp")
    for giorno in range(5):
        orario(sportello, giorno, "09:00", "13:00", accesso=Accesso.LIBERO)
    orario(sportello, 0, "13:00", "15:00", accesso=Accesso.APPUNTAMENTO)
    return sportello


def frase(sportello: Sportello) -> str:
    stato = come_sta(rileggi(sportello))
    return f"{stato.parola}, {stato.poi}"


@pytest.mark.parametrize(
    ("giorno", "ora", "attesa"),
    [
        ("2026-11-30", "08:59", "Chiuso adesso, apre alle 9:00"),
        ("2026-11-30", "09:00", "Aperto adesso, chiude alle 15:00"),  # the two stretches touch
        ("2026-11-30", "13:00", "Riceve su appuntamento, fino alle 15:00"),
        ("2026-11-30", "15:00", "Chiuso adesso, riapre domani alle 9:00"),
        ("2026-12-01", "12:59", "Aperto adesso, chiude alle 13:00"),
        ("2026-12-04", "13:00", "Chiuso adesso, riapre lunedì alle 9:00"),  # Friday
        ("2026-12-08", "10:00", "Chiuso adesso, riapre domani alle 9:00"),  # Immacolata
        ("2027-07-12", "10:00", "Chiuso adesso, riapre domani alle 9:00"),  # San Paolino
    ],
)
def test_the_words_follow_the_clock(urp, giorno, ora, attesa):
    with fermo_a(alle(ora, giorno)):
        assert frase(urp) == attesa


@pytest.mark.parametrize(("giorno", "utc"), [("2026-07-13", 2), ("2026-11-30", 1)])
def test_hours_are_those_on_the_wall_in_summer_and_in_winter(urp, giorno, utc):
    nove = alle("09:00", giorno)
    assert nove.utcoffset().total_seconds() == utc * 3600
    with fermo_a(nove):
        assert come_sta(rileggi(urp)).aperto
    assert min(quarti(rileggi(urp), date.fromisoformat(giorno))) == alle("13:00", giorno)


def test_after_a_long_closure_the_day_is_said_with_its_month(urp):
    Chiusura.objects.create(sportello=urp, dal=date(2026, 12, 1), al=date(2026, 12, 11), motivo="trasloco")
    with fermo_a(alle("16:00")):
        assert frase(urp) == "Chiuso adesso, riapre lunedì 14 dicembre alle 9:00"


def test_an_extraordinary_opening_holds_on_a_holiday(urp):
    AperturaStraordinaria.objects.create(sportello=urp, giorno=date(2026, 12, 8), dalle="10:00", alle="12:00")
    with fermo_a(alle("10:30", "2026-12-08")):
        assert frase(urp) == "Aperto adesso, chiude alle 12:00"


def test_nobody_has_said_the_hours_yet():
    assert frase(Sportello.objects.get(slug="informadonna")) == "Orari da confermare, "


def test_closed_for_good_says_no_day(urp):
    Chiusura.objects.create(sportello=urp, dal=date(2026, 11, 30), al=date(2028, 1, 1), motivo="lavori")
    assert frase(urp) == "Chiuso adesso, "
