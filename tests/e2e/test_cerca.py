"""Anna looks for what to do: on her phone, in a hurry, without JavaScript, by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ricerca.actions import rifai
from tests.aiuti import segnala
from tests.e2e.conftest import SCRIVANIA, TELEFONO
from tests.e2e.test_accessibilita import esamina
from tests.e2e.test_da_tastiera import premi, scrivi


@pytest.fixture
def indice(sito):
    """Pages, categories and doors can be found."""
    rifai()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_on_the_phone_from_the_frame_to_filing_a_report(apri, indice, script):
    pagina = apri(script=script)
    pagina.goto("/")
    pagina.get_by_role("link", name="Cerca nel sito").click()
    pagina.get_by_label("Che cosa cerchi nel sito?").last.fill("lampone spneto")
    pagina.get_by_role("button", name="Cerca").click()
    expect(pagina).to_have_title(re.compile("^lampone spneto"))
    expect(pagina.get_by_text("i risultati sono per queste parole")).to_be_visible()
    pagina.get_by_role("link", name=re.compile("^Segnala: Lampione spento")).first.click()
    expect(pagina.get_by_label(re.compile("Lampione spento"))).to_be_checked()


def test_what_was_typed_may_be_meant(apri, indice):
    pagina = apri()
    pagina.goto("/cerca/?q=lampone+spneto")
    pagina.get_by_role("link", name="Cerca proprio «lampone spneto»").click()
    expect(pagina.get_by_role("heading", name="Nessun risultato")).to_be_visible()
    pagina.get_by_role("link", name="Segnala un problema").click()
    expect(pagina.locator("textarea").first).to_have_value("lampone spneto")


def test_by_keyboard_alone_a_filter_and_a_result(apri, indice, buche, anna):
    caso = segnala(buche, autore=anna, testo="Voragine sull’asfalto.")
    pagina = apri(schermo=SCRIVANIA)
    pagina.goto("/cerca/")
    scrivi(pagina, "Che cosa cerchi", "voragine asfalto")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_title(re.compile("^voragine"))
    premi(pagina, "^Segnalazioni 1")
    pagina.wait_for_url("**tipo=segnalazioni")
    expect(pagina.get_by_role("link", name="Segnalazioni 1")).to_have_attribute("aria-current", "true")
    premi(pagina, re.escape(caso.titolo))
    pagina.wait_for_url(f"**{caso.url()}")


def test_the_page_that_is_not_there_has_the_box(apri, indice):
    pagina = apri(ignora=["404"])
    pagina.goto("/pagina-di-una-volta/")
    pagina.get_by_label("Che cosa cerchi nel sito?").last.fill("privacy")
    pagina.get_by_role("button", name="Cerca").click()
    expect(pagina.get_by_role("link", name="Informativa privacy").first).to_be_visible()


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_search_has_no_finding(apri, indice, buche, anna, schermo):
    segnala(buche, autore=anna, testo="Voragine sull’asfalto.")
    pagina = apri(schermo=schermo)
    percorsi = [
        "/cerca/",
        "/cerca/?q=voragine+asfalto",
        "/cerca/?q=lampone+spneto",
        "/cerca/?q=fosso+sporco+pieno+di+canne",
        "/cerca/?q=segnalazione&pagina=2",
        "/cerca/?q=xyzzy+" + "qwghlm" * 40,
    ]
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []
    pagina.set_viewport_size({"width": 320, "height": 700})
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []
