"""What stands between the server and the threads that run Django: the whole body first, and clean headers.

A thread that waits for a slow client's bytes works for nobody else, and sixteen slow clients would stop the site. So
the body is read by the event loop, into memory while it is small and into an unnamed temporary file when it is not,
and a thread is taken only when everything is there. On the way:

- a chunked body gets the Content-Length that Django wants to see;
- a body over the limit is read to its end and thrown away, so that the browser reads our answer instead of a reset
  connection; Django then refuses it by its length alone (core.middleware.LimitsMiddleware) with a readable page;
- header names with an underscore are dropped: CGI spells X_Forwarded_For and X-Forwarded-For alike, and a stranger
  could add to what our own proxy says.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from typing import IO, Any, TypeAlias

from django.conf import settings

Message: TypeAlias = MutableMapping[str, Any]
Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]

IN_MEMORY = 1024 * 1024  # bytes of one body
PIECE = 64 * 1024
THROWN_AWAY = 4  # times the limit: beyond, the answer goes out without reading on


class ClientGone(Exception):
    """The client left before its body was whole: nobody is there to answer."""


class WholeBody:
    """ASGI around an HTTP application that runs in threads (a2wsgi)."""

    def __init__(self, app: Application, *, limit: int, patience: float = 30.0) -> None:
        """limit: bytes of a body. patience: seconds a client may take between two pieces of it; then 408."""
        self.app = app
        self.limit = limit
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
        scope = {**scope, "headers": headers}
        declared = _declared(headers)
        if declared == 0:
            await self.app(scope, receive, send)
            return
        with tempfile.SpooledTemporaryFile(IN_MEMORY, dir=settings.FILE_UPLOAD_TEMP_DIR) as body:
            try:
                length = await self._read(receive, body, declared, headers)
            except TimeoutError:
                await _answer_408(send)
                return
            except ClientGone:
                return
            body.seek(0)
            await self.app(_with_length(scope, length), _replay(body, receive), send)

    async def _read(
        self, receive: Receive, body: IO[bytes], declared: int | None, headers: list[tuple[bytes, bytes]]
    ) -> int:
        """Fills `body`; answers its length, or a length over the limit when nothing was kept."""
        if declared is not None and self._not_worth_reading(declared, headers):
            return declared
        length = 0
        while length <= self.limit * THROWN_AWAY:
            async with asyncio.timeout(self.patience):
                message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            piece = message.get("body", b"")
            length += len(piece)
            if length <= self.limit:
                body.write(piece)
            elif body.tell():
                body.seek(0)
                body.truncate()
            if not message.get("more_body", False):
                break
        return length

    def _not_worth_reading(self, declared: int, headers: list[tuple[bytes, bytes]]) -> bool:
        """Too large, and either the client asks before it sends, or even throwing it away would cost too much."""
        asks = any(name == b"expect" and value.lower() == b"100-continue" for name, value in headers)
        return declared > self.limit and (asks or declared > self.limit * THROWN_AWAY)


def _declared(headers: list[tuple[bytes, bytes]]) -> int | None:
    """The length the client announces: 0 without a body, None when it does not say (chunked)."""
    values = dict(headers)
    if b"transfer-encoding" in values:
        return None
    # The server has refused what is not a number before we see it.
    return int(values.get(b"content-length", b"0"))


def _with_length(scope: Scope, length: int) -> Scope:
    others = [(n, v) for n, v in scope["headers"] if n not in {b"content-length", b"transfer-encoding"}]
    return {**scope, "headers": [*others, (b"content-length", str(length).encode())]}


def _replay(body: IO[bytes], receive: Receive) -> Receive:
    """A `receive` that hands out the body read before, then whatever the client says next."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        piece = body.read(PIECE)
        given = len(piece) < PIECE
        return {"type": "http.request", "body": piece, "more_body": not given}

    return replay


async def _answer_408(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 408, "headers": headers})
    await send({"type": "http.response.body", "body": b"Request Timeout"})
