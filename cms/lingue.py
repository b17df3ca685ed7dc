"""Pages in more than one language: which can be read, and where those of the other tree stand.

A translated page is a page of its own in the tree of its language; Wagtail keeps the two together by their
translation_key. One that nobody has translated does not exist there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cms.models import BasePage
from core.languages import current, home_of

IN_ITALIANO = Q(locale__language_code=settings.LANGUAGE_CODE)


@dataclass(frozen=True, slots=True)
class Lingua:
    """A language that this page, or the site, can be read in. sigla: it, en; nome: as who speaks it says it."""

    sigla: str
    nome: str
    url: str


def prime(lingua: str) -> QuerySet[BasePage]:
    """The pages that everybody can read, of the first level in this language, in order."""
    pagine: QuerySet[BasePage] = BasePage.objects.live().public().filter(depth=3, locale__language_code=lingua)
    return pagine.order_by("path")


def vie(lingua: str) -> dict[str, str]:
    """Where pages of the first level stand in this language, by Italian path: {"/faq/": "/en/faq/"}. Two queries."""
    tradotte = {pagina.translation_key: pagina.slug for pagina in prime(lingua)}
    italiane = prime(settings.LANGUAGE_CODE).filter(translation_key__in=tradotte)
    casa = home_of(lingua)
    return {f"/{pagina.slug}/": f"{casa}{tradotte[pagina.translation_key]}/" for pagina in italiane}


def altre(pagina: BasePage | None, request: HttpRequest | None) -> list[Lingua]:
    """The other languages of the site: this page's own translation where there is one, else their home page."""
    mia = current()
    tradotte = {p.locale.language_code: p.get_url(request) for p in pagina.traduzioni} if pagina else {}
    return [
        Lingua(sigla, nome, tradotte.get(sigla) or home_of(sigla)) for sigla, nome in settings.LANGUAGES if sigla != mia
    ]
