"""The request id: in every log line and in the answer's header, so that a complaint can be traced without names."""

from __future__ import annotations

import logging
from contextvars import ContextVar

richiesta: ContextVar[str] = ContextVar("richiesta", default="-")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request in hand on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.richiesta = richiesta.get()
        return True
