"""Many at once, on the real database: two desks are two desks."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from core.calendario import UN_GIORNO, lavorativo
from core.errors import DomainError
from core.tempo import mezzanotte, oggi
from sportelli import actions
from sportelli.models import Appuntamento, Turno
from sportelli.workflow import ATTESI
from tests.segnalazioni.test_concorrenza import insieme
from tests.sportelli.aiuti import apri_sportello, orario, per, prendi

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def apri(slug, postazioni):
    """A counter open by appointment on the next working day, 9 to 11; (what for, the first instant)."""
    giorno = oggi() + UN_GIORNO
    while not lavorativo(giorno):
        giorno += UN_GIORNO
    sportello = apri_sportello(slug)
    orario(sportello, giorno.weekday(), "09:00", "11:00", postazioni=postazioni)
    actions.applica_gli_orari(sportello)
    return per(sportello, 30), mezzanotte(giorno) + timedelta(hours=9)


def test_twenty_people_on_two_seats_are_two():
    atto, nove = apri("gara", 2)
    esiti = insieme(*[lambda n=n: prendi(atto, nove, email=f"ospite{n}@example.org") for n in range(20)])
    assert sum(isinstance(e, Appuntamento) for e in esiti) == 2
    assert {e.codice for e in esiti if isinstance(e, DomainError)} == {"posto_preso"}
    assert Turno.objects.get(sportello=atto.sportello, inizio=nove).occupati == 2


def test_one_person_at_ten_counters_at_once_is_at_one(anna):
    per_tutti = [apri(f"gara-{n}", 2) for n in range(3)]
    esiti = insieme(*[lambda p=p, q=q: prendi(p, q, autore=anna) for p, q in per_tutti])
    assert sum(isinstance(e, Appuntamento) for e in esiti) == 1
    assert {e.codice for e in esiti if isinstance(e, DomainError)} == {"gia_impegnato"}
    assert sum(Turno.objects.values_list("occupati", flat=True)) == 2


def test_the_same_form_sent_ten_times_at_once_books_once(anna):
    atto, nove = apri("gara", 5)
    chiave = uuid4()
    esiti = insieme(*[lambda: prendi(atto, nove, autore=anna, chiave=chiave).pk for _volta in range(10)])
    assert len(set(esiti)) == 1
    assert Turno.objects.get(sportello=atto.sportello, inizio=nove).occupati == 1


def test_cancelled_by_both_sides_at_once_frees_one_seat(anna, carla):
    atto, nove = apri("gara", 2)
    suo = prendi(atto, nove, autore=anna)
    insieme(
        *[lambda: actions.disdici(suo) for _volta in range(3)],
        *[lambda: actions.annulla(suo, motivo="Chiuso", operatore=carla) for _volta in range(3)],
    )
    assert Turno.objects.get(sportello=atto.sportello, inizio=nove).occupati == 0
    assert not Appuntamento.objects.filter(stato__in=ATTESI).exists()


def test_hours_that_change_while_people_book_lose_nobody():
    atto, nove = apri("gara", 4)
    sportello = atto.sportello
    sportello.orari.all().delete()
    esiti = insieme(
        *[lambda n=n: prendi(atto, nove, email=f"ospite{n}@example.org") for n in range(4)],
        lambda: actions.applica_gli_orari(sportello),
    )
    presi = sum(isinstance(e, Appuntamento) for e in esiti)
    rimasto = Turno.objects.filter(sportello=sportello, inizio=nove).first()
    assert (rimasto.occupati if rimasto else 0) == presi
