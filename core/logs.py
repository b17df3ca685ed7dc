"""Log lines: structured in production, with the id of the request, never with personal data.

A line may say where (path), what and how long; never who. Formatters clean every line on its way out, because a
library that logs a path or a database error cannot know which part of it is somebody's address or secret.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

richiesta: ContextVar[str] = ContextVar("richiesta", default="-")

RIGA_MASSIMA = 20_000  # characters of one line with its trace: strangers write the paths that we log
_COPERTI = (
    # Secrets that links carry in their path: ours (accounts.magic) and those of allauth.
    (re.compile(r"(/(?:chiave|confirm-email|reset/key)/)[^/\s?'\"]+"), r"\1…"),
    # What people look for or filled in.
    (re.compile(r"(?<=[\w/-])\?[^\s'\"<>]+"), "?…"),
    # Bounded on both sides: a path of 32,000 letters must not take seconds (every letter could begin an address).
    (re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,}", re.IGNORECASE), "…@…"),
    # PostgreSQL quotes the row that broke a rule.
    (re.compile(r"(DETAIL|CONTEXT|HINT):  .*"), r"\1: …"),
    (re.compile(r"(LINE \d+): .*"), r"\1: …"),
)


def copri(testo: str) -> str:
    """The text without query strings, e-mail addresses, secrets of links and values of rows; what is endless is cut."""
    if len(testo) > RIGA_MASSIMA:
        testo = f"{testo[:RIGA_MASSIMA]}… ({len(testo)} characters)"
    for forma, al_suo_posto in _COPERTI:
        testo = forma.sub(al_suo_posto, testo)
    return testo


class RequestIdFilter(logging.Filter):
    """Puts the id of the request in hand on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.richiesta = getattr(getattr(record, "request", None), "richiesta", richiesta.get())
        return True


class TextFormatter(logging.Formatter):
    """One readable line per record, cleaned."""

    def format(self, record: logging.LogRecord) -> str:
        return copri(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object per line, cleaned: time (ISO 8601, UTC), level, logger, request, message, and exception if any.

    These keys and no others: Django hangs the whole request on its records, and a formatter that writes everything
    it finds would print the query string.
    """

    def format(self, record: logging.LogRecord) -> str:
        riga = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "richiesta", "-"),
            "message": copri(record.getMessage()),
        }
        if record.exc_info:
            riga["exception"] = copri(self.formatException(record.exc_info))
        return json.dumps(riga, ensure_ascii=False)
