"""The desk in a real browser: what colleagues do meanwhile, and keys that can be switched off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from segnalazioni import actions
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, porta_a, segnala
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra

CODA = "/scrivania/segnalazioni/"
BOTTONE = "form[data-lp-passo] button.btn-primary[type=submit]"


def test_elena_writes_while_dario_acts_and_loses_no_word(apri, buca, elena, dario):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    sua, di_lui = apri(schermo=SCRIVANIA, ignora=["409"]), apri(schermo=SCRIVANIA)
    entra(sua, elena.email, PASSWORD)
    entra(di_lui, dario.email, PASSWORD)
    sua.goto(f"{caso.url_scrivania()}?passo=risolvi")
    expect(sua.get_by_text("Si aggiorna da sola")).to_be_visible()
    sua.get_by_label("Risposta a chi ha segnalato").fill("Abbiamo chiuso la buca.")
    sua.get_by_label("Nota per i colleghi su questo passo").fill("Fattura 12.")
    di_lui.goto(f"{caso.url_scrivania()}?passo=chiedi")
    di_lui.get_by_role("textbox", name="Domanda a chi ha segnalato").fill("È ancora aperta?")
    di_lui.locator(BOTTONE).click()
    expect(di_lui.get_by_text("La segnalazione ora è: attesa risposta")).to_be_visible()
    expect(sua.locator("#testa .lp-stato")).to_have_text("Attesa risposta")
    expect(sua.get_by_text("Mentre scrivevi è successo qualcosa")).to_be_visible()
    expect(sua.get_by_label("Risposta a chi ha segnalato")).to_have_value("Abbiamo chiuso la buca.")
    sua.locator(BOTTONE).click()
    esito = sua.get_by_role("alert")
    expect(esito).to_be_focused()
    expect(esito).to_contain_text("Dario Dini, Strade e viabilità: Domanda a chi ha segnalato")
    expect(esito).to_contain_text("Abbiamo chiuso la buca.")
    expect(esito).to_contain_text("Fattura 12.")


def test_the_preview_follows_what_is_typed(apri, buca, elena):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    pagina = apri(schermo=TELEFONO)
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(f"{caso.url_scrivania()}?passo=risolvi")
    anteprima = pagina.get_by_role("region", name="Così lo vedrà il cittadino")
    expect(anteprima).to_contain_text("Manca ancora: la risposta")
    pagina.get_by_label("Risposta a chi ha segnalato").fill("Asfalto rifatto <b>ieri</b>.")
    expect(anteprima.locator("blockquote")).to_have_text("Asfalto rifatto <b>ieri</b>.")
    expect(anteprima).not_to_contain_text("Manca ancora")


def test_the_queue_changes_under_the_cursor_and_keeps_it(apri, buche, anna, bruno, carla, strade):
    prima, seconda = segnala(buche, autore=anna), segnala(buche, autore=bruno)
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(f"{CODA}?elenco=da-assegnare")
    altra = apri(schermo=SCRIVANIA)
    entra(altra, carla.email, PASSWORD)
    expect(pagina.get_by_text("Si aggiorna da sola")).to_be_visible()
    pagina.keyboard.press("j")
    pagina.keyboard.press("j")
    cursore = pagina.locator("tr[aria-current=true]")
    expect(cursore).to_contain_text(seconda.codice)
    altra.goto(f"{prima.url_scrivania()}?passo=assegna")
    altra.get_by_role("combobox", name="Ufficio").select_option("strade")
    altra.locator(BOTTONE).click()
    expect(pagina.locator("tr[data-lp-riga]")).to_have_count(1)
    expect(cursore).to_contain_text(seconda.codice)
    expect(cursore.get_by_role("link")).to_be_focused()
    expect(pagina.get_by_role("status").filter(has_text="La coda è cambiata")).to_contain_text("Da assegnare: 1")


def test_keys_are_listed_silent_while_typing_and_stay_off_once_switched_off(apri, buca, carla):
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(CODA)
    finestra, cursore = pagina.get_by_role("dialog"), pagina.locator("tr[aria-current=true]")
    pagina.keyboard.press("/")
    pagina.keyboard.type("j?5")
    expect(pagina.get_by_role("searchbox", name="Cerca per numero")).to_have_value("j?5")
    expect(finestra).to_be_hidden()
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("?")
    expect(finestra).to_be_visible()
    with pagina.expect_response(lambda risposta: risposta.request.method == "POST"):  # the server has it written down
        finestra.get_by_role("button", name="Spegni le scorciatoie").click()
    pagina.keyboard.press("Escape")
    for _volta in range(2):
        pagina.keyboard.press("j")
        expect(cursore).to_have_count(0)
        pagina.reload()
        expect(pagina.locator("tr[data-lp-riga]")).to_have_count(1)
    pagina.get_by_role("button", name="Scorciatoie da tastiera").click()
    finestra.get_by_role("button", name="Accendi le scorciatoie").click()
    pagina.keyboard.press("Escape")
    pagina.keyboard.press("j")
    expect(cursore).to_have_count(1)


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_desk_works_without_javascript(apri, buca, elena, dario, schermo):
    """Narrow, open, plan; then a form left open too long comes back with what happened in the meantime."""
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    pagina = apri(schermo=schermo, script=False, ignora=["409"])
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(f"{CODA}?elenco=aperte")
    expect(pagina.locator("kbd:visible")).to_have_count(0)
    if schermo is TELEFONO:
        pagina.get_by_role("link", name="Restringi").click()
    pagina.get_by_label("Stato").select_option("in_lavorazione")
    pagina.get_by_role("button", name="Applica").click()
    pagina.get_by_role("link", name=caso.titolo).click()
    pagina.get_by_role("list", name="Passi possibili").get_by_role("link", name="Risolta").click()
    pagina.get_by_label("Risposta a chi ha segnalato").fill("Fatto.")
    actions.attendi(caso, operatore=dario, ente="Provincia", testo="È strada provinciale.")
    pagina.locator(BOTTONE).click()
    expect(pagina.get_by_role("alert")).to_contain_text("Dario Dini")
    expect(pagina.get_by_label("Risposta a chi ha segnalato")).to_have_value("Fatto.")
    pagina.locator(BOTTONE).click()
    expect(pagina.get_by_text("La segnalazione ora è: risolta")).to_be_visible()
