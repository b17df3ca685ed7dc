"""The demonstration of the counters: whole, inside the Comune, and nobody's real number."""

from __future__ import annotations

import re

import pytest

from comune.territorio import dentro
from sportelli.demo import DOVE, allestisci
from sportelli.liberi import liberi
from sportelli.models import Appuntamento, Prestazione, Sportello
from tests.aiuti import persona

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatta(db: None) -> int:
    """The counters filled, with the people who book at them."""
    for nome in ("anna", "bruno", "carla.urp"):
        persona(nome.split(".")[0].title(), email=f"{nome}@example.org", last_name=nome.title())
    return allestisci()


def test_every_counter_has_a_place_hours_and_something_to_book(fatta):
    for sportello in Sportello.objects.filter(slug__in=DOVE):
        assert sportello.lat is not None
        assert sportello.lon is not None
        assert dentro(sportello.lat, sportello.lon)
        assert sportello.orari.exists()
    for prestazione in Prestazione.objects.prenotabili():
        assert liberi(prestazione)


def test_some_have_booked(fatta):
    assert fatta == Appuntamento.objects.count() >= 5
    assert Appuntamento.objects.filter(utente__email="anna@example.org").exists()


def test_no_contact_is_anybodys(fatta):
    for sportello in Sportello.objects.filter(slug__in=DOVE):
        assert re.fullmatch(r"0583 000 \d{3}", sportello.telefono)
        assert sportello.email.endswith("@example.org")
        assert sportello.pec.endswith("@example.org")
