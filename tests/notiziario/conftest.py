"""Subscribers, and the clock of the newsletter."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.core import mail

from cms.models import Argomento
from core.tempo import adesso, fermo_a
from home.models import RubricaPage
from notiziario import actions
from notiziario.models import RIPENSACI, Abbonamento


def scelte(*argomenti: str, rubriche: tuple[str, ...] = (), cadenza: str = "subito") -> actions.Scelte:
    """Choices by slug."""
    return actions.Scelte(
        tuple(Argomento.objects.filter(slug__in=argomenti)),
        tuple(RubricaPage.objects.filter(slug__in=rubriche)),
        cadenza,
    )


def iscritta(email: str, *argomenti: str, **altro: Any) -> Abbonamento:
    """A mailbox that has asked and confirmed."""
    actions.chiedi(email, scelte(*argomenti, **altro))
    return actions.conferma(email)


def dopo(tempo: timedelta = RIPENSACI) -> int:
    """What the timer does once so much time has passed; answers the mails written."""
    with fermo_a(adesso() + tempo):
        return actions.prosegui()


def ricevute(email: str) -> list[str]:
    """Subjects of the news that this mailbox got, in order."""
    return [str(m.subject) for m in mail.outbox if m.to == [email] and "List-Unsubscribe-Post" in m.extra_headers]


def indirizzo(messaggio: Any, quale: str = "") -> str:
    """The path of the (first) address in a mail that holds these letters."""
    trovati: list[str] = re.findall(r"https?://[^/\s]+(/\S+)", str(messaggio.body))
    return next(t for t in trovati if quale in t)
