"""Celery: workers and beat in production; with no broker tasks run in place, right after commit."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

from lucca_partecipa.orario import ORARIO, run_due

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


# A turn that no worker took before the next one is due is dropped: they would all run when the workers come back.
app.conf.beat_schedule = {
    entry: {"task": "scheduled", "schedule": seconds, "args": (entry,), "options": {"expires": seconds}}
    for entry, seconds in ORARIO.items()
}
