"""A real mail server for tests: in a thread, on a free port of the loopback."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.processi import porta_libera


class Ufficio:
    """The post office: keeps what arrives, refuses whom it is told to."""

    def __init__(self, porta: int) -> None:
        self.porta = porta
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

    def aspetta(self, indirizzo: str, quante: int = 1, *, entro: float = 15.0) -> list[EmailMessage]:
        """What arrived for this address, as soon as it is this many; fails after `entro` seconds."""
        fine = time.monotonic() + entro
        while len(self.a(indirizzo)) < quante:
            assert time.monotonic() < fine, f"{len(self.a(indirizzo))} of {quante} mails arrived"
            time.sleep(0.05)
        return self.a(indirizzo)


@contextmanager
def ufficio_postale(porta: int = 0) -> Iterator[Ufficio]:
    """Opens the post office on this port, or on a free one."""
    ufficio = Ufficio(porta or porta_libera())
    controller = Controller(ufficio, hostname="127.0.0.1", port=ufficio.porta)
    controller.start()
    try:
        yield ufficio
    finally:
        controller.stop()
