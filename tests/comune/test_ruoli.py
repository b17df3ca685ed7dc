"""Who works where, today."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from comune.models import Incarico, Ruolo, Ufficio
from comune.ruoli import e_urp, incarichi_di, uffici_di
from core.tempo import fermo_a
from tests.factories.comune import IncaricoFactory

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")


def test_carla_works_at_the_urp_and_elena_at_her_office(carla: User, elena: User, strade: Ufficio) -> None:
    assert e_urp(carla)
    assert not e_urp(elena)
    assert uffici_di(elena) == {strade.pk}
    assert incarichi_di(elena) == {(strade.pk, Ruolo.OPERATORE)}


def test_anna_works_nowhere_and_neither_does_nobody(anna: User) -> None:
    assert incarichi_di(anna) == frozenset()
    assert incarichi_di(AnonymousUser()) == frozenset()
    assert not e_urp(AnonymousUser())


def test_who_is_no_longer_active_works_nowhere(carla: User) -> None:
    carla.is_active = False
    assert not e_urp(carla)


@pytest.mark.parametrize(("giorno", "vale"), [(9, False), (10, True), (11, True), (12, True), (13, False)])
def test_an_incarico_holds_from_its_first_day_to_its_last(anna: User, strade: Ufficio, giorno: int, vale: bool) -> None:
    IncaricoFactory.create(utente=anna, ufficio=strade, dal=date(2026, 11, 10), al=date(2026, 11, 12))
    with fermo_a(datetime(2026, 11, giorno, 12, tzinfo=ROMA)):
        assert bool(incarichi_di(anna)) is vale


def test_the_day_is_that_of_rome(anna: User, strade: Ufficio) -> None:
    IncaricoFactory.create(utente=anna, ufficio=strade, dal=date(2026, 11, 10))
    with fermo_a(datetime(2026, 11, 10, 0, 30, tzinfo=ROMA)):  # still the 9th in UTC
        assert uffici_di(anna) == {strade.pk}


def test_it_is_asked_once_a_day(django_assert_num_queries: DjangoAssertNumQueries, elena: User) -> None:
    with django_assert_num_queries(1):
        assert uffici_di(elena)
        assert not e_urp(elena)
        assert incarichi_di(elena)
    with fermo_a(datetime(2999, 1, 1, tzinfo=ROMA)), django_assert_num_queries(1):
        assert incarichi_di(elena)  # without an end it goes on


def test_an_incarico_cannot_end_before_it_begins_nor_be_given_twice(anna: User, strade: Ufficio) -> None:
    IncaricoFactory.create(utente=anna, ufficio=strade, dal=date(2026, 11, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        IncaricoFactory.create(utente=anna, ufficio=strade, dal=date(2026, 11, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        IncaricoFactory.create(utente=anna, ufficio=strade, dal=date(2026, 11, 11), al=date(2026, 11, 10))
    with pytest.raises(IntegrityError), transaction.atomic():
        IncaricoFactory.create(utente=anna, ufficio=strade, ruolo="sindaco")


def test_what_a_row_is_called_does_not_say_who(elena: User) -> None:
    assert str(Incarico.objects.get(utente=elena)) == "Chi lavora nell’ufficio, Strade e viabilità"
