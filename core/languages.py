"""Which language an address speaks: Italian, or that of the pages that editors have translated (/en/…)."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def current() -> str:
    """The language in which something is being said now."""
    return get_language() or settings.LANGUAGE_CODE


def is_foreign() -> bool:
    """Is it another one than Italian?"""
    return current() != settings.LANGUAGE_CODE


def home_of(language: str) -> str:
    """The path of the home page in this language."""
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
