"""A process that has loaded the site once and makes a server of it by fork: two seconds of CPU less for each.

`python -m tests.vivaio`; tests.processi.Vivaio starts it and talks to it, a line of JSON at a time. What a fork shares
with the next are modules and compiled templates; connections, threads, cache and state are its own.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import uvicorn

PAZIENZA = 10.0  # seconds that a server may take to end


def carica() -> None:
    """All that a server loads before its first answer."""
    import_module("lucca_partecipa.asgi")  # it sets Django up

    from django.conf import settings
    from django.db import connections
    from django.template.loader import get_template
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    cartella = Path(settings.BASE_DIR, "templates")
    for modello in sorted(cartella.rglob("*.html")):
        get_template(str(modello.relative_to(cartella)))
    connections.close_all()
    gc.collect()
    gc.freeze()
    assert threading.active_count() == 1, "a fork would lose these threads"


def nasci(porta: int, registro: str, posta: int) -> None:
    """What a fork does: the server, as `python -m uvicorn` runs it, until it is told to end."""
    from django.conf import settings

    signal.signal(signal.SIGINT, signal.default_int_handler)
    uscita = os.open(registro, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nulla = os.open(os.devnull, os.O_RDONLY)
    for da, a in ((nulla, 0), (uscita, 1), (uscita, 2)):
        os.dup2(da, a)
    settings.EMAIL_PORT = posta
    uvicorn.run("lucca_partecipa.asgi:application", port=porta, log_level="warning", access_log=False)


def _nuovo(dati: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        nasci(**dati)
    finally:
        os._exit(0)


def _finisci(pid: int) -> bool:
    """Tells a fork to end; False when it had ended by itself."""
    viveva = os.waitpid(pid, os.WNOHANG)[0] == 0
    fine = time.monotonic() + PAZIENZA
    if viveva:
        os.kill(pid, signal.SIGTERM)
    while viveva and os.waitpid(pid, os.WNOHANG)[0] == 0:
        if time.monotonic() > fine:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            break
        time.sleep(0.01)
    return viveva


if __name__ == "__main__":
    carica()
    print(json.dumps("pronto"), flush=True)  # noqa: T201
    for riga in sys.stdin:
        ordine = json.loads(riga)
        risposta = _finisci(ordine["fine"]) if "fine" in ordine else _nuovo(ordine)
        print(json.dumps(risposta), flush=True)  # noqa: T201
