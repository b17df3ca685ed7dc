"""A real mail server (tests/posta.py) that the mail of the test goes to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.posta import Ufficio, ufficio_postale
from tests.processi import porta_libera


@pytest.fixture
def posta_giu(settings: Settings) -> None:
    """Mail goes by SMTP to a port where nobody answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", porta_libera()


@pytest.fixture
def posta(posta_giu: None, settings: Settings) -> Iterator[Ufficio]:
    """Mail goes by SMTP to a server that keeps it."""
    with ufficio_postale(settings.EMAIL_PORT) as ufficio:
        yield ufficio
