"""What must happen by itself does: every timed entry of the apps stands in the timetable, and nothing else."""

from __future__ import annotations

import importlib
import inspect
from datetime import time

import yaml

from lucca_partecipa.celery import ORARIO, app, schedule
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


def test_a_pause_is_short_and_what_is_rarer_has_an_hour() -> None:
    """A pause begins anew with every start: as long as a day it would never end where a process starts every day."""
    for entry, when in ORARIO.items():
        assert isinstance(when, time) or 30 <= when <= 6 * 3600, entry


def test_retention_and_the_check_of_the_chains_run_at_night() -> None:
    for entry in ("riservatezza.scheduled.applica_la_conservazione", "segnalazioni.scheduled.verifica_le_catene"):
        when = ORARIO[entry]
        # Not from 2 to 3: once a year that hour comes twice, and once not at all.
        assert isinstance(when, time)
        assert 3 <= when.hour < 6


def test_beat_runs_the_timetable() -> None:
    planned = {turn["args"][0]: turn["schedule"] for turn in app.conf.beat_schedule.values()}
    assert planned == {entry: schedule(when) for entry, when in ORARIO.items()}


def test_beat_remembers_its_last_turns_on_a_volume() -> None:
    beat = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["beat"]
    remembered = beat["command"][beat["command"].index("--schedule") + 1]
    mounted = [volume.split(":")[1] for volume in beat["volumes"]]
    assert any(remembered.startswith(f"{target}/") for target in mounted), remembered
    assert not any(remembered.startswith(f"{target}/") for target in beat["tmpfs"])
