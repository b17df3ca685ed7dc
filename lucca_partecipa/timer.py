"""The timer of the embedded default: where no Celery beat runs, the one process runs the scheduled entries itself."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import time

from django.conf import settings

from core.body import Receive, Send
from lucca_partecipa.orario import ORARIO, run_due, until

FIRST_TURN = 60.0  # seconds: a server that is off every night must not skip the entries of the night
LAST_ENTRY = 10.0  # seconds that a server which stops waits for the entry in hand


class Timer:
    """Runs every entry of ORARIO at its pace or hour, one at a time, in a thread of its own.

    Not in the thread that Channels uses for the database: a slow mail server would hold up every opening socket.
    """

    def __init__(self) -> None:
        self._stop = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="timer")
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """From a coroutine of the server's loop."""
        self._tasks = [asyncio.create_task(self._every(entry, when)) for entry, when in ORARIO.items()]

    async def stop(self) -> None:
        """Starts nothing more, and waits for the entry in hand."""
        self._stop.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_ENTRY)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _every(self, entry: str, when: float | time) -> None:
        pause = min(until(when), FIRST_TURN)
        while not await self._stopped_within(pause):
            await asyncio.get_running_loop().run_in_executor(self._thread, run_due, entry)
            pause = until(when)

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stop.wait()
        except TimeoutError:
            return False


async def lifespan(receive: Receive, send: Send) -> None:
    """The ASGI lifespan: starts the timer with the server and stops it with it."""
    await receive()  # startup
    timer = Timer()
    if settings.CELERY_TASK_ALWAYS_EAGER:
        timer.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()  # shutdown
    await timer.stop()
    await send({"type": "lifespan.shutdown.complete"})
