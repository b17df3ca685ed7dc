"""A notice as a mail: text and HTML, one link, nothing that needs pictures."""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from core.tempo import adesso
from core.tokens import firma
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


def _della_lista(notifica: Notifica) -> dict[str, str]:
    """gestisci, ferma: where who reads a mailing list changes or stops it. Signed now, kept nowhere."""
    lista = TIPI[notifica.tipo].lista
    if not lista:
        return {}
    gestisci = settings.SITO_URL + reverse(lista, args=[firma(notifica.dati["iscrizione"], lista)])
    return {"gestisci": gestisci, "ferma": f"{gestisci}ferma/"}


def _per_smettere(notifica: Notifica, dati: dict[str, Any]) -> dict[str, str]:
    """Headers by which a mail program stops it: with one press where it is a mailing list (RFC 8058)."""
    if TIPI[notifica.tipo].dovuto:
        return {}
    if "ferma" not in dati:
        return {"List-Unsubscribe": f"<{dati['collegamento']}>"}
    return {"List-Unsubscribe": f"<{dati['ferma']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def componi(notifica: Notifica, *, a: str, collegamento: str) -> EmailMultiAlternatives:
    """The mail to the address `a`; `collegamento` = the whole URL of its one button."""
    with override(LINGUA):
        dati = {**notifica.dati, "collegamento": collegamento, "sito": settings.SITO_URL, **_della_lista(notifica)}
        titolo = oggetto(notifica.tipo, notifica.dati)
        testo = _VUOTE.sub("\n\n", render_to_string(f"email/{notifica.tipo}.txt", dati))
        html = render_to_string(f"email/{notifica.tipo}.html", {**dati, "oggetto": titolo})
    headers = {
        "Message-ID": message_id(notifica),
        "Date": format_datetime(timezone.localtime(adesso())),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    headers |= _per_smettere(notifica, dati)
    mail = EmailMultiAlternatives(titolo, testo.strip() + "\n", to=[a], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
