"""Words of our identifiers, and how an Italian one is told from an English one.

English is what the code that runs us is written in: a word that several files of the standard library, Django, Wagtail
and their neighbours use is English (or jargon). So a new English word passes by itself, and a new Italian one does not.
"""

from __future__ import annotations

import ast
import re
import sysconfig
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import allauth
import celery
import channels
import django
import kombu
import redis
import wagtail

from tests.conformance.casa import app_modules, ours

ENOUGH_FILES = 4  # a word that fewer files use may be a name, a quotation or a slip
# Names and jargon that those sources do not use.
_JARGON = """
    adopt autorefresh favicon gravatar guid healthz heif hsts iban lifespan lp ndjson patience patient pubdate qr readyz
    realtime robot robots ry srgb tile updateddate whitenoise
"""
TECHNICAL = frozenset(_JARGON.split())
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SKIP = {
    "locale",
    "conf",
    "test",
    "tests",
    "lib2to3",
    "encodings",
    "idlelib",
    "site-packages",
    "turtledemo",
    "test_utils",
}


def words(identifier: str) -> list[str]:
    """ "RuoloCaso" → ["ruolo", "caso"]; "chiave_invio" → ["chiave", "invio"]. Letters alone are no words."""
    return [word.lower() for word in _WORD.findall(identifier) if len(word) > 1]


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Every word that ENOUGH_FILES of them use."""
    seen: Counter[str] = Counter()
    packages = (allauth, celery, channels, django, kombu, redis, wagtail)
    roots = [Path(sysconfig.get_path("stdlib")), *(Path(package.__path__[0]) for package in packages)]
    for root in roots:
        for path in root.rglob("*.py"):
            if not _SKIP.intersection(path.relative_to(root).parts[:-1]):
                seen.update(set(words(path.read_text(errors="ignore"))))
    return frozenset(word for word, files in seen.items() if files >= ENOUGH_FILES)


def _names_in(tree: ast.AST) -> Iterator[str]:
    """Classes, functions, their arguments, and what modules and classes assign (fields, constants, choices)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        if isinstance(node, ast.arg):
            yield node.arg
        if isinstance(node, ast.Module | ast.ClassDef):
            for statement in node.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else []
                if isinstance(statement, ast.AnnAssign):
                    targets = [statement.target]
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def identifiers() -> dict[str, str]:
    """Every identifier that our apps define → one file that defines it."""
    found: dict[str, str] = {}
    for path in app_modules():
        found.setdefault(path.stem, ours(path))
        for name in _names_in(ast.parse(path.read_text())):
            found.setdefault(name, ours(path))
    return found
