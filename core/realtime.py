"""Live updates: after commit, "this thing changed", and nothing else. Who listens fetches the page again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from channels.layers import get_channel_layer
from django.db import transaction

from core import loop

logger = logging.getLogger(__name__)

SI_RINUNCIA_DOPO = 2.0  # seconds a hint may wait for the channel layer
_silenzio: ContextVar[bool] = ContextVar("silenzio", default=False)


@contextmanager
def in_silenzio() -> Iterator[None]:
    """Within the block nothing is announced: for imports and demo data, made of cases that nobody has open yet."""
    segno = _silenzio.set(True)
    try:
        yield
    finally:
        _silenzio.reset(segno)


def is_silent() -> bool:
    """Is this within in_silenzio?"""
    return _silenzio.get()


def annuncia(gruppo: str, versione: int) -> None:
    """Tells the group, once this transaction is committed, that its thing now has this version.

    gruppo: ASCII letters, digits, hyphen, underscore, period; under 100 characters.
    Waits for nobody: the hint leaves from the process's event loop (core.loop) while the request goes on. A channel
    layer that is down loses the hint, never the step, and delays nobody: pages also poll.
    """
    if not _silenzio.get():
        transaction.on_commit(lambda: _manda(gruppo, versione))


def _manda(gruppo: str, versione: int) -> None:
    layer = get_channel_layer()
    if layer is not None:
        loop.submit(_consegna(layer, gruppo, versione))


async def _consegna(layer: Any, gruppo: str, versione: int) -> None:
    try:
        async with asyncio.timeout(SI_RINUNCIA_DOPO):
            await layer.group_send(gruppo, {"type": "cambiata", "versione": versione})
    except Exception as guasto:  # each layer fails in its own way, and nobody waits for an answer
        logger.warning("hint lost, channel layer not answering: %s", type(guasto).__name__)
