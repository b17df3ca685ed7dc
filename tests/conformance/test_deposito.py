"""What no tracked file may hold, and what only one place may do."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rest_framework.views import APIView

from tests.conformance.casa import ROOT, app_modules, doors, ours, tracked

# Written in two parts, so that this file does not find itself.
FORBIDDEN = {
    "a package registry": re.compile(r"pypi" r"\.org|pythonhosted" r"\.org|registry\.npm" r"js|registry\.yarn" r"pkg"),
    "a path of one machine": re.compile(
        r"(?<![\w./-])/(?:ro" r"ot|ho" r"me|Us" r"ers|wo" r"rk|tm" r"p|o" r"pt)/[\w.-]"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE " r"KEY-----"),
}
LOCKS = ["requirements/base.txt", "requirements/dev.txt", "package-lock.json"]


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a package registry", "https://py" "pi.org/simple"),
        ("a path of one machine", "cd /ho" "me/anna/lucca"),
        ("a private key", "-----BEGIN RSA PRIVATE " "KEY-----"),
    ],
)  # fmt: skip
def test_what_is_forbidden_would_be_found(what: str, line: str) -> None:
    assert FORBIDDEN[what].search(line)
    assert not FORBIDDEN[what].search("/segnalazioni/nuova/ and /static/js/lp.js on registry of the office")


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except UnicodeDecodeError:  # a picture or a font
        return ""


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(what: str) -> None:
    allowed = {"deploy", "compose.yaml"} if what == "a path of one machine" else set()  # paths inside containers
    found = [
        f"{ours(path)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path.relative_to(ROOT).parts[0] not in allowed
        for number, line in enumerate(_text(path).splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS[:2])
def test_every_python_dependency_is_pinned_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?(\S*)", text, re.M)
    assert len(packages) > 40
    assert [name for name, version in packages if not version.startswith("==")] == []
    assert text.count("--hash=sha256:") >= len(packages)


def test_every_node_dependency_has_its_digest() -> None:
    text = (ROOT / LOCKS[2]).read_text()
    assert text.count('"integrity"') > 5
    assert '"resolved"' not in text


def _calls(tree: ast.AST) -> set[str]:
    """Dotted names called or used as attributes: {"timezone.now", "datetime.now", …}."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def test_only_one_module_reads_the_clock() -> None:
    """Everything else asks core.tempo, so that tests and demo data can move time."""
    clocks = {"timezone.now", "timezone.localdate", "datetime.now", "datetime.utcnow", "date.today", "datetime.today"}
    readers = [ours(path) for path in app_modules() if _calls(ast.parse(path.read_text())) & clocks]
    assert readers == ["core/tempo.py"]


def test_only_one_module_writes_tables_that_spreadsheets_open() -> None:
    """What it writes is harmless there (core.tabelle.innocua); tests/test_tabelle_innocue.py tries every door."""
    writes = re.compile(r"csv\.(writer|DictWriter)\b|\bWorkbook\(")
    assert [ours(path) for path in app_modules() if writes.search(path.read_text())] == ["core/tabelle.py"]


def test_no_door_goes_without_csrf() -> None:
    """But for Wagtail's own API: REST framework asks for the token itself where the session says who it is. And but
    for the one that mail programs press by themselves (RFC 8058), whose signed name is the permission."""
    views = [view for view in doors() if not issubclass(getattr(view, "cls", object), APIView)]
    assert len(views) > 100
    exempt = [view for view in views if getattr(view, "csrf_exempt", False)]
    assert [view.__name__ for view in exempt] == ["ferma"]
    assert exempt[0].__module__ == "notiziario.views"


def test_domain_code_does_not_swallow_errors() -> None:
    """Only machinery may catch everything: a health check, a timer, a decoder of hostile files."""
    machinery = {"core", "lucca_partecipa"}
    swallowing = [
        ours(path)
        for path in app_modules()
        if path.relative_to(ROOT).parts[0] not in machinery
        and re.search(r"except(:| (Base)?Exception\b)", path.read_text())
    ]
    assert swallowing == []


def test_no_signal_of_our_own() -> None:
    """Receivers live in receivers.py, for hooks of allauth and Wagtail only."""
    users = [
        ours(path)
        for path in app_modules()
        if path.name != "receivers.py" and re.search(r"@receiver\(|\bSignal\(", path.read_text())
    ]
    assert users == []
