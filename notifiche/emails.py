"""A notice as a mail: text and HTML, one link, nothing that needs pictures."""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from core.tempo import adesso
from notifiche.models import Notifica
from notifiche.tipi import TIPI

LINGUA = "it"
OGGETTO_MASSIMO = 150  # characters
_VUOTE = re.compile(r"\n\s*\n\s*\n")  # what optional parts leave behind


def oggetto(tipo: str, dati: dict[str, Any]) -> str:
    """What happened, in one line: also the title of the notice on the site. Line ends become spaces."""
    testo = " ".join(render_to_string(f"email/{tipo}.subject.txt", dati).split())
    return testo if len(testo) <= OGGETTO_MASSIMO else f"{testo[: OGGETTO_MASSIMO - 1].rstrip()}…"


def message_id(notifica: Notifica) -> str:
    """The same at every attempt: a mail that left twice is recognised as one by who receives it."""
    return f"<{notifica.uid}@{urlsplit(settings.SITO_URL).hostname}>"


def componi(notifica: Notifica, *, a: str, collegamento: str) -> EmailMultiAlternatives:
    """The mail to the address `a`; `collegamento` = the whole URL of its one button."""
    with override(LINGUA):
        dati = {**notifica.dati, "collegamento": collegamento}
        titolo = oggetto(notifica.tipo, notifica.dati)
        testo = _VUOTE.sub("\n\n", render_to_string(f"email/{notifica.tipo}.txt", dati))
        html = render_to_string(f"email/{notifica.tipo}.html", {**dati, "oggetto": titolo})
    headers = {
        "Message-ID": message_id(notifica),
        "Date": format_datetime(timezone.localtime(adesso())),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if not TIPI[notifica.tipo].dovuto:
        headers["List-Unsubscribe"] = f"<{collegamento}>"
    mail = EmailMultiAlternatives(titolo, testo.strip() + "\n", to=[a], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
