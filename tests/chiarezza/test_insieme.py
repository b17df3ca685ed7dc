"""The same visitor twice at the same moment, on the real database: one opinion."""

from __future__ import annotations

import pytest

from ascolto.models import Contributo
from chiarezza.actions import esprimi
from chiarezza.models import Giudizio
from chiarezza.posti import Posto
from tests.segnalazioni.test_concorrenza import insieme

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_ten_votes_of_one_visitor_at_once_are_one():
    posto = Posto("/crediti/", "/crediti/")
    esiti = insieme(*[lambda n=n: esprimi(posto, visitatore="una", voto=n % 5 + 1) for n in range(10)])
    assert len({e.pk for e in esiti}) == 1
    assert (Giudizio.objects.count(), Contributo.objects.count()) == (1, 1)
    assert len({e.voto for e in esiti}) == 1, "the first to come is the one that stays"
