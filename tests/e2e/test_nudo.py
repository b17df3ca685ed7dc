"""The site without styles and without scripts: everything is still there, in an order that makes sense."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SERVIZIO = "/servizi/ambiente-e-citta/segnalare-un-disservizio/"


@pytest.mark.parametrize("script", [True, False], ids=["con script", "senza"])
def test_anna_finds_a_service_and_its_button_without_styles(apri, script):
    anna = apri(script=script, ignora=["Failed to load", "css"])
    anna.route("**/*.css", lambda richiesta: richiesta.abort())
    anna.goto("/")
    expect(anna.get_by_role("heading", level=1)).to_be_visible()
    anna.get_by_role("link", name="Servizi", exact=True).first.click()
    anna.get_by_role("link", name="Ambiente e città").first.click()
    anna.get_by_role("link", name="Segnalare un disservizio").first.click()
    expect(anna.get_by_role("heading", level=1, name="Segnalare un disservizio")).to_be_visible()
    titoli = anna.locator("main h2").all_inner_texts()
    assert [t.strip() for t in titoli if t.strip() != "In questa pagina"][:3] == [
        "A chi è rivolto",
        "Come fare",
        "Cosa serve",
    ]
    # Header before content before footer: where no style moves things, order is all there is.
    alti = [anna.locator(parte).first.bounding_box()["y"] for parte in ("header", "main", "footer")]
    assert alti == sorted(alti)
    anna.get_by_role("link", name="Segnala adesso").first.click()
    expect(anna.get_by_label("Che cosa succede?")).to_be_visible()


def test_without_scripts_the_menu_of_a_phone_opens(apri):
    anna = apri(script=False)
    anna.goto(SERVIZIO)
    anna.locator("#apri-menu").click()
    anna.get_by_role("link", name="Vivere Lucca", exact=True).first.click()
    expect(anna.get_by_role("heading", level=1, name="Vivere Lucca")).to_be_visible()
