"""A piece of news passes through two pairs of hands: written by an office, sent back, corrected, approved, read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from home.contenuti import posa
from home.models import NotiziaPage, RubricaPage
from redazione.actions import allinea
from redazione.fondazione import CENTRALE, fonda
from redazione.models import ComeScrive, Redazione
from tests.aiuti import PASSWORD
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra
from tests.redazione.conftest import pagina_di, redazione_di

# Wagtail's own scripts note these on its pages.
IGNORA = ["404", "403"]
ELENCO = re.compile(r"/cms/pages/\d+/$")  # where Wagtail leads after an act


@pytest.fixture
def notizie(sito, strade, luce, elena, fabio, carla, ufficio_urp) -> RubricaPage:
    """Two offices that write, the URP that approves."""
    posa()
    fonda()
    lista: RubricaPage = RubricaPage.objects.get(slug="notizie")
    for ufficio in (strade, luce):
        redazione_di(ufficio, (pagina_di(ufficio), ComeScrive.SUA), (lista, ComeScrive.AGGIUNGE))
    centrale = Redazione.objects.get(nome=CENTRALE)
    Redazione.objects.filter(pk=centrale.pk).update(ufficio=ufficio_urp)
    allinea(centrale)
    return lista


def _blocco(pagina: Page, quale: str, numero: int) -> None:
    """Adds a block to the text, by its name."""
    pagina.locator("[data-streamfield-stream-container] .c-sf-add-button, .c-sf-add-button").last.click()
    pagina.get_by_role("option", name=quale, exact=True).last.click()
    expect(pagina.locator(f"[data-contentpath] [name='corpo-{numero}-type']")).to_have_count(1)


def _proponi(pagina: Page) -> None:
    """«Invia a chi approva», in the menu beside «Salva bozza»."""
    pagina.locator("footer [data-w-dropdown-target=toggle]").click()
    pagina.locator("button[name=action-submit], button[name=action-resubmit]").first.click()


def test_written_sent_back_corrected_approved_and_read(apri, notizie, elena, carla, luce):
    sua = apri(schermo=SCRIVANIA, ignora=IGNORA)
    entra(sua, elena.email, PASSWORD)
    sua.goto(f"/cms/pages/add/home/notiziapage/{notizie.pk}/")
    sua.locator("#id_title").fill("Via Fillungo chiusa lunedì")
    sua.locator("#id_sommario").fill("Lunedì, per i lavori.")
    _blocco(sua, "titolo di sezione", 0)
    sua.locator("[name='corpo-0-value']").fill("Che cosa cambia")
    _blocco(sua, "testo", 1)
    sua.locator("[data-contentpath='corpo'] .public-DraftEditor-content").nth(0).click()
    sua.keyboard.type("Si passa da via Roma.")
    _blocco(sua, "nota", 2)
    sua.locator("[data-contentpath='corpo'] .public-DraftEditor-content").nth(1).click()
    sua.keyboard.type("Autobus deviati.")
    sua.get_by_role("button", name=re.compile("nteprima")).first.click()
    anteprima = sua.frame_locator("iframe[id*=preview], iframe[title*=nteprima]").first
    expect(anteprima.locator("h1")).to_have_text("Via Fillungo chiusa lunedì")
    expect(anteprima.get_by_text("Autobus deviati.")).to_be_visible()
    _proponi(sua)
    expect(sua.get_by_text("inviata", exact=False).first).to_be_visible()
    pagina = NotiziaPage.objects.get(slug="via-fillungo-chiusa-lunedi")
    assert not pagina.live

    di_lei = apri(schermo=SCRIVANIA, ignora=IGNORA)
    entra(di_lei, carla.email, PASSWORD)
    di_lei.goto("/cms/")
    expect(di_lei.get_by_role("link", name="Via Fillungo chiusa lunedì").first).to_be_visible()
    di_lei.goto(f"/cms/pages/{pagina.pk}/edit/")
    di_lei.locator("footer [data-w-dropdown-target=toggle]").click()
    di_lei.locator("button[data-workflow-action-name=reject]").click()
    di_lei.get_by_role("dialog").get_by_role("textbox").fill("Manca il giorno della riapertura.")
    di_lei.get_by_role("dialog").locator("button[type=submit]").click()
    expect(di_lei).to_have_url(ELENCO)

    sua.goto("/cms/")
    expect(sua.get_by_text("«Manca il giorno della riapertura.»")).to_be_visible()
    sua.get_by_role("link", name="Via Fillungo chiusa lunedì").first.click()
    sua.locator("#id_sommario").fill("Lunedì, per i lavori. Riapre martedì.")
    _proponi(sua)
    expect(sua).to_have_url(ELENCO)

    di_lei.goto(f"/cms/pages/{pagina.pk}/edit/")
    di_lei.locator("footer [data-w-dropdown-target=toggle]").click()
    di_lei.locator("button[data-workflow-action-name=approve]").first.click()
    expect(di_lei).to_have_url(ELENCO)

    anna = apri(schermo=TELEFONO)
    for dove in ("/", "/novita/"):
        anna.goto(dove)
        expect(anna.get_by_role("link", name="Via Fillungo chiusa lunedì").first).to_be_visible()
    anna.goto(pagina.url)
    expect(anna.get_by_text("Riapre martedì.")).to_be_visible()
    assert "Via Fillungo chiusa lunedì" in anna.request.get("/novita/rss.xml").text()


def test_the_page_of_another_office_is_neither_in_the_tree_nor_at_its_address(apri, notizie, elena, luce):
    sua = apri(schermo=SCRIVANIA, ignora=IGNORA)
    entra(sua, elena.email, PASSWORD)
    uffici = notizie.get_parent().get_parent().get_children().get(slug="amministrazione").get_children()
    sua.goto(f"/cms/pages/{uffici.get(slug='uffici').pk}/")
    expect(sua.get_by_role("link", name=re.compile("Strade e viabilità")).first).to_be_visible()
    altra = uffici.get(slug="uffici").get_children().get(slug=f"ufficio-{luce.slug}")
    for porta in ("edit/", "delete/", "copy/", "move/"):
        sua.goto(f"/cms/pages/{altra.pk}/{porta}")
        expect(sua).to_have_url(re.compile("/cms/$"))
