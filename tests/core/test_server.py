"""The site as a server: bytes on a socket, processes that start and stop."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.urls import path as ws_path
from django.views.decorators.csrf import csrf_exempt
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from core import realtime
from core.ratelimit import indirizzo
from lucca_partecipa import asgi, urls
from tests.core.ascolto import in_ascolto
from tests.core.test_realtime import Ascolta
from tests.processi import ROOT, porta_libera

pytestmark = pytest.mark.urls(__name__)


def _chi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{indirizzo(request)} {request.is_secure()}")


@csrf_exempt
def _quanto(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.body)))


urlpatterns = [path("chi/", _chi), path("quanto/", _quanto), *urls.urlpatterns]


@pytest.fixture
def sito() -> Iterator[str]:
    """Our whole ASGI application, with one socket more that anybody of ours may open."""
    asgi.addresses.insert(0, ws_path("ws/prova/", Ascolta.as_asgi()))
    with in_ascolto(asgi.application, ws_max_size=1024) as dove:
        yield dove
    del asgi.addresses[0]


def _detto(sito: str, testo: bytes) -> bytes:
    """What the server answers to these bytes, until it hangs up."""
    nome, porta = sito.split(":")
    with socket.create_connection((nome, int(porta)), timeout=20) as presa:
        presa.sendall(testo)
        risposta = b""
        while pezzo := presa.recv(65536):
            risposta += pezzo
    return risposta


def _intestazioni(*altre: str) -> bytes:
    righe = ["Host: 127.0.0.1", "Connection: close", "Content-Type: application/octet-stream", *altre]
    return "".join(f"{riga}\r\n" for riga in righe).encode() + b"\r\n"


def _chunked(*pezzi: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in pezzi) + b"0\r\n\r\n"


# --- bodies -----------------------------------------------------------------------------------------------


def test_a_chunked_body_reaches_the_view(sito: str) -> None:
    domanda = b"POST /quanto/ HTTP/1.1\r\n" + _intestazioni("Transfer-Encoding: chunked") + _chunked(b"ciao", b" Anna")
    assert _detto(sito, domanda).endswith(b"\r\n\r\n9")


@pytest.mark.parametrize("modo", ["length", "chunked"])
def test_twenty_megabytes_too_many_get_a_page_and_not_a_reset(sito: str, settings: Any, modo: str) -> None:
    settings.BODY_MAX_BYTES = asgi.http.limit
    corpo = b"x" * (settings.BODY_MAX_BYTES + 20_000_000)
    testo = _intestazioni(f"Content-Length: {len(corpo)}") + corpo
    if modo == "chunked":
        testo = _intestazioni("Transfer-Encoding: chunked") + _chunked(corpo)
    risposta = _detto(sito, b"POST /quanto/ HTTP/1.1\r\n" + testo)
    assert risposta.startswith(b"HTTP/1.1 413 ")
    assert "Quello che hai mandato è troppo grande" in risposta.decode()


def test_clients_that_send_slowly_hold_up_nobody(sito: str, settings: Any) -> None:
    """One more than there are threads, each in the middle of its body."""
    nome, porta = sito.split(":")
    with ExitStack() as lenti:
        for _ in range(settings.WEB_THREADS + 1):
            lento = lenti.enter_context(socket.create_connection((nome, int(porta)), timeout=5))
            lento.sendall(b"POST /quanto/ HTTP/1.1\r\n" + _intestazioni("Content-Length: 1000") + b"a")
        altro = http.client.HTTPConnection(nome, int(porta), timeout=5)
        with closing(altro):
            altro.request("GET", "/healthz")
            assert altro.getresponse().status == 200


# --- who asks ---------------------------------------------------------------------------------------------


def test_a_stranger_cannot_add_to_what_our_proxy_says(sito: str, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    proxy = _intestazioni(
        "X_Forwarded_Proto: https", "X-Forwarded-For: 203.0.113.1, 198.51.100.7", "X-Forwarded-Proto: http",
        "X_Forwarded_For: 203.0.113.2",
    )  # fmt: skip
    assert b"198.51.100.7 False" in _detto(sito, b"GET /chi/ HTTP/1.1\r\n" + proxy)


@pytest.mark.parametrize("percorso", [b"/caff\xc3\xa8", b"/?q=caff\xc3\xa8", b"/%00", b"/healthz?q=%00"])
def test_an_address_that_no_browser_writes_is_a_400(sito: str, percorso: bytes) -> None:
    assert _detto(sito, b"GET " + percorso + b" HTTP/1.1\r\n" + _intestazioni()).startswith(b"HTTP/1.1 400 ")


# --- sockets ----------------------------------------------------------------------------------------------


def test_a_page_of_ours_opens_a_socket(sito: str) -> None:
    with connect(f"ws://{sito}/ws/prova/", origin=Origin(f"http://{sito}")) as pagina:
        realtime._manda("prova", 7)
        assert pagina.recv(timeout=1) == '{"versione": 7}'


@pytest.mark.parametrize(
    ("dove", "origine"),
    [
        ("/ws/prova/", "https://altrove.example"),
        ("/ws/prova/", None),
        ("/ws/prova/", "null"),
        ("/ws/altro/", "http://127.0.0.1"),
        ("/", "http://127.0.0.1"),
    ],
)
def test_a_stranger_or_a_wrong_address_does_not(sito: str, dove: str, origine: Any) -> None:
    with pytest.raises(InvalidStatus) as rifiuto, connect(f"ws://{sito}{dove}", origin=origine):
        pass
    assert rifiuto.value.response.status_code == 403


def test_who_shouts_into_a_socket_is_hung_up_on(sito: str) -> None:
    with connect(f"ws://{sito}/ws/prova/", origin=Origin(f"http://{sito}")) as pagina:
        pagina.send("a" * 2000)
        with pytest.raises(ConnectionClosed) as chiusa:
            pagina.recv(timeout=5)
    assert chiusa.value.rcvd is not None
    assert chiusa.value.rcvd.code == 1009  # message too big


def test_a_server_that_stops_says_goodbye_to_open_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "websocket", Ascolta.as_asgi())
    with in_ascolto(asgi.application) as dove:
        pagina = connect(f"ws://{dove}/ws/")
    with pagina, pytest.raises(ConnectionClosed) as chiusa:
        pagina.recv(timeout=5)
    assert chiusa.value.rcvd is not None
    assert chiusa.value.rcvd.code == 1012  # service restart: the page tries again


# --- a process --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("processi", [1, 2])
def test_a_process_ends_when_told_to_even_with_a_client_in_the_middle(tmp_path: Path, processi: int) -> None:
    porta = porta_libera()
    ambiente = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "lucca_partecipa.settings.dev", "VAR_DIR": str(tmp_path / "var"),
    }  # fmt: skip
    comando = [
        sys.executable, "-m", "uvicorn", "lucca_partecipa.asgi:application", "--port", str(porta),
        "--workers", str(processi), "--timeout-graceful-shutdown", "1", "--no-access-log",
    ]  # fmt: skip
    registro = tmp_path / "registro"
    with registro.open("wb") as uscita:
        processo = subprocess.Popen(comando, cwd=ROOT, env=ambiente, stdout=uscita, stderr=uscita)
        try:
            _pronto(porta, processo)
            with socket.create_connection(("127.0.0.1", porta), timeout=5) as lento:
                lento.sendall(b"POST /healthz HTTP/1.1\r\n" + _intestazioni("Content-Length: 1000") + b"a")
                processo.send_signal(signal.SIGTERM)
                processo.wait(timeout=15)
        finally:
            processo.kill()
            processo.wait()
    assert processo.returncode in {0, -signal.SIGTERM}  # uvicorn takes its leave with the signal itself
    assert "Exception ignored" not in registro.read_text()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", porta), timeout=1)


def _pronto(porta: int, processo: subprocess.Popen[bytes]) -> None:
    fine = time.monotonic() + 40
    while time.monotonic() < fine:
        assert processo.poll() is None
        try:
            altro = http.client.HTTPConnection("127.0.0.1", porta, timeout=5)
            altro.request("GET", "/healthz")
            assert altro.getresponse().status == 200
            altro.close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not start")
