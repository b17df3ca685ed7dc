"""Budgets: what is long is split before it is understood by one person only. Complexity is ruff's (C901)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conformance.casa import ROOT, ours, tracked

FUNCTION, FILE, TEST_FILE, TEMPLATE = 40, 400, 600, 120  # lines
PYTHON = [path for path in tracked(".py") if "migrations" not in path.parts]
TEMPLATES = [path for path in tracked(".html", ".txt") if ROOT / "templates" in path.parents]


def _lines(path: Path) -> int:
    return path.read_text().count("\n")


def test_there_is_something_to_measure() -> None:
    assert len(PYTHON) > 50
    assert len(TEMPLATES) > 30


def test_files_are_short() -> None:
    budget = {path: TEST_FILE if ROOT / "tests" in path.parents else FILE for path in PYTHON}
    over = {ours(path): lines for path in PYTHON if (lines := _lines(path)) > budget[path]}
    assert over == {}


def test_functions_are_short() -> None:
    over = {
        f"{ours(path)}:{node.lineno} {node.name}": lines
        for path in PYTHON
        if ROOT / "tests" not in path.parents
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION
    }
    assert over == {}


def test_templates_are_short() -> None:
    over = {ours(path): lines for path in TEMPLATES if (lines := _lines(path)) > TEMPLATE}
    assert over == {}


@pytest.mark.parametrize("suffix", [".js", ".mjs", ".scss"])
def test_front_end_files_are_short(suffix: str) -> None:
    files = [path for path in tracked(suffix) if ROOT / "assets" in path.parents]
    assert files or suffix == ".mjs"
    assert {ours(path): lines for path in files if (lines := _lines(path)) > FILE} == {}
