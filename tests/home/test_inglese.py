"""Pages in English beside the Italian ones: where they stand, what they say, what leads from one to the other."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.models import Locale

from chiarezza.models import Giudizio
from cms.models import BasePage
from home.contenuti import posa
from home.contenuti.lettura import TRADUZIONI, tutte
from home.models import FaqPage, HomePage, NotiziaPage, PaginaSemplice, RubricaPage, UfficioPage
from ricerca.fonti import pagine as trovabili

pytestmark = pytest.mark.django_db

INGLESE = "en"
FAQ = "/en/frequently-asked-questions/"
CATALOGO = Path(settings.BASE_DIR) / "locale" / INGLESE / "LC_MESSAGES"


@pytest.fixture
def inglese() -> Locale:
    locale: Locale = Locale.objects.get(language_code=INGLESE)
    return locale


def _testo(client: Client, via: str) -> str:
    risposta = client.get(via)
    assert risposta.status_code == 200, via
    return risposta.content.decode()


@contextmanager
def parole_chieste() -> Iterator[set[str]]:
    """What was asked of the catalogues in English within this block and is not in ours, nor in anybody else's."""
    nostro = trans_real.translation(INGLESE)._catalog
    altrui = trans_real.translation(settings.LANGUAGE_CODE)._catalog  # ours has none in Italian: it is the source
    mancano: set[str] = set()

    def guarda(funzione: Any, indice: int) -> Any:
        def chiesta(*args: Any, **kwargs: Any) -> Any:
            parole = str(args[indice])
            if trans_real.get_language() == INGLESE and parole.strip():
                chiave = parole if indice == 0 else f"{args[0]}\x04{parole}"
                if not any(
                    (c in catalogo) for catalogo in (nostro, altrui) for c in (chiave, (chiave, 0), (chiave, 1))
                ):
                    mancano.add(chiave)
            return funzione(*args, **kwargs)

        return chiesta

    with pytest.MonkeyPatch.context() as per_ora:
        for nome, indice in (("gettext", 0), ("ngettext", 0), ("pgettext", 1), ("npgettext", 1)):
            per_ora.setattr(translation._trans, nome, guarda(getattr(translation._trans, nome), indice))
        yield mancano


def _una_di_ogni_specie(lingua: Locale) -> list[BasePage]:
    """The translated pages, and of every kind that has none a translation made now, as an editor makes it."""
    tradotte = list(BasePage.objects.filter(locale=lingua).live().specific())
    for tipo in {type(p) for p in BasePage.objects.live().filter(depth__gt=1).specific()} - {type(p) for p in tradotte}:
        originale = tipo.objects.live().order_by("path").first()
        pagina = originale.get_translation_or_none(lingua)
        if pagina is None:
            pagina = originale.copy_for_translation(lingua, copy_parents=True)
            pagina.save_revision().publish()
        tradotte.append(pagina)
    return tradotte


# --- what is said around the words of editors -------------------------------------------------------------


def test_an_english_page_of_every_kind_says_nothing_in_italian_around_its_words(
    client: Client, inglese: Locale
) -> None:
    with parole_chieste() as mancano:
        for pagina in _una_di_ogni_specie(inglese):
            assert client.get(pagina.url).status_code == 200, pagina
        assert client.get("/en/non-c-e/").status_code == 404
        for voto in ("", "2", "5"):
            client.get("/chiarezza/", {"percorso": FAQ, "voto": voto})
        client.post("/chiarezza/", {"percorso": FAQ, "voto": "9", "parole": "x" * 300})
        client.get("/chiarezza/grazie/", {"percorso": FAQ})
    assert mancano == set()


def test_the_catalogue_that_is_read_is_the_one_that_is_written() -> None:
    """The .mo is committed, so that no machine needs gettext; it says what the .po says."""
    parti = re.findall(
        r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:"[^\n]*"\n?)+)', (CATALOGO / "django.po").read_text(), re.M
    )
    scritte: dict[Any, str] = {}
    chiave = ""
    for nome, valore in parti:
        parole = "".join(ast.literal_eval(riga) for riga in valore.split("\n") if riga)
        if nome == "msgid":
            chiave = parole
        elif nome.startswith("msgstr"):
            numero = re.search(r"\d", nome)
            scritte[(chiave, int(numero[0])) if numero else chiave] = parole
    with (CATALOGO / "django.mo").open("rb") as file:
        lette = dict(gettext.GNUTranslations(file)._catalog)
    scritte.pop(""), lette.pop("")
    assert len(scritte) > 100
    assert lette == scritte
    assert [c for c, parole in scritte.items() if not parole] == []


