"""Covering, in a real browser: a page open elsewhere changes at once; by keyboard, by hand, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from segnalazioni.models import Foto, OriginaleFoto
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, porta_a, segnala
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra
from tests.segnalazioni.cittadini import con_foto


@pytest.fixture
def caso(buche, anna, carla, elena, privato):
    """A hole that names a neighbour, with a photo."""
    caso = segnala(buche, autore=anna, testo="Buca davanti a Mario Rossi. L’ha fatta lui.")
    foto = con_foto(caso)[0]
    for file in (foto.file, foto.miniatura):
        dove = privato / str(file.name)
        dove.parent.mkdir(parents=True, exist_ok=True)
        dove.write_bytes(file.open("rb").read())
    return porta_a(caso, Stato.IN_LAVORAZIONE)


def test_a_name_is_covered_and_an_open_page_loses_it_at_once(apri, caso, carla):
    fuori = apri()
    fuori.goto(caso.url())
    expect(fuori.get_by_role("heading", level=1)).to_contain_text("Mario Rossi")
    expect(fuori.get_by_text("Si aggiorna da sola")).to_be_visible()
    dentro = apri(schermo=SCRIVANIA)
    entra(dentro, carla.email, PASSWORD)
    dentro.goto(caso.url_scrivania())
    dentro.get_by_role("link", name="copri o cambia chi la legge").click()
    dentro.get_by_label("Parole da coprire").fill("Mario Rossi")
    dentro.locator("#copri").get_by_label("Perché").select_option("altri")
    dentro.get_by_role("button", name="Copri e avvisa chi ha segnalato").click()
    expect(dentro.get_by_text("Fatto: da adesso al loro posto")).to_be_visible()
    expect(fuori.get_by_role("heading", level=1)).to_contain_text("[parole coperte]")
    expect(fuori.get_by_text("Mario Rossi")).to_have_count(0)


def test_an_area_is_drawn_with_the_pointer(apri, caso, carla):
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(f"{caso.url_scrivania()}foto/{Foto.objects.get().uid}/copri/")
    cornice = pagina.locator("[data-lp-zone]").bounding_box()
    assert cornice is not None
    pagina.mouse.move(cornice["x"] + cornice["width"] * 0.25, cornice["y"] + cornice["height"] * 0.25)
    pagina.mouse.down()
    pagina.mouse.move(cornice["x"] + cornice["width"] * 0.75, cornice["y"] + cornice["height"] * 0.5, steps=5)
    pagina.mouse.up()
    assert abs(float(pagina.get_by_label("Da sinistra, %").first.input_value()) - 25) < 1
    assert abs(float(pagina.get_by_label("Larga, %").first.input_value()) - 50) < 1
    pagina.get_by_label("Perché").first.select_option("altri")
    pagina.get_by_role("button", name="Copri e avvisa chi ha segnalato").click()
    expect(pagina.get_by_text("1 zona è già coperta")).to_be_visible()
    assert len(OriginaleFoto.objects.get().zone) == 1


def test_a_phone_without_a_script_covers_by_numbers_and_sees_contacts(apri, caso, carla):
    pagina = apri(schermo=TELEFONO, script=False)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(f"{caso.url_scrivania()}foto/{Foto.objects.get().uid}/copri/")
    for nome, valore in {"Da sinistra, %": "10", "Dall’alto, %": "10", "Larga, %": "20", "Alta, %": "20"}.items():
        pagina.get_by_label(nome).first.fill(valore)
    pagina.get_by_label("Perché").first.select_option("altri")
    pagina.get_by_role("button", name="Copri e avvisa chi ha segnalato").click()
    expect(pagina.get_by_text("1 zona è già coperta")).to_be_visible()
    pagina.goto(caso.url_scrivania())
    pagina.get_by_label("Perché ti serve").select_option("contatto")
    pagina.get_by_role("button", name="Mostra i recapiti (viene registrato)").click()
    expect(pagina.get_by_text("anna@example.org")).to_be_visible()


def test_words_selected_in_the_page_are_added_to_the_field(apri, caso, carla):
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(caso.url_scrivania("riservatezza"))
    pagina.evaluate(
        "() => { const testo = [...document.querySelectorAll('[data-lp-parti] dd')].at(0).firstChild;"
        " const scelta = document.createRange(); scelta.setStart(testo, 0); scelta.setEnd(testo, 4);"
        " getSelection().removeAllRanges(); getSelection().addRange(scelta); }"
    )
    pagina.get_by_role("button", name="Aggiungi le parole che ho selezionato").click()
    expect(pagina.get_by_label("Parole da coprire")).to_have_value("Buca")


def test_anna_takes_her_data_and_goes(apri, caso, anna):
    pagina = apri()
    entra(pagina, anna.email, PASSWORD)
    pagina.goto("/area-personale/")
    pagina.get_by_role("link", name="Scarica o cancella i tuoi dati").click()
    pagina.get_by_role("button", name="Prepara il file").click()
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="Scarica il file ZIP").click()
    assert scaricato.value.suggested_filename == "i-tuoi-dati.zip"
    pagina.get_by_role("link", name="Cancella i tuoi dati").click()
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.locator("main").get_by_role("button").first.click()
    pagina.get_by_text("Ho letto che cosa resta").click()
    pagina.get_by_role("button", name="Cancella, non si torna indietro").click()
    expect(pagina.get_by_text("Fatto: i tuoi dati sono cancellati")).to_be_visible()


def test_contacts_are_nowhere_in_the_page_until_asked_for(apri, caso, elena):
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(caso.url_scrivania())
    assert "anna@example.org" not in pagina.content()
    # Covering is not hers either.
    expect(pagina.get_by_role("link", name="copri o cambia chi la legge")).to_have_count(0)
