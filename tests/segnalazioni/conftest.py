"""What tests of filing start from."""

from __future__ import annotations

import pytest
from django.test import Client

from comune.models import Ufficio
from segnalazioni.models import Categoria
from tests.segnalazioni.modulo import DOMANDE, Modulo, categoria


@pytest.fixture
def lampioni(luce: Ufficio, db: None) -> Categoria:
    """Street lamps, no questions; with «Nessuna di queste» beside it. Five working days."""
    categoria("altro.altro", "Altro")
    return categoria("luce.spento", "Lampione spento", luce, parole=["lampione", "spento", "luce", "buio"])


@pytest.fixture
def con_domande(lampioni: Categoria) -> Categoria:
    """The same, with a question that must be answered and two that may."""
    lampioni.domande = list(DOMANDE)
    lampioni.save()
    return lampioni


@pytest.fixture
def modulo(client: Client, lampioni: Categoria) -> Modulo:
    """Giulia's browser at the first step."""
    return Modulo(client)
