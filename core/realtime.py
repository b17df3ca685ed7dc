"""Live updates: after commit, "this thing changed", and nothing else. Who listens fetches the page again."""

from __future__ import annotations

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)


def annuncia(gruppo: str, versione: int) -> None:
    """Tells the group, once this transaction is committed, that its thing now has this version.

    gruppo: ASCII letters, digits, hyphen, underscore, period; under 100 characters.
    A channel layer that is down loses the hint, never the step: pages also poll.
    """
    transaction.on_commit(lambda: _manda(gruppo, versione))


def _manda(gruppo: str, versione: int) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(gruppo, {"type": "cambiata", "versione": versione})
    except Exception:  # the hint is worth less than the step that was just committed
        logger.warning("channel layer not answering", exc_info=True)
