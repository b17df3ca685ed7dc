"""Celery: workers and beat in production; with no broker tasks run in place, right after commit."""

from __future__ import annotations

import os
from datetime import time
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging

from lucca_partecipa.orario import ORARIO, every, run_due

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lucca_partecipa.settings.production")

app = Celery("lucca_partecipa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_our_logs(**kwargs: Any) -> None:
    """Celery leaves logging alone when somebody answers this signal: LOGGING of the settings stands."""


@app.task(name="scheduled")
def scheduled(entry: str) -> None:
    """Runs one scheduled entry by its dotted name; only names of ORARIO are accepted."""
    if entry not in ORARIO:
        raise ValueError(f"not a scheduled entry: {entry}")
    run_due(entry)


def schedule(when: float | time) -> float | crontab:
    """As beat reads it: an hour is one of CELERY_TIMEZONE, and one that beat slept through runs when it starts again,
    since it remembers the last turn of each entry in a file (compose.yaml)."""
    return crontab(hour=when.hour, minute=when.minute) if isinstance(when, time) else when


# A turn that no worker took before the next one is due is dropped: they would all run when the workers come back.
app.conf.beat_schedule = {
    entry: {"task": "scheduled", "schedule": schedule(when), "args": (entry,), "options": {"expires": every(when)}}
    for entry, when in ORARIO.items()
}
