"""Laying the translations of the initial pages, in the tree of their language."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from wagtail.models import Locale

from cms.models import BasePage
from home.contenuti.campi import flusso, trova
from home.contenuti.lettura import TRADUZIONI, Scritta, tutte
from home.models import HomePage


def traduci(casa: HomePage) -> list[str]:
    """Lays those that are not there, of pages that are; answers their paths. A language that is not offered waits."""
    locali = {lingua: Locale.objects.get_or_create(language_code=lingua)[0] for lingua in _offerte()}
    scritte = [s for s in tutte(TRADUZIONI) if _lingua(s) in locali]
    coppie = [(originale, s) for s in scritte if (originale := trova(casa, s.traduce)) is not None]
    # In the order of the tree: a page after the one above it, sisters as the originals stand.
    coppie.sort(key=lambda coppia: coppia[0].path)
    return [s.percorso for originale, s in coppie if _traduci(originale, s, locali[_lingua(s)])]


def _lingua(scritta: Scritta) -> str:
    return scritta.percorso.partition("/")[0]


def _offerte() -> Iterator[str]:
    yield from (lingua for lingua, _nome in settings.LANGUAGES if lingua != settings.LANGUAGE_CODE)


def _traduci(originale: BasePage, scritta: Scritta, locale: Locale) -> bool:
    """Whether it has laid it: not twice, and not where the page above is not translated."""
    sopra = originale.get_parent()
    casa = sopra.is_root()
    dove = sopra if casa else sopra.get_translation_or_none(locale)
    if dove is None or originale.has_translation(locale):
        return False
    slug = f"{originale.slug}-{locale.language_code}" if casa else scritta.slug
    if dove.get_children().filter(slug=slug).exists():  # somebody's page has its place
        return False
    # As Wagtail's own action does, with our words at once: renamed afterwards, it would leave redirects behind.
    pagina = originale.copy(
        to=dove,
        update_attrs={
            "locale": locale,
            "slug": slug,
            "title": scritta.titolo,
            "draft_title": scritta.titolo,
            "sommario": scritta.sommario,
            **scritta.campi,
            **{nome: flusso(type(originale), nome, blocchi) for nome, blocchi in scritta.blocchi.items()},
        },
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        log_action="wagtail.copy_for_translation",
    )
    pagina.save_revision().publish()
    return True
