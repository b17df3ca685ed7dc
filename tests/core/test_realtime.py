"""What one thread says after its commit is heard by every open page, within a second."""

from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any, Literal
from uuid import uuid4

import pytest
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import channel_layers, get_channel_layer
from channels_redis import pubsub
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from redis import Redis
from websockets.sync.client import ClientConnection, connect

from core import realtime
from core.realtime import annuncia, in_silenzio
from lucca_partecipa import asgi
from tests.core.ascolto import in_ascolto

ANELLI: list[Literal["asyncio", "uvloop"]] = ["asyncio", "uvloop"]


class Ascolta(AsyncJsonWebsocketConsumer):
    """An open page."""

    groups = ("prova",)
    anello: asyncio.AbstractEventLoop | None = None

    async def connect(self) -> None:
        Ascolta.anello = asyncio.get_running_loop()
        await self.accept()

    async def cambiata(self, evento: dict[str, Any]) -> None:
        await self.send_json({"versione": evento["versione"]})


def _annuncia(request: HttpRequest, versione: int) -> HttpResponse:
    realtime._manda("prova", versione)
    return HttpResponse(threading.current_thread().name)


urlpatterns = [path("annuncia/<int:versione>/", _annuncia)]


@pytest.fixture(params=ANELLI)
def sito(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Our own ASGI application, served by uvicorn, with one socket that anybody may open."""
    monkeypatch.setattr(asgi, "websocket", Ascolta.as_asgi())
    with in_ascolto(asgi.application, loop=request.param) as dove:
        yield dove


def _versione(pagina: ClientConnection) -> int:
    versione: int = json.loads(pagina.recv(timeout=1))["versione"]
    return versione


@pytest.mark.urls(__name__)
def test_a_view_is_heard_by_every_page_within_a_second(sito: str) -> None:
    with ExitStack() as aperte:
        pagine = [aperte.enter_context(connect(f"ws://{sito}/ws/")) for _ in range(3)]
        for versione in range(1, 6):
            inizio = time.perf_counter()
            with urllib.request.urlopen(f"http://{sito}/annuncia/{versione}/") as risposta:
                assert risposta.read().startswith(b"WSGI")  # a thread of a2wsgi, not the loop
            assert [_versione(p) for p in pagine] == [versione] * 3
            assert time.perf_counter() - inizio < 1


def test_any_thread_of_the_process_is_heard(sito: str) -> None:
    """The timer's, for one: nothing else wakes the loop up after it has spoken."""
    with connect(f"ws://{sito}/ws/") as pagina:
        for versione in range(1, 21):
            filo = threading.Thread(target=realtime._manda, args=("prova", versione))
            filo.start()
            filo.join()
            assert _versione(pagina) == versione


def test_it_speaks_from_the_loop_of_the_sockets(sito: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The queues of the memory layer must not be touched from any other."""
    visti: list[asyncio.AbstractEventLoop] = []
    layer: Any = get_channel_layer()
    vero = layer.group_send

    async def group_send(gruppo: str, messaggio: dict[str, Any]) -> None:
        visti.append(asyncio.get_running_loop())
        await vero(gruppo, messaggio)

    with connect(f"ws://{sito}/ws/") as pagina:
        monkeypatch.setattr(layer, "group_send", group_send, raising=False)
        realtime._manda("prova", 7)
        assert _versione(pagina) == 7
    assert visti == [Ascolta.anello]


# --- after commit, and only then --------------------------------------------------------------------------


@pytest.fixture
def mandati(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What was announced."""
    visti: list[tuple[str, int]] = []
    monkeypatch.setattr(realtime, "_manda", lambda *che: visti.append(che))
    return visti


def test_nothing_is_said_before_the_commit(
    db: None, mandati: list[tuple[str, int]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        annuncia("segnalazione.LU-0000-0000", 3)
        assert mandati == []
    assert mandati == [("segnalazione.LU-0000-0000", 3)]


def test_nothing_is_said_of_what_was_rolled_back(
    db: None, mandati: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def fallisci() -> None:
        with transaction.atomic():
            annuncia("prova", 1)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fallisci()
    assert mandati == []


def test_imports_are_made_in_silence(db: None, mandati: Any, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with in_silenzio():
            annuncia("prova", 1)
        annuncia("prova", 2)
    assert mandati == [("prova", 2)]


# --- a channel layer that does not answer -----------------------------------------------------------------


class _Muto:
    async def group_send(self, gruppo: str, messaggio: dict[str, Any]) -> None:
        await asyncio.Event().wait()


def _attendi(caplog: pytest.LogCaptureFixture, quanti: int) -> None:
    fine = time.monotonic() + 5
    while len(caplog.messages) < quanti:
        assert time.monotonic() < fine, caplog.messages
        time.sleep(0.01)


def test_a_layer_that_hangs_delays_nobody(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(realtime, "get_channel_layer", _Muto)
    monkeypatch.setattr(realtime, "SI_RINUNCIA_DOPO", 0.05)
    inizio = time.perf_counter()
    for versione in range(100):
        realtime._manda("prova", versione)
    assert time.perf_counter() - inizio < 0.5
    _attendi(caplog, 100)
    assert set(caplog.messages) == {"hint lost, channel layer not answering: TimeoutError"}


def test_a_dead_redis_breaks_and_delays_nothing(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": "redis://127.0.0.1:1/0", "socket_connect_timeout": 2}]},
        }
    }
    channel_layers.backends.clear()
    get_channel_layer()  # importing the library takes its time, once
    inizio = time.perf_counter()
    realtime._manda("prova", 1)
    assert time.perf_counter() - inizio < 0.1
    _attendi(caplog, 1)
    assert caplog.messages[0].startswith("hint lost, channel layer not answering")


@pytest.fixture
def connessioni(settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Redis, with our own name on every connection; answers the pools that are made."""
    fatte: list[str] = []
    vera = pubsub.create_pool

    def create_pool(host: dict[str, Any]) -> Any:
        fatte.append(host["client_name"])
        return vera(host)

    monkeypatch.setattr(pubsub, "create_pool", create_pool)
    layer = settings.CHANNEL_LAYERS["default"]
    host = {"address": settings.REDIS_URL, "client_name": f"prova-{uuid4().hex}"}
    settings.CHANNEL_LAYERS = {"default": {**layer, "CONFIG": {**layer["CONFIG"], "hosts": [host]}}}
    channel_layers.backends.clear()
    return fatte


@pytest.mark.services
def test_however_many_threads_speak_there_is_one_pool(connessioni: list[str], sito: str) -> None:
    with connect(f"ws://{sito}/ws/") as pagina:
        fili = [threading.Thread(target=realtime._manda, args=("prova", n)) for n in range(30)]
        for filo in fili:
            filo.start()
        assert sorted(_versione(pagina) for _ in fili) == list(range(30))
    assert len(connessioni) == 1


@pytest.mark.services
def test_pages_hear_again_after_redis_was_away(connessioni: list[str], sito: str, settings: Any) -> None:
    with connect(f"ws://{sito}/ws/") as pagina, Redis.from_url(settings.REDIS_URL) as redis:
        realtime._manda("prova", 1)
        assert _versione(pagina) == 1
        nostre = [c["id"] for c in redis.client_list() if c["name"] == connessioni[0]]
        assert len(nostre) == 2  # one listens, one speaks
        for numero in nostre:
            redis.client_kill_filter(_id=numero)
        fine = time.monotonic() + 10
        sentita = 0
        while not sentita:
            assert time.monotonic() < fine, "nobody hears any more"
            realtime._manda("prova", 2)
            with suppress(TimeoutError):
                sentita = json.loads(pagina.recv(timeout=0.2))["versione"]
        assert sentita == 2
