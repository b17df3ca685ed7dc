"""A real mail server, in a thread, on a free port."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings


class Ufficio:
    """The post office: keeps what arrives, refuses whom it is told to."""

    def __init__(self) -> None:
        self.arrivate: list[EmailMessage] = []
        self.rifiuta: dict[str, str] = {}  # address → answer to RCPT
        self.contenuto = "250 OK"  # answer to DATA

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.rifiuta:
            return self.rifiuta[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.contenuto.startswith("250"):
            riga_per_riga = envelope.content.replace(b"\r\n", b"\n")
            self.arrivate.append(message_from_bytes(riga_per_riga, policy=policy.default))
        return self.contenuto

    def a(self, indirizzo: str) -> list[EmailMessage]:
        """What arrived for this address."""
        return [mail for mail in self.arrivate if str(mail["To"]) == indirizzo]


def porta_libera() -> int:
    """A port that nobody listens on."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return int(presa.getsockname()[1])


@pytest.fixture
def posta_giu(settings: Settings) -> None:
    """Mail goes by SMTP to a port where nobody answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", porta_libera()


@pytest.fixture
def posta(posta_giu: None, settings: Settings) -> Iterator[Ufficio]:
    """Mail goes by SMTP to a server that keeps it."""
    ufficio = Ufficio()
    controller = Controller(ufficio, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield ufficio
    controller.stop()
