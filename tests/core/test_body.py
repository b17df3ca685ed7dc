"""Between the server and the threads: the whole body first, and clean headers."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import body
from core.body import WholeBody

LIMITE = 1000


class App:
    """An application that reads its whole body and remembers what it was given."""

    def __init__(self) -> None:
        self.chiamate = 0
        self.corpo = b""
        self.intestazioni: list[tuple[bytes, bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.chiamate += 1
        self.intestazioni = scope["headers"]
        altro = bool(self.lunghezza)
        while altro:
            messaggio = await receive()
            self.corpo += messaggio["body"]
            altro = messaggio["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    @property
    def lunghezza(self) -> int:
        return int(dict(self.intestazioni).get(b"content-length", 0))


class Client:
    """A client that sends its body in pieces, and what it was answered."""

    def __init__(self, pezzi: Iterable[bytes | None] = ()) -> None:
        self.pezzi = list(pezzi)
        self.letti = 0
        self.risposte: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        if self.letti == len(self.pezzi):
            await asyncio.Event().wait()  # an open connection that says nothing more
        pezzo = self.pezzi[self.letti]
        self.letti += 1
        if pezzo is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": pezzo, "more_body": self.letti < len(self.pezzi)}

    async def send(self, messaggio: Any) -> None:
        self.risposte.append(messaggio)

    @property
    def stato(self) -> int | None:
        return self.risposte[0]["status"] if self.risposte else None


def manda(client: Client, app: App, *intestazioni: tuple[str, str], pazienza: float = 5.0) -> None:
    """One request of `client` to `app`, through the gate."""
    scope = {"type": "http", "headers": [(n.encode(), v.encode()) for n, v in intestazioni]}
    porta = WholeBody(app, limit=LIMITE, patience=pazienza)
    asyncio.run(porta(scope, client.receive, client.send))


CHUNKED = ("transfer-encoding", "chunked")


def test_a_body_arrives_whole() -> None:
    client, app = Client([b"uno ", b"due ", b"tre"]), App()
    manda(client, app, ("content-length", "11"), ("content-type", "text/plain"))
    assert (app.corpo, client.stato) == (b"uno due tre", 200)
    assert (b"content-type", b"text/plain") in app.intestazioni


def test_a_chunked_body_is_given_its_length() -> None:
    client, app = Client([b"uno ", b"", b"due"]), App()
    manda(client, app, CHUNKED)
    assert app.corpo == b"uno due"
    assert app.intestazioni == [(b"content-length", b"7")]


def test_a_request_without_a_body_is_passed_on_at_once() -> None:
    for intestazioni in ([], [("content-length", "0")]):
        client, app = Client(), App()
        manda(client, app, *intestazioni)
        assert (app.chiamate, client.letti, client.stato) == (1, 0, 200)


def test_the_thread_begins_when_everything_is_there() -> None:
    class Impaziente(App):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            assert client.letti == 3
            await super().__call__(scope, receive, send)

    client, app = Client([b"a", b"b", b"c"]), Impaziente()
    manda(client, app, CHUNKED)
    assert app.corpo == b"abc"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=8))
def test_no_way_of_cutting_it_changes_it(pezzi: list[bytes]) -> None:
    intero = b"".join(pezzi)
    client, app = Client(pezzi), App()
    manda(client, app, CHUNKED)
    assert app.lunghezza == len(intero)
    assert app.corpo == (intero if len(intero) <= LIMITE else b"")


@pytest.fixture
def tenuti(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """How many bytes of each body were kept in the end, and whether on disk."""
    visti: list[tuple[int, bool]] = []

    class Spia(tempfile.SpooledTemporaryFile[bytes]):
        def __exit__(self, *altro: Any) -> None:
            visti.append((self.seek(0, os.SEEK_END), bool(getattr(self, "_rolled", False))))
            super().__exit__(*altro)

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", Spia)
    return visti


def test_a_large_body_lies_on_disk_and_comes_back(
    monkeypatch: pytest.MonkeyPatch, tenuti: list[tuple[int, bool]]
) -> None:
    monkeypatch.setattr(body, "IN_MEMORY", 100)
    monkeypatch.setattr(body, "PIECE", 64)
    intero = os.urandom(LIMITE)
    client, app = Client([intero[:300], intero[300:]]), App()
    manda(client, app, ("content-length", str(LIMITE)))
    assert app.corpo == intero
    assert tenuti == [(LIMITE, True)]


# --- too much ---------------------------------------------------------------------------------------------


def test_too_large_a_body_is_read_to_its_end_and_thrown_away() -> None:
    """The browser reads no answer while it is still sending."""
    client, app = Client([b"x" * 400] * 5), App()
    manda(client, app, ("content-length", "2000"))
    assert client.letti == 5
    assert app.lunghezza == 2000
    assert app.corpo == b""
    assert app.chiamate == 1  # Django says 413, by the length


def test_a_chunked_body_cannot_hide_its_size() -> None:
    client, app = Client([b"x" * 400] * 5), App()
    manda(client, app, CHUNKED)
    assert app.lunghezza == 2000
    assert app.corpo == b""


def test_nothing_of_it_is_kept(tenuti: list[tuple[int, bool]]) -> None:
    manda(Client([b"x" * 400] * 5), App(), CHUNKED)
    assert [byte for byte, _su_disco in tenuti] == [0]


def test_without_end_is_not_read_without_end() -> None:
    client, app = Client([b"x" * LIMITE] * 100), App()
    manda(client, app, CHUNKED)
    assert client.letti == body.THROWN_AWAY + 1
    assert app.lunghezza > LIMITE


@pytest.mark.parametrize("altro", [("expect", "100-continue"), ("content-length", str(LIMITE * 5))])
def test_a_body_announced_as_too_large_need_not_be_sent(altro: tuple[str, str]) -> None:
    client, app = Client(), App()
    manda(client, app, ("content-length", str(LIMITE + 1)), altro)
    assert client.letti == 0
    assert app.lunghezza > LIMITE
    assert client.stato == 200


def test_who_asks_first_and_may_is_listened_to() -> None:
    client, app = Client([b"ciao"]), App()
    manda(client, app, ("content-length", "4"), ("expect", "100-continue"))
    assert app.corpo == b"ciao"


# --- clients that break -----------------------------------------------------------------------------------


def test_a_client_that_stops_in_the_middle_is_left() -> None:
    client, app = Client([b"uno "]), App()
    client.pezzi.append(b"mai")
    client.receive = _una_volta(client)  # type: ignore[method-assign]
    manda(client, app, ("content-length", "11"), pazienza=0.05)
    assert client.stato == 408
    assert (b"connection", b"close") in client.risposte[0]["headers"]
    assert app.chiamate == 0


def _una_volta(client: Client) -> Any:
    vera = client.receive

    async def receive() -> dict[str, Any]:
        if client.letti:
            await asyncio.Event().wait()
        return await vera()

    return receive


def test_a_client_that_goes_away_is_answered_by_nobody() -> None:
    client, app = Client([b"uno ", None]), App()
    manda(client, app, ("content-length", "11"))
    assert (app.chiamate, client.risposte) == (0, [])


# --- headers ----------------------------------------------------------------------------------------------


def test_a_header_with_an_underscore_cannot_pass_for_another() -> None:
    client, app = Client(), App()
    manda(
        client,
        app,
        ("x_forwarded_for", "203.0.113.9"),
        ("x-forwarded-for", "198.51.100.7"),
        ("x_forwarded_proto", "https"),
    )
    assert app.intestazioni == [(b"x-forwarded-for", b"198.51.100.7")]
