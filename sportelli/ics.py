"""An appointment as a calendar file (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from sportelli.models import Appuntamento
from sportelli.racconto import dove

LARGHEZZA = 73  # octets of a line, beside its end and the space of a continuation


def in_ics(appuntamento: Appuntamento) -> str:
    """The whole file. Instants in UTC, so that no time zone need be described; no name, no words of whoever comes."""
    nome = f"{appuntamento.sportello.nome}: {appuntamento.prestazione.nome}"
    portare = appuntamento.prestazione.da_portare
    righe = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Comune di Lucca//Partecipa//IT",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{appuntamento.codice}@{urlsplit(settings.SITO_URL).hostname}",
        f"DTSTAMP:{_istante(appuntamento.created_at)}",
        f"DTSTART:{_istante(appuntamento.inizio)}",
        f"DTEND:{_istante(appuntamento.fine)}",
        f"SUMMARY:{_testo(nome)}",
        f"LOCATION:{_testo(dove(appuntamento.sportello))}",
        f"DESCRIPTION:{_testo(_('Porta con te:') + chr(10) + portare if portare else appuntamento.codice)}",
        f"URL:{settings.SITO_URL}{appuntamento.get_absolute_url()}",
        f"STATUS:{'CONFIRMED' if appuntamento.atteso else 'CANCELLED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_piega(riga)}\r\n" for riga in righe)


def _istante(quando: datetime) -> str:
    return quando.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _testo(parole: str) -> str:
    """Escaped as the standard wants."""
    for segno in ("\\", ";", ","):
        parole = parole.replace(segno, f"\\{segno}")
    return parole.replace("\r\n", "\\n").replace("\n", "\\n")


def _piega(riga: str) -> str:
    """Lines of at most 75 octets, never cut within a letter."""
    pezzi, pezzo = [], ""
    for lettera in riga:
        if len((pezzo + lettera).encode()) > LARGHEZZA:
            pezzi.append(pezzo)
            pezzo = ""
        pezzo += lettera
    return "\r\n ".join([*pezzi, pezzo])
