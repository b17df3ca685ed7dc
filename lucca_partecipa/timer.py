"""The timer of the embedded default: where no Celery beat runs, the one process runs the scheduled entries itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections

from lucca_partecipa.celery import ORARIO

logger = logging.getLogger(__name__)


def run_due(entry: str) -> None:
    """Calls one scheduled entry ("app.scheduled.name") in this process; a failure is logged, the timer goes on."""
    module, name = entry.rsplit(".", 1)
    close_old_connections()
    try:
        getattr(import_module(module), name)()
    except Exception:  # a scheduled entry must never stop the others
        logger.exception("scheduled entry failed: %s", entry)
    finally:
        close_old_connections()


async def _every(entry: str, seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        await sync_to_async(run_due, thread_sensitive=True)(entry)


async def lifespan(receive: Any, send: Any) -> None:
    """The ASGI lifespan: starts the timer with the server and stops it with it."""
    running: list[asyncio.Task[None]] = []
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if settings.CELERY_TASK_ALWAYS_EAGER:
                running = [asyncio.create_task(_every(e, s)) for e, s in ORARIO.items()]
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            for task in running:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            await send({"type": "lifespan.shutdown.complete"})
            return
