"""Who writes a page translates it, and nobody else does."""

from __future__ import annotations

import re

import pytest
from wagtail.models import Locale

from cms.models import BasePage
from home.models import HomePage, UfficioPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def inglese(sito: HomePage) -> Locale:
    """With the offices' list, so that an office can stand under it."""
    locale: Locale = Locale.objects.get(language_code="en")
    for via in ("amministrazione/", "amministrazione/uffici/"):
        pagina = BasePage.objects.get(url_path=f"{sito.url_path}{via}").specific.copy_for_translation(locale)
        pagina.save_revision().publish()
    return locale


def _traduce(client, pagina, locale):
    return client.post(f"/cms/translation/submit/page/{pagina.pk}/", {"locales": [locale.pk]})


def test_elena_translates_her_page_and_goes_on_writing_it(entra, elena, redazione_strade, pagina_strade, inglese):
    sua = entra(elena)
    assert "translation/submit" in sua.get(f"/cms/pages/{pagina_strade.pk}/edit/").content.decode()
    risposta = _traduce(sua, pagina_strade, inglese)
    tradotta = UfficioPage.objects.get(locale=inglese)
    assert (risposta.status_code, risposta["Location"]) == (302, f"/cms/pages/{tradotta.pk}/edit/")
    assert not tradotta.live
    assert tradotta.translation_key == pagina_strade.translation_key
    assert sua.get(f"/cms/pages/{tradotta.pk}/edit/").status_code == 200
    assert not tradotta.permissions_for_user(elena).can_publish()


def test_she_does_not_translate_the_page_of_another_office(entra, elena, redazione_strade, pagina_luce, inglese):
    assert _traduce(entra(elena), pagina_luce, inglese)["Location"].startswith("/cms/")
    assert not UfficioPage.objects.filter(locale=inglese).exists()


def test_what_is_above_is_translated_first(entra, elena, redazione_strade, pagina_strade, sito):
    """Wagtail offers no language in which the page would hang from nothing."""
    modulo = entra(elena).get(f"/cms/translation/submit/page/{pagina_strade.pk}/").content.decode()
    assert re.search(r'<input[^>]*name="locales"[^>]*disabled', modulo)


def test_who_approves_works_on_the_english_tree(carla, centrale, sito):
    tradotta = sito.get_translation(Locale.objects.get(language_code="en"))
    assert tradotta.permissions_for_user(carla).can_publish()
    assert tradotta.get_children().first().permissions_for_user(carla).can_publish()
