"""Short ways to counters, turns and appointments, through the real actions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.timezone import make_aware

from accounts.models import User
from comune.models import Ufficio
from notifiche.models import CanaleAvviso, Notifica
from sportelli import actions
from sportelli.liberi import liberi
from sportelli.models import Accesso, Appuntamento, Orario, Prestazione, Sportello, Turno


def alle(ora: str, giorno: str = "2026-11-30") -> datetime:
    """An instant by the clock on the wall in Lucca; 30 November 2026 is a Monday."""
    return make_aware(datetime.combine(date.fromisoformat(giorno), time.fromisoformat(ora)))


def apri_sportello(slug: str = "anagrafe", *, ufficio: Ufficio | None = None, **altro: Any) -> Sportello:
    """A counter with nothing known of it but its name."""
    campi = {"nome": f"Sportello {slug}", "scopo": "Serve alla prova.", "ufficio": ufficio} | altro
    sportello: Sportello = Sportello.objects.create(slug=slug, **campi)
    return sportello


def orario(
    sportello: Sportello,
    giorno: int,
    dalle: str,
    finoalle: str,
    *,
    accesso: str = Accesso.APPUNTAMENTO,
    postazioni: int = 1,
) -> Orario:
    """A stretch of its week."""
    da, a = time.fromisoformat(dalle), time.fromisoformat(finoalle)
    campi: dict[str, Any] = {"giorno": giorno, "dalle": da, "alle": a, "accesso": accesso, "postazioni": postazioni}
    return Orario.objects.create(sportello=sportello, **campi)


def per(sportello: Sportello, minuti: int = 30, **altro: Any) -> Prestazione:
    """What one may come for."""
    return Prestazione.objects.create(sportello=sportello, **{"nome": "Chiedere un atto", "minuti": minuti} | altro)


def rileggi(sportello: Sportello) -> Sportello:
    """The counter as pages read it."""
    return Sportello.objects.con_gli_orari().get(pk=sportello.pk)


def prendi(
    prestazione: Prestazione,
    quando: datetime | None = None,
    *,
    autore: User | None = None,
    operatore: User | None = None,
    **altro: Any,
) -> Appuntamento:
    """Books, the first free time if none is said: a guest's, unless an account or a colleague does it."""
    dati = {"nome": "Gina Guidi", "email": "" if autore or operatore else "gina@example.org"} | altro
    nuovo = actions.NuovoAppuntamento(prestazione, quando or liberi(prestazione)[0], **dati)
    return actions.prenota(nuovo, autore=autore, operatore=operatore)


def turno(sportello: Sportello, quando: datetime) -> Turno:
    """Its turn at this instant."""
    return Turno.objects.get(sportello=sportello, inizio=quando)


def mail(tipo: str) -> list[Notifica]:
    """The mails of a kind, oldest first."""
    return list(Notifica.objects.filter(tipo=tipo, canale=CanaleAvviso.EMAIL).order_by("pk"))
