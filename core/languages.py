"""Which language an address speaks: Italian, or that of the pages that editors have translated (/en/…)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def is_foreign() -> bool:
    """Is what is being said now said in another language than Italian?"""
    return (get_language() or settings.LANGUAGE_CODE) != settings.LANGUAGE_CODE


def home_of(language: str) -> str:
    """The path of the home page in this language."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
