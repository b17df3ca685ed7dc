"""The site speaks the languages it says it speaks: a page that declares a language is written in it (WCAG 3.1.1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

SOURCE = "it"


@pytest.mark.parametrize("asked", ["it", "en", "de"])
def test_a_page_declares_the_language_it_is_written_in(db, client: Client, asked: str) -> None:
    page = client.get("/accedi/login/", headers={"accept-language": asked}).content.decode()
    declared = re.search(r'<html lang="([a-z-]+)"', page)
    assert declared is not None
    assert declared[1] == SOURCE or _catalogue(declared[1]).exists()


def _catalogue(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def test_every_language_on_offer_has_its_catalogue() -> None:
    """Half a translation is a page in two languages: a language is offered when its catalogue is there."""
    offered = {code for code, _name in settings.LANGUAGES} - {SOURCE}
    assert {code for code in offered if not _catalogue(code).exists()} == set()
