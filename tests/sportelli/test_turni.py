"""Turns follow the hours; a booked one is never dropped; a closure cancels and tells."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.tempo import fermo_a
from sportelli import scheduled
from sportelli.actions import SETTIMANE, applica_gli_orari
from sportelli.liberi import liberi, settimana
from sportelli.models import AperturaStraordinaria, Chiusura, Orario, Posto, Turno
from sportelli.workflow import Stato
from tests.sportelli.aiuti import alle, mail, per, prendi, turno


def test_the_hours_make_turns_for_the_weeks_ahead_and_none_twice(sportello):
    # Mondays and Tuesdays to the horizon, eight quarters each, without the holiday of 8 December.
    assert Turno.objects.filter(sportello=sportello).count() == 8 * (2 * (SETTIMANE + 1) - 1 - 1)
    assert scheduled.prepara_i_turni() == 0


def test_a_day_later_only_what_is_new_is_made(sportello):
    prima = Turno.objects.filter(sportello=sportello).count()
    with fermo_a(alle("08:00") + timedelta(weeks=1)):
        assert scheduled.prepara_i_turni() == 16
        assert Turno.objects.filter(sportello=sportello).count() == prima  # those of last week, taken by nobody, go


def test_a_holiday_has_no_turns(sportello, atto):
    assert not Turno.objects.filter(inizio__range=(alle("00:00", "2026-12-08"), alle("23:00", "2026-12-08"))).exists()


def test_changing_the_hours_never_drops_a_booked_turn(sportello, atto, anna):
    suo = prendi(atto, alle("10:30"), autore=anna)
    Orario.objects.filter(sportello=sportello, giorno=0).update(alle=time(10, 0), postazioni=1)
    applica_gli_orari(sportello)
    suo.refresh_from_db()
    assert suo.stato == Stato.CONFERMATO
    assert turno(sportello, alle("10:30")).posti == turno(sportello, alle("10:30")).occupati == 1
    assert not Turno.objects.filter(sportello=sportello, inizio=alle("10:15")).exists()
    assert turno(sportello, alle("09:00")).posti == 1
    assert alle("10:30") not in liberi(atto)


def test_a_closure_cancels_what_is_within_and_tells_each_person(
    sportello, atto, anna, django_capture_on_commit_callbacks
):
    dentro, fuori = prendi(atto, alle("09:00", "2026-12-01"), autore=anna), prendi(atto, alle("09:00", "2026-12-07"))
    Chiusura.objects.create(sportello=sportello, dal=date(2026, 12, 1), al=date(2026, 12, 2), motivo="trasloco")
    assert applica_gli_orari(sportello).annullati == 1
    dentro.refresh_from_db()
    fuori.refresh_from_db()
    assert (dentro.stato, fuori.stato) == (Stato.ANNULLATO, Stato.DA_CONFERMARE)
    assert dentro.motivo == "Lo sportello quel giorno è chiuso: trasloco."
    assert [m.utente for m in mail("appuntamento_annullato")] == [anna]
    assert not Turno.objects.filter(sportello=sportello, inizio__date=date(2026, 12, 1)).exists()
    assert applica_gli_orari(sportello).annullati == 0


def test_an_extraordinary_opening_within_a_closure_saves_the_appointment(sportello, atto):
    suo = prendi(atto, alle("09:00", "2026-12-01"))
    Chiusura.objects.create(sportello=sportello, dal=date(2026, 12, 1), al=date(2026, 12, 1), motivo="trasloco")
    AperturaStraordinaria.objects.create(sportello=sportello, giorno=date(2026, 12, 1), dalle="09:00", alle="10:00")
    assert applica_gli_orari(sportello).annullati == 0
    suo.refresh_from_db()
    assert suo.atteso


def test_a_counter_switched_off_offers_nothing_and_keeps_what_was_booked(sportello, atto):
    suo = prendi(atto)
    sportello.attivo = False
    sportello.save()
    applica_gli_orari(sportello)
    assert liberi(atto) == []
    suo.refresh_from_db()
    assert suo.atteso


def test_what_takes_an_hour_wants_an_hour_without_a_hole(sportello, atto, anna, bruno):
    lungo = per(sportello, 60)
    assert [i for i in liberi(lungo) if i < alle("23:00")] == [alle("09:00"), alle("10:00")]
    for chi in (anna, bruno):
        prendi(atto, alle("09:30"), autore=chi)
    assert [i for i in liberi(lungo) if i < alle("23:00")] == [alle("10:00")]


def test_today_offers_only_what_lies_ahead_and_does_not_shift(sportello, atto):
    with fermo_a(alle("09:20")):
        assert liberi(atto)[0] == alle("09:30")


def test_a_page_shows_a_week_and_where_the_others_begin(sportello, atto):
    prima = settimana(atto, None)
    assert [giorno.isoformat() for giorno, _ore in prima.giorni] == ["2026-11-30", "2026-12-01"]
    assert (prima.prima, prima.dopo) == (None, date(2026, 12, 7))
    dopo = settimana(atto, prima.dopo)
    assert dopo.prima == date(2026, 11, 30)
    ultima = settimana(atto, date(2099, 1, 1))  # beyond, the last day with room
    assert [giorno.isoformat() for giorno, _ore in ultima.giorni] == ["2027-01-04"]


@pytest.mark.parametrize("occupati", [3])
def test_the_database_keeps_the_promise(sportello, occupati):
    with pytest.raises(IntegrityError), transaction.atomic():
        Turno.objects.filter(sportello=sportello).update(occupati=occupati)


def test_the_day_after_nobody_is_told_where_who_was(sportello, atto):
    prendi(atto)
    with fermo_a(alle("08:00") + timedelta(days=3)):
        scheduled.prepara_i_turni()
    assert set(Posto.objects.values_list("chi", flat=True)) == {""}