# --- where pages stand ------------------------------------------------------------------------------------


def test_every_translation_that_is_written_is_laid_under_its_language(client: Client, inglese: Locale) -> None:
    scritte = list(tutte(TRADUZIONI))
    assert len(scritte) == BasePage.objects.filter(locale=inglese).live().count() > 15
    for scritta in scritte:
        assert scritta.titolo in _testo(client, f"/{scritta.percorso}/")


def test_links_of_an_english_page_lead_somewhere(client: Client, inglese: Locale) -> None:
    vie = set()
    for pagina in BasePage.objects.filter(locale=inglese).live():
        vie |= set(re.findall(r'href="(/[^"#?]*)', _testo(client, pagina.url)))
    assert len(vie) > 30
    assert {
        via: n for via in vie if not via.startswith("/static/") and (n := client.get(via).status_code) not in (200, 302)
    } == {}


def test_an_editor_may_save_every_translation_as_it_is(inglese: Locale) -> None:
    for pagina in BasePage.objects.filter(locale=inglese).specific():
        pagina.full_clean()


def test_laid_again_nothing_changes_and_what_editors_say_stays(inglese: Locale) -> None:
    faq = FaqPage.objects.get(locale=inglese)
    faq.title = "Questions"
    faq.save_revision().publish()
    HomePage.objects.update(contenuti_posati=0)  # a new edition
    assert posa() == []
    assert FaqPage.objects.get(locale=inglese).title == "Questions"
    PaginaSemplice.objects.get(slug="partecipa").delete()
    PaginaSemplice.objects.get(slug="take-part").delete()
    HomePage.objects.update(contenuti_posati=0)
    assert "en/take-part" in posa()


@pytest.mark.parametrize("via", ["/en/servizi/", "/en/amministrazione/", "/en/segnalazioni/", "/en/novita/", "/de/"])
def test_what_is_not_translated_does_not_exist_there(client: Client, via: str) -> None:
    assert client.get(via).status_code == 404


def test_without_an_english_home_page_there_is_no_english(client: Client, inglese: Locale) -> None:
    """Wagtail would show the Italian one at a second address."""
    HomePage.objects.get(locale=inglese).unpublish()
    assert client.get("/en/").status_code == 404


@pytest.mark.parametrize("via", ["/", "/faq/", "/segnalazioni/", "/accedi/login/"])
def test_what_a_browser_prefers_changes_nothing(client: Client, via: str) -> None:
    testo = client.get(via, headers={"accept-language": "en"}).content.decode()
    assert '<html lang="it">' in testo
    assert "Vai al contenuto" in testo


# --- from one to the other --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("da", "verso", "lingua"),
    [
        ("/", "/en/", "en"),
        ("/faq/", FAQ, "en"),
        (
            "/servizi/ambiente-e-citta/segnalare-un-disservizio/",
            "/en/services/city-and-environment/report-a-problem/",
            "en",
        ),
        ("/amministrazione/", "/en/", "en"),
        ("/segnalazioni/", "/en/", "en"),
        (FAQ, "/faq/", "it"),
        ("/en/take-part/", "/partecipa/", "it"),
    ],
)
def test_the_other_language_is_one_touch_away(client: Client, da: str, verso: str, lingua: str) -> None:
    testo = _testo(client, da)
    assert f'<a class="lp-lingua" href="{verso}" hreflang="{lingua}" lang="{lingua}">' in testo


def test_machines_are_told_of_both(client: Client) -> None:
    for via, lingua in (("/faq/", "it_IT"), (FAQ, "en_GB")):
        testo = _testo(client, via)
        detti = re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"', testo)
        assert sorted(detti) == [
            ("en", f"{settings.SITO_URL}{FAQ}"),
            ("it", f"{settings.SITO_URL}/faq/"),
        ]
        assert f'<meta property="og:locale" content="{lingua}">' in testo
        assert f'rel="canonical" href="{settings.SITO_URL}{via}"' in testo
    assert 'rel="alternate" hreflang' not in _testo(client, "/amministrazione/")
    assert FAQ in _testo(client, "/sitemap.xml")


