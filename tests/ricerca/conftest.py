"""The site as a new one begins: first pages, taxonomy, doors; Renata writes its pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ricerca.actions import rifai
from ricerca.correzioni import vocabolario
from segnalazioni.actions.categorie import importa_categorie
from segnalazioni.importatori.tassonomia import leggi_tassonomia
from tests.sostegno.database import per_modulo


@pytest.fixture(scope="module")
def _sito(django_db_setup, django_db_blocker) -> Iterator[None]:
    with per_modulo(django_db_blocker):
        importa_categorie(leggi_tassonomia())
        rifai()
        yield


@pytest.fixture
def sito(_sito: None, db: None) -> None:
    """Everything of it can be found, and no words of another test are remembered."""
    vocabolario.cache_clear()
