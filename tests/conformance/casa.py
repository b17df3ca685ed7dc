"""What the house is made of: its apps from the lowest to the highest, and the files that git would keep."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
APPS: list[str] = PYPROJECT["tool"]["importlinter"]["root_packages"]


def levels() -> dict[str, int]:
    """App → its height in the first import-linter contract; 0 is the ground, siblings share a height."""
    layers = PYPROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    return {app.strip(): n for n, layer in enumerate(reversed(layers)) for app in layer.split("|")}


def tracked(*suffixes: str) -> Iterator[Path]:
    """Files of the project (committed or about to be) that still exist, with one of these suffixes; all without."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "-C",
            str(ROOT),
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if name and path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def ours(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT))


def app_modules() -> Iterator[Path]:
    """Python files of our apps; migrations are Django's."""
    for path in tracked(".py"):
        if path.relative_to(ROOT).parts[0] in APPS and "migrations" not in path.parts:
            yield path


def doors(resolver: URLResolver | None = None) -> Iterator[Callable[..., Any]]:
    """Every view that an address leads to, those of Wagtail and allauth included."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from doors(pattern)
