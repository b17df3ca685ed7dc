"""What may stand in a log line, and what never does."""

from __future__ import annotations

import json
import logging
import logging.config
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import RequestFactory

from core.logs import JsonFormatter, RequestIdFilter, TextFormatter, copri, richiesta


def _record(
    messaggio: str, *argomenti: object, guasto: BaseException | None = None, **altro: object
) -> logging.LogRecord:
    info = (type(guasto), guasto, guasto.__traceback__) if guasto else None
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, messaggio, argomenti, info)
    record.__dict__.update(altro)
    RequestIdFilter().filter(record)
    return record


def _json(record: logging.LogRecord) -> dict[str, str]:
    riga = JsonFormatter().format(record)
    assert "\n" not in riga
    letto: dict[str, str] = json.loads(riga)
    return letto


def _preso(guasto: Exception) -> Exception:
    try:
        raise guasto
    except type(guasto) as preso:
        return preso


def test_production_writes_json_with_the_number_of_the_request() -> None:
    segno = richiesta.set("0123456789abcdef")
    try:
        riga = _json(_record("GET %s %d", "/segnalazioni/", 200))
    finally:
        richiesta.reset(segno)
    assert datetime.fromisoformat(riga.pop("time")).tzinfo is not None
    assert riga == {
        "level": "ERROR",
        "logger": "django.request",
        "request": "0123456789abcdef",
        "message": "GET /segnalazioni/ 200",
    }


def test_a_line_outside_a_request_says_so() -> None:
    assert _json(_record("avvio"))["request"] == "-"


def test_a_failure_brings_its_trace() -> None:
    riga = _json(_record("failed", guasto=_preso(ZeroDivisionError("per zero"))))
    assert riga["exception"].startswith("Traceback")
    assert riga["exception"].endswith("ZeroDivisionError: per zero")


def test_the_request_that_django_hangs_on_a_record_stays_out() -> None:
    richiesta_intera = RequestFactory().get("/cerca/?q=anna@example.org", REMOTE_ADDR="192.0.2.7")
    riga = JsonFormatter().format(_record("Not Found: %s", "/cerca/", request=richiesta_intera, status_code=404))
    assert "anna" not in riga
    assert "192.0.2.7" not in riga


@pytest.mark.parametrize(
    ("detto", "scritto"),
    [
        (
            "Not Found: /segnalazioni/LU-0000-0000/chiave/Zm9vYmFyYmF6cXV4/",
            "Not Found: /segnalazioni/LU-0000-0000/chiave/…/",
        ),
        ("/accedi/confirm-email/MQ:1vF:x_y/ 200", "/accedi/confirm-email/…/ 200"),
        ("/accedi/password/reset/key/1-cx2-abcdef/", "/accedi/password/reset/key/…/"),
        ("GET /luoghi/?q=via+Fillungo&lat=43.8 200", "GET /luoghi/?… 200"),
        ("http://127.0.0.1:8000/a?next=/b/ rotto", "http://127.0.0.1:8000/a?… rotto"),
        ("mail to Anna.Bianchi+lu@posta.comune.example.it failed", "mail to …@… failed"),
        ("Riuscito? Forse.", "Riuscito? Forse."),
        ("ws://x/ws/segnalazioni/LU-0000-0000/ open", "ws://x/ws/segnalazioni/LU-0000-0000/ open"),
    ],
)
def test_secrets_searches_and_addresses_are_covered(detto: str, scritto: str) -> None:
    assert copri(detto) == scritto
    assert _json(_record(detto.replace("%", "%%")))["message"] == scritto
    assert TextFormatter("%(message)s").format(_record(detto)) == scritto


def test_the_row_that_postgresql_quotes_is_covered() -> None:
    guasto = _preso(IntegrityError('duplicate key violates "x"\nDETAIL:  Key (nome)=(Anna Bianchi) already exists.'))
    for riga in (_json(_record("failed", guasto=guasto))["exception"], _json(_record("raised %r", guasto))["message"],
                 TextFormatter("%(message)s").format(_record("failed", guasto=guasto))):  # fmt: skip
        assert "Anna" not in riga
        assert 'duplicate key violates "x"' in riga


@pytest.mark.parametrize(("nome", "classe"), [("json", JsonFormatter), ("testo", TextFormatter)])
def test_a_line_as_the_settings_print_it(nome: str, classe: type[logging.Formatter]) -> None:
    console = settings.LOGGING["handlers"]["console"]
    assert console["filters"] == ["richiesta"]
    assert settings.LOGGING["filters"]["richiesta"] == {"()": "core.logs.RequestIdFilter"}
    costruttore: Any = logging.config.dictConfigClass(settings.LOGGING)
    formato = costruttore.configure_formatter(dict(settings.LOGGING["formatters"][nome]))
    assert type(formato) is classe
    riga = formato.format(_record("GET %s", "/a/?q=b"))
    assert "GET /a/?…" in riga
