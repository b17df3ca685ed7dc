"""Templates: nothing inline (strict CSP), nothing from elsewhere, no dead component, no link to nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver

from notifiche import demo
from tests.conformance.casa import ROOT, ours, tracked

TEMPLATES = [path for path in tracked(".html") if ROOT / "templates" in path.parents]
SITE = [path for path in TEMPLATES if "email" not in path.relative_to(ROOT).parts]  # mails carry their style
TEXTS = {path: path.read_text() for path in TEMPLATES}
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", re.I),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"=\s*[\"']?javascript:", re.I),
    "something fetched from elsewhere": re.compile(r"(?:src|srcset|<link[^>]*href)\s*=\s*[\"']?(?:https?:)?//", re.I),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what: str) -> None:
    assert [ours(path) for path in SITE if INLINE[what].search(TEXTS[path])] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=ours)
def test_every_template_compiles(path: Path) -> None:
    get_template(str(path.relative_to(ROOT / "templates")))


def test_every_component_is_used() -> None:
    everything = "\n".join([*TEXTS.values(), *(path.read_text() for path in tracked(".py"))])
    folder = ROOT / "templates" / "components"
    unused = []
    for path in (p for p in TEMPLATES if p.parent == folder):
        name = path.stem
        used = re.search(rf"""components/{name}\.html|\{{% componente ["']{name}["']""", everything)
        if not used:
            unused.append(name)
    assert unused == []


def test_every_link_by_name_exists() -> None:
    """`{% url %}` fails only when its page is shown; this fails at once."""
    named = re.compile(r"""\{%\s*url\s+["']([\w:-]+)["']""")
    names = {name for text in TEXTS.values() for name in named.findall(text)}
    in_the_demo = {f"{demo.app_name}:{pattern.name}" for pattern in demo.urlpatterns}
    assert {name for name in names - in_the_demo if not _known(name)} == set()


def _known(name: str) -> bool:
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        if space not in resolver.namespace_dict:
            return False
        resolver = resolver.namespace_dict[space][1]
    try:
        return bool(resolver.reverse_dict.getlist(last))
    except NoReverseMatch:
        return False


def test_files_of_one_page_stand_in_the_folder_of_its_app() -> None:
    """templates/ holds: pages per app, parts, the frame, mails, and the pages of errors."""
    known = {
        "components",
        "cornice",
        "email",
        "blocks",
        "django",
        "account",
        "mfa",
        "allauth",
        "wagtailadmin",
        "wagtailusers",
        "demo",
    }
    apps = {"home", "segnalazioni", "scrivania", "notifiche", "comune", "cms", "accounts", "ascolto"}
    folders = {path.relative_to(ROOT / "templates").parts[0] for path in TEMPLATES if path.parent.name != "templates"}
    assert folders <= known | apps
