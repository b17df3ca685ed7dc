"""What must happen by itself does: every timed entry of the apps stands in the timetable, and nothing else."""

from __future__ import annotations

import importlib
import inspect

from lucca_partecipa.celery import ORARIO, app
from tests.conformance.casa import APPS, ROOT


def _entries() -> set[str]:
    """Public functions of every app's scheduled.py, as dotted names."""
    found = set()
    for name in (f"{label}.scheduled" for label in APPS if (ROOT / label / "scheduled.py").is_file()):
        for entry, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
            if function.__module__ == name and not entry.startswith("_"):
                found.add(f"{name}.{entry}")
    return found


def test_every_timed_entry_is_in_the_timetable() -> None:
    assert set(ORARIO) == _entries()
    assert all(seconds >= 30 for seconds in ORARIO.values())


def test_beat_runs_the_timetable() -> None:
    planned = {turn["args"][0]: turn["schedule"] for turn in app.conf.beat_schedule.values()}
    assert planned == ORARIO