def test_a_translation_that_is_private_or_not_out_is_not_named(client: Client, inglese: Locale) -> None:
    faq = FaqPage.objects.get(locale=inglese)
    faq.unpublish()
    assert FAQ not in _testo(Client(), "/faq/")
    faq.save_revision().publish()
    faq.view_restrictions.create(restriction_type="login")
    assert FAQ not in _testo(Client(headers={"authorization": "x"}), "/faq/")


def test_the_footer_leads_to_what_is_translated(client: Client) -> None:
    testo = _testo(client, "/en/help/")
    for via in ("/en/privacy-notice/", "/en/legal-notes/", "/en/accessibility/", FAQ):
        assert f'href="{via}"' in testo
    assert 'href="/en/' not in _testo(client, "/aiuto/").partition('id="piede"')[2]


# --- lists ------------------------------------------------------------------------------------------------


@pytest.fixture
def news(inglese: Locale) -> NotiziaPage:
    """A piece of news in both languages."""
    rubrica = RubricaPage.objects.get(slug="notizie")
    rubrica.add_child(instance=NotiziaPage(title="Il ponte riapre", slug="ponte"))
    tradotta = NotiziaPage.objects.get(slug="ponte").copy_for_translation(inglese, copy_parents=True)
    tradotta.title = "The bridge reopens"
    tradotta.save_revision().publish()
    notizia: NotiziaPage = NotiziaPage.objects.get(pk=tradotta.pk)
    return notizia


def test_each_list_holds_its_own_language(client: Client, news: NotiziaPage) -> None:
    italiane = ["/", "/novita/", "/novita/rss.xml", "/mappa-del-sito/"]
    assert [via for via in italiane if "The bridge" in _testo(client, via)] == []
    assert "The bridge reopens" in _testo(client, "/en/")
    for via in ("/en/", news.url):
        assert "Il ponte riapre" not in _testo(client, via)


def test_the_search_finds_italian_pages_once(inglese: Locale) -> None:
    voci = [voce.url for voce in trovabili()]
    assert "/faq/" in voci
    assert [url for url in voci if url.startswith("/en/")] == []


# --- what visitors do -------------------------------------------------------------------------------------


def test_the_opinion_of_an_english_page_is_of_that_page_and_thanks_are_in_english(
    client: Client, inglese: Locale
) -> None:
    client.post("/chiarezza/", {"percorso": FAQ, "voto": "4", "motivo": "chiare"})
    giudizio = Giudizio.objects.get()
    assert giudizio.pagina_id == FaqPage.objects.get(locale=inglese).pk
    grazie = _testo(client, f"/chiarezza/grazie/?percorso={FAQ}")
    assert '<html lang="en">' in grazie
    assert "Thank you for your opinion" in grazie
    assert f'href="{FAQ}"' in grazie


@pytest.mark.parametrize("via", ["/en/servizi/", "/en/", "/en/privacy-notice/../"])
def test_an_address_that_no_english_page_has_is_not_asked_about(client: Client, inglese: Locale, via: str) -> None:
    if via == "/en/":
        HomePage.objects.get(locale=inglese).unpublish()
    assert client.get("/chiarezza/", {"percorso": via}).status_code == 404


@pytest.mark.parametrize("via", ["/en/", "/en/services/city-and-environment/report-a-problem/", "/en/services/"])
def test_an_english_page_keeps_to_the_ceiling_and_then_costs_nothing(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any, via: str
) -> None:
    with django_assert_max_num_queries(30):
        client.get(via)
    with django_assert_num_queries(0):
        client.get(via)


def test_the_page_of_an_office_can_be_copied_and_translated(inglese: Locale, strade: Any) -> None:
    """Its office has one page: the copy begins without."""
    urp = UfficioPage.objects.get(slug="urp")
    UfficioPage.objects.filter(pk=urp.pk).update(ufficio=strade)
    urp.refresh_from_db()
    assert urp.copy(update_attrs={"slug": "urp-due"}).ufficio_id is None
    assert urp.copy_for_translation(inglese, copy_parents=True).ufficio_id is None
