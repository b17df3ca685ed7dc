"""Every Italian word of our identifiers stands in docs/glossario.md, with gloss and source; nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from segnalazioni.workflow import PROCEDURA
from tests.conformance.casa import ROOT
from tests.conformance.parole import TECHNICAL, english, identifiers, words

ENDING = 7  # letters that a hyphen may stand for
_ROW = re.compile(r"^\| ([a-z][a-z, -]*) \| ([^|]*) \| ([^|]*) \|$")


def _rows() -> Iterator[tuple[list[str], str, str]]:
    """(words, gloss, source) of every row of the glossary."""
    for line in (ROOT / "docs" / "glossario.md").read_text().splitlines():
        row = _ROW.match(line)
        if row and row[1] not in {"words", "source"}:
            yield row[1].split(", "), row[2].strip(), row[3].strip()


ROWS = list(_rows())
FORMS = {form for forms, _gloss, _source in ROWS for form in forms}


def _stands_for(form: str, word: str) -> bool:
    if form.endswith("-"):
        return word.startswith(form[:-1]) and len(word) < len(form) + ENDING
    return word == form


@cache
def _used() -> dict[str, str]:
    """Word → one identifier that holds it."""
    names = {**identifiers(), **dict.fromkeys([*PROCEDURA.passi, *PROCEDURA.stati], "workflow")}
    return {word: f"{name} ({path})" for name, path in names.items() for word in words(name)}


def test_every_row_has_a_gloss_and_a_known_source() -> None:
    sources = set(re.findall(r"^\| ([^|]+) \| [^|]+ \|$", (ROOT / "docs" / "glossario.md").read_text(), re.M))
    assert len(ROWS) > 100
    assert [forms for forms, gloss, source in ROWS if not gloss or source.split(",")[0] not in sources] == []


def test_no_word_stands_twice() -> None:
    forms = sorted(form for row, _gloss, _source in ROWS for form in row)
    assert [form for form, after in pairwise(forms) if form == after] == []


def test_every_italian_word_is_explained() -> None:
    known = english() | TECHNICAL
    unknown = {
        word: name
        for word, name in sorted(_used().items())
        if word not in known and not any(_stands_for(form, word) for form in FORMS)
    }
    assert unknown == {}, "add these words to docs/glossario.md, with gloss and source"


def test_every_row_explains_something() -> None:
    used = _used()
    idle = [forms for forms, _gloss, _source in ROWS if not any(_stands_for(f, w) for f in forms for w in used)]
    assert idle == [], "nothing uses these words any more"


def test_an_italian_word_does_not_pass_for_english() -> None:
    assert {"segnalazione", "ufficio", "conferma", "prendi"}.isdisjoint(english() | TECHNICAL)
    assert {"template", "queue", "handler", "broken"} <= english()
    assert words("RuoloCaso") + words("presa_in_carico_il") == ["ruolo", "caso", "presa", "in", "carico", "il"]
