"""Templates: nothing inline (strict CSP), nothing from elsewhere, no dead component, no link to nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import NoReverseMatch, get_resolver

from notifiche import demo
from tests.conformance.casa import ROOT, app_modules, ours, tracked

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


# Drawn and looked after in the gallery, not yet on a page: what each is for.
FOR_LATER = {
    "setaccio": "narrowing the calendar and the tables of transparency",
    "spunte": "what a place of an event has and has not",
}


def test_every_component_is_used() -> None:
    """The gallery shows them all, so being shown there is no use."""
    pages = [path for path in TEMPLATES if not ours(path).startswith("templates/home/componenti")]
    code = [path for path in app_modules() if ours(path) != "home/views/componenti.py"]
    everything = "\n".join(path.read_text() for path in (*pages, *code))
    names = [path.stem for path in TEMPLATES if path.parent == ROOT / "templates" / "components"]
    used = {n for n in names if re.search(rf"""components/{n}\.html|\{{% componente ["']{n}["']""", everything)}
    assert sorted(set(names) - used) == sorted(FOR_LATER)


def test_every_hook_is_read_by_a_script_or_a_style() -> None:
    """`data-lp-*` is how a page talks to scripts: one that nobody reads says something that is not so."""
    readers = "\n".join(path.read_text() for end in (".js", ".scss") for path in tracked(end))
    hooks = {hook for text in TEXTS.values() for hook in re.findall(r"\bdata-(lp-[a-z-]+)", text)}
    assert len(hooks) > 40
    # The keys of the desk that lead elsewhere are put together: `data-lp-vai-${letter}`.
    fixed = {hook for hook in hooks if not re.fullmatch(r"lp-vai-[a-z]", hook)}
    assert sorted(hook for hook in fixed if hook not in readers and _in_dataset(hook) not in readers) == []


def _in_dataset(hook: str) -> str:
    return re.sub(r"-([a-z])", lambda letter: letter[1].upper(), hook)


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
    apps = {"home", "segnalazioni", "protocollo", "scrivania", "notifiche", "comune", "cms", "accounts", "ascolto"}
    apps |= {"chiarezza", "notiziario", "ricerca", "riservatezza", "sportelli"}
    apps |= {"chiarezza", "redazione", "ricerca", "riservatezza", "sportelli"}
    folders = {path.relative_to(ROOT / "templates").parts[0] for path in TEMPLATES if path.parent.name != "templates"}
    assert folders <= known | apps
