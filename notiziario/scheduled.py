"""Timed entries: plain functions, repeatable."""

from __future__ import annotations

import logging

from notiziario import actions

logger = logging.getLogger(__name__)


def manda_i_numeri() -> int:
    """Writes the mails of the issues whose time has come; answers how many."""
    scritte = actions.prosegui()
    if scritte:
        logger.info("newsletter: %d mails written", scritte)
    return scritte


def prepara_il_riassunto() -> None:
    """Opens the summary of the week, where it is not there yet."""
    actions.apri_il_riassunto()


def butta_le_iscrizioni_vecchie() -> int:
    """Subscriptions never confirmed, or stopped long ago, go; answers how many."""
    return actions.butta_le_vecchie()
