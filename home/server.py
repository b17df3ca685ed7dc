"""Serving the site: one uvicorn for HTTP and web sockets, for `servi` and `demo`."""

from __future__ import annotations

import contextlib
import socket

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError

APPLICAZIONE = "lucca_partecipa.asgi:application"
PAROLE_DEL_CLIENT = 65_536  # bytes of one message of a web socket: the browser has nothing to say
CHIUDI_ENTRO = 5  # seconds that open connections have when the server is stopped


def controlla(host: str, port: int, workers: int = 1) -> None:
    """Raises CommandError, in words, when the server could not run like this: before anything long is done."""
    if workers > 1 and not settings.REDIS_URL:
        raise CommandError(
            "Più processi hanno bisogno di Redis per dirsi che cosa cambia: imposta REDIS_URL, "
            "oppure servi con --workers 1."
        )
    famiglia = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(famiglia, socket.SOCK_STREAM) as prova:
        prova.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prova.bind((host, port))
        except OSError as errore:
            raise CommandError(
                f"Non posso servire su {host}:{port} ({errore.strerror}). Se la porta è occupata chiudi l’altro "
                f"programma, o scegline un’altra: PORT={port + 1} make demo."
            ) from errore


def servi(host: str, port: int, *, workers: int = 1, log_level: str = "info") -> None:
    """Serves until Ctrl-C, which ends it in order."""
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again once it has closed everything
        uvicorn.run(
            APPLICAZIONE,
            host=host,
            port=port,
            workers=workers,
            log_level=log_level,
            access_log=False,
            proxy_headers=False,  # core.ratelimit.indirizzo alone decides whom to believe
            ws_max_size=PAROLE_DEL_CLIENT,
            timeout_graceful_shutdown=CHIUDI_ENTRO,
        )


def indirizzo(host: str, port: int) -> str:
    """Address of the site as a browser wants it."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
