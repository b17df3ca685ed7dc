"""How clear is this page? With and without JavaScript, on a phone, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from chiarezza.models import Giudizio
from tests.aiuti import PASSWORD
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra
from tests.e2e.test_accessibilita import AXE, ETICHETTE, esamina


def _aspetta(pagina, **quale):
    """Until the row is there: the page says nothing while the stars are kept."""
    for _volta in range(100):
        if Giudizio.objects.filter(**quale).exists():
            return
        pagina.wait_for_timeout(100)
    raise AssertionError(f"no opinion like {quale}: {list(Giudizio.objects.values())}")


def test_with_javascript_the_stars_count_at_once_and_words_complete_them(apri):
    pagina = apri(ignora=["422"])
    pagina.goto("/note-legali/")
    riquadro = pagina.locator("[data-element=feedback]")
    expect(riquadro.get_by_text("Dove hai incontrato le maggiori difficoltà?")).to_be_hidden()
    riquadro.locator("[data-element=feedback-rate-2]").click()
    expect(riquadro.locator("[data-element=feedback-rating-negative]")).to_be_visible()
    expect(riquadro.locator("[data-element=feedback-rating-positive]")).to_be_hidden()
    _aspetta(pagina, voto=2, finito_il__isnull=True)
    riquadro.get_by_text("Ho avuto problemi tecnici", exact=True).click()
    riquadro.get_by_label("Vuoi aggiungere altri dettagli?").fill("Scrivetemi a anna@example.org")
    riquadro.get_by_role("button", name="Invia").click()
    expect(riquadro.get_by_text("Togli l’indirizzo e-mail (anna@example.org)")).to_have_count(2)  # and announced
    expect(riquadro.get_by_label("Vuoi aggiungere altri dettagli?")).to_be_focused()
    riquadro.get_by_label("Vuoi aggiungere altri dettagli?").fill("Non si apre")
    riquadro.get_by_role("button", name="Invia").click()
    expect(riquadro.get_by_role("heading", name="Grazie, il tuo parere")).to_be_focused()
    assert pagina.url.endswith("/note-legali/")
    assert Giudizio.objects.values_list("voto", "motivo", "parole").get() == (2, "guasti", "Non si apre")


def test_four_stars_ask_what_one_liked(apri):
    pagina = apri(schermo=SCRIVANIA)
    pagina.goto("/")
    pagina.locator("[data-element=feedback-rate-4]").click()
    expect(pagina.locator("[data-element=feedback-rating-positive]")).to_be_visible()
    expect(pagina.locator("[data-element=feedback-rating-negative]")).to_be_hidden()


def test_without_javascript_it_is_a_page_and_leads_back(apri):
    pagina = apri(script=False)
    pagina.goto("/note-legali/")
    pagina.locator("[data-element=feedback-rate-3]").click()
    pagina.get_by_text("A volte le indicazioni non erano complete").click()
    pagina.locator("[data-element=feedback]").get_by_role("button", name="Avanti").click()
    expect(pagina.get_by_role("heading", name="Quanto è chiara la pagina?")).to_be_visible()
    assert not Giudizio.objects.exists(), "the first step writes nothing"
    expect(pagina.get_by_label("A volte le indicazioni non erano complete")).to_be_checked()
    pagina.get_by_label("Vuoi aggiungere altri dettagli?").fill("Manca la data")
    pagina.get_by_role("button", name="Invia").click()
    pagina.get_by_role("link", name="Torna alla pagina").click()
    assert pagina.url.endswith("/note-legali/")
    assert Giudizio.objects.values_list("voto", "motivo", "parole").get() == (3, "incomplete", "Manca la data")


def test_by_keyboard_alone_the_star_one_stops_at_is_the_one_that_counts(apri):
    pagina = apri(schermo=SCRIVANIA)
    pagina.goto("/crediti/")
    pagina.locator("#voto-1").focus()
    pagina.keyboard.press("Space")
    for _volta in range(3):
        pagina.keyboard.press("ArrowRight")
    _aspetta(pagina, voto=4)
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Space")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_label("Vuoi aggiungere altri dettagli?")).to_be_focused()
    pagina.keyboard.type("Tutto bene")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Grazie, il tuo parere")).to_be_focused()
    assert Giudizio.objects.values_list("voto", "motivo", "parole").get() == (4, "chiare", "Tutto bene")


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_its_pages_have_no_finding(apri, carla, schermo):
    pagina = apri(schermo=schermo)
    dove = "percorso=/note-legali/"
    trovati = esamina(pagina, f"/chiarezza/?{dove}&voto=2") + esamina(pagina, f"/chiarezza/grazie/?{dove}")
    pagina.goto("/note-legali/")
    pagina.locator("[data-element=feedback-rate-2]").click()
    pagina.get_by_label("Vuoi aggiungere altri dettagli?").fill("Manca la data")
    pagina.evaluate(AXE)
    aperta = pagina.evaluate("(tags) => axe.run(document, {runOnly: tags})", ETICHETTE)["violations"]
    pagina.get_by_role("button", name="Invia").click()
    expect(pagina.get_by_role("heading", name="Grazie, il tuo parere")).to_be_visible()
    entra(pagina, carla.email, PASSWORD)
    assert trovati + [t["id"] for t in aperta] + esamina(pagina, "/scrivania/chiarezza/") == []
