"""The one event loop of this process where asynchronous things live, and the bridge to it from ordinary threads.

Views, scheduled entries and commands are threads; sockets live in the server's loop. What a thread has to say to a
channel layer must be said *from that loop*: the queues of the memory layer are asyncio's own, which a foreign thread
must not touch, and the Redis layer opens connections for every loop it meets (`async_to_sync` makes one per call).
The server hands its loop over at start (lucca_partecipa.asgi); a process without one, such as a Celery worker or a
command, gets a loop of its own in a background thread the first time it needs one.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

LAST_WORDS = 2.0  # seconds that a process which ends gives to what it has submitted

_home: asyncio.AbstractEventLoop | None = None
_background: tuple[asyncio.AbstractEventLoop, threading.Thread] | None = None
_pending: set[concurrent.futures.Future[Any]] = set()
_lock = threading.Lock()


def adopt() -> None:
    """From a coroutine: the loop that runs it is where the asynchronous things of this process live."""
    global _home
    _home = asyncio.get_running_loop()


def submit(coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
    """Runs the coroutine in the process's loop and waits for nothing. From any thread, the loop's own included."""
    future = asyncio.run_coroutine_threadsafe(coroutine, _loop())
    _pending.add(future)
    future.add_done_callback(_pending.discard)
    return future


def run(coroutine: Coroutine[Any, Any, T], *, timeout: float) -> T:
    """Runs the coroutine in the process's loop and answers its result; TimeoutError after `timeout` seconds.

    From ordinary threads only: a loop cannot wait for itself (RuntimeError).
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return submit(asyncio.wait_for(coroutine, timeout)).result(timeout + 1)  # + 1: the loop itself may be stuck
    coroutine.close()
    raise RuntimeError("core.loop.run would stop the event loop that it waits for: await instead")


def _loop() -> asyncio.AbstractEventLoop:
    global _background
    with _lock:
        if _home is not None and _home.is_running():
            return _home
        if _background is None:
            _background = _start()
        return _background[0]


def _start() -> tuple[asyncio.AbstractEventLoop, threading.Thread]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="event-loop", daemon=True)
    thread.start()
    return loop, thread


@atexit.register
def _finish() -> None:
    """A command that ends says its last words first, then closes what its loop holds open."""
    concurrent.futures.wait(tuple(_pending), timeout=LAST_WORDS)
    if _background is not None:
        loop, thread = _background
        loop.call_soon_threadsafe(loop.stop)
        thread.join(LAST_WORDS)
        if not loop.is_running():
            loop.close()


def _forget() -> None:
    """A forked child (a Celery worker's) inherits the loop but not the thread that runs it."""
    global _home, _background, _lock
    _home = _background = None
    _pending.clear()
    _lock = threading.Lock()


os.register_at_fork(after_in_child=_forget)
