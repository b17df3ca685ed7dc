"""Timed entries: plain functions, repeatable."""

from __future__ import annotations

import logging

from riservatezza.actions import butta_le_scadute, conserva

logger = logging.getLogger(__name__)


def applica_la_conservazione() -> int:
    """Retention, every night; answers how many rows it touched."""
    quante = sum(conserva().values())
    if quante:
        logger.info("retention: %d rows emptied or deleted", quante)
    return quante


def butta_le_richieste_scadute() -> int:
    """Exports that nobody may fetch any more go, files included; answers how many."""
    return butta_le_scadute()
