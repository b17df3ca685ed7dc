"""The timetable: what runs by itself, and how often."""

from __future__ import annotations

import logging
from importlib import import_module

from django.db import close_old_connections

logger = logging.getLogger(__name__)

# Scheduled entries, in seconds: plain functions of app/scheduled.py, run by beat (celery.py) or, where the one process
# is all there is, by its timer (timer.py).
ORARIO: dict[str, float] = {
    "notifiche.scheduled.rimanda_le_non_inviate": 60.0,
    "accounts.scheduled.butta_il_superfluo": 3600.0,
    "segnalazioni.scheduled.scarta_le_non_confermate": 900.0,
    "segnalazioni.scheduled.butta_le_bozze_scadute": 3600.0,
}


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
