"""Tests marked `dati` read ../shared, the folder of real data beside the checkout.

Where it is missing they are left out and the run says so; with REQUIRE_DATI=1 (CI) the run fails instead.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

SHARED = Path(settings.BASE_DIR).parent / "shared"
_left_out = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)  # after -m has made its choice
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what cannot be read."""
    if (SHARED / "data").is_dir():
        return
    if os.environ.get("REQUIRE_DATI"):
        raise pytest.UsageError("REQUIRE_DATI is set and ../shared/data is missing")
    unreadable = [item for item in items if item.get_closest_marker("dati")]
    if unreadable:
        items[:] = [item for item in items if item not in unreadable]
        config.hook.pytest_deselected(items=unreadable)
        config.stash[_left_out] = len(unreadable)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The honest note."""
    if not (SHARED / "data").is_dir():
        number = config.stash.get(_left_out, None)
        what = f"{number} tests" if number else "tests marked `dati`"
        terminalreporter.write_line(f"../shared/data is not here: {what} left out.", yellow=True)


@pytest.fixture(scope="session")
def dati() -> Path:
    """The folder of real data: data/segnalazioni, data/lucca…"""
    return SHARED / "data"
