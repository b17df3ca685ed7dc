"""A letter box on disk, where no mail server is configured: one .eml file per mail, in EMAIL_FILE_PATH.

Django's own file backend writes the mails of one connection into one log; here each can be opened on its own, by a
mail program or by the pages of notifiche.demo.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import DateHeader
from email.message import EmailMessage as Letto
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import is_aware

from core.tempo import adesso

_NOME = re.compile(r"\d{8}-\d{12}-[0-9a-f]{8}")


def cartella() -> Path:
    """Where the mails are."""
    return Path(settings.EMAIL_FILE_PATH)


class EmailBackend(BaseEmailBackend):
    """Django's e-mail backend (EMAIL_BACKEND) that fills the letter box."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes them; a half-written file is never seen by who reads."""
        cartella().mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            nome = f"{adesso():%Y%m%d-%H%M%S%f}-{secrets.token_hex(4)}"
            meta = cartella() / f".{nome}"
            meta.write_bytes(mail.message().as_bytes())
            meta.rename(cartella() / f"{nome}.eml")
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Lettera:
    """A mail of the box. nome: its name in addresses; html: "" when it has none."""

    nome: str
    oggetto: str
    a: str
    da: str
    quando: datetime | None
    testo: str
    html: str


def nomi() -> list[str]:
    """Names of all mails, newest first."""
    return sorted((file.stem for file in cartella().glob("*.eml") if _NOME.fullmatch(file.stem)), reverse=True)


def leggi(nome: str) -> Lettera | None:
    """One mail; None when there is none by this name. A name is digits and hyphens: it cannot leave the folder."""
    file = cartella() / f"{nome}.eml"
    if not _NOME.fullmatch(nome) or not file.is_file():
        return None
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    return Lettera(
        nome=nome,
        oggetto=str(mail["Subject"] or ""),
        a=str(mail["To"] or ""),
        da=str(mail["From"] or ""),
        quando=_quando(mail["Date"]),
        testo=_parte(mail, "plain"),
        html=_parte(mail, "html"),
    )


def _quando(data: object) -> datetime | None:
    if not isinstance(data, DateHeader) or data.datetime is None:
        return None
    # «-0000», which Django writes by itself, is UTC and comes without a zone.
    return data.datetime if is_aware(data.datetime) else data.datetime.replace(tzinfo=UTC)


def _parte(mail: Letto, specie: str) -> str:
    parte = mail.get_body((specie,))
    return str(parte.get_content()) if parte else ""
