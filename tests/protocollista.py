"""A protocol server for tests: real HTTP on the loopback, that behaves as badly as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.processi import porta_libera

Modo = Callable[["Sportello", dict[str, Any]], None]


class Protocollista:
    """Gives numbers from 4812 on, one per key. modi: how the next requests are answered; without any, well."""

    def __init__(self, porta: int) -> None:
        self.porta = porta
        self.modi: list[Modo] = []
        self.richieste: list[dict[str, Any]] = []  # headers and body of each
        self.numeri: dict[str, int] = {}
        self.basta = threading.Event()
        self.chiave = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.porta}/registrazioni"

    def numero(self, chiave: str) -> int:
        """The number of this key: the same however often it is asked for."""
        with self.chiave:
            return self.numeri.setdefault(chiave, 4812 + len(self.numeri))


class Sportello(BaseHTTPRequestHandler):
    """One request."""

    casa: Protocollista
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        corpo = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.casa.chiave:
            self.casa.richieste.append({"headers": dict(self.headers), "corpo": corpo})
            modo = self.casa.modi.pop(0) if self.casa.modi else bene
        modo(self, corpo)

    def rispondi(self, stato: int, dati: Any) -> None:
        """A whole answer."""
        testo = dati if isinstance(dati, bytes) else json.dumps(dati).encode()
        self.send_response(stato)
        self.send_header("Content-Length", str(len(testo)))
        self.end_headers()
        self.wfile.write(testo)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def segnatura(sportello: Sportello, corpo: dict[str, Any]) -> dict[str, Any]:
    """The good answer."""
    numero = sportello.casa.numero(corpo["chiave"])
    return {"registro": "C_E715", "anno": 2026, "numero": f"{numero:07}", "registrata_il": "2026-11-25T10:00:00+01:00"}


def bene(sportello: Sportello, corpo: dict[str, Any]) -> None:
    """Registers and says so."""
    sportello.rispondi(201, segnatura(sportello, corpo))


def stato(codice: int, dati: Any = None) -> Modo:
    """Answers with this status; registers nothing."""
    return lambda sportello, corpo: sportello.rispondi(codice, dati or {"errore": "prova"})


def tace(sportello: Sportello, corpo: dict[str, Any]) -> None:
    """Registers, and never answers."""
    sportello.casa.numero(corpo["chiave"])
    sportello.casa.basta.wait(20)
    sportello.close_connection = True


def muore_a_meta(sportello: Sportello, corpo: dict[str, Any]) -> None:
    """Registers, and dies in the middle of its answer."""
    testo = json.dumps(segnatura(sportello, corpo)).encode()
    sportello.send_response(201)
    sportello.send_header("Content-Length", str(len(testo)))
    sportello.end_headers()
    sportello.wfile.write(testo[: len(testo) // 2])
    sportello.close_connection = True


def gocciola(sportello: Sportello, corpo: dict[str, Any]) -> None:
    """Registers, and answers a byte at a time, for ever."""
    sportello.casa.numero(corpo["chiave"])
    sportello.send_response(201)
    sportello.send_header("Content-Length", "1000")
    sportello.end_headers()
    while not sportello.casa.basta.wait(0.05):
        try:
            sportello.wfile.write(b" ")
            sportello.wfile.flush()
        except OSError:
            return


@contextmanager
def protocollista(porta: int = 0) -> Iterator[Protocollista]:
    """Opens the server on this port, or on a free one."""
    casa = Protocollista(porta or porta_libera())
    server = ThreadingHTTPServer(("127.0.0.1", casa.porta), type("Suo", (Sportello,), {"casa": casa}))
    server.daemon_threads = True
    server.handle_error = lambda *args: None  # type: ignore[method-assign]  # who asked has hung up: meant so
    filo = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    filo.start()
    try:
        yield casa
    finally:
        casa.basta.set()
        server.shutdown()
        server.server_close()
        filo.join(5)
