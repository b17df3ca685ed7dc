"""Whose case it is, as people see it: an office that refuses, two reports of one hole, an answer for many at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from segnalazioni.models import Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, porta_a, segnala
from tests.e2e.conftest import SCRIVANIA, collegamento, entra
from tests.e2e.test_segnala_e_segui import al_banco

CODA = "/scrivania/segnalazioni/"


@pytest.fixture
def sua(buche, bruno):
    """Bruno's report of the same hole, some metres further."""
    return segnala(buche, autore=bruno, lat=43.8431, testo="C’è una buca profonda, ci cadono le bici.")


def test_an_office_refuses_with_its_reason_and_the_case_finds_its_way(apri, buca, anna, elena, carla, fabio):
    """Roads refuse what lies under a lamp; the URP reads why, gives it to the lamps; Anna's open page follows."""
    caso = porta_a(buca, Stato.ASSEGNATA)
    casa, strade, urp, luce = (
        apri(),
        apri(schermo=SCRIVANIA, ignora=["404"]),
        apri(schermo=SCRIVANIA),
        apri(schermo=SCRIVANIA),
    )
    entra(casa, anna.email, PASSWORD)
    casa.goto(caso.url())
    expect(casa.get_by_text("Si aggiorna da sola")).to_be_visible()
    entra(strade, elena.email, PASSWORD)
    motivo = {"Motivo per i colleghi": "È il pozzetto di un lampione."}
    al_banco(strade, caso.codice, "Non è di questo ufficio", "URP", **motivo)
    strade.wait_for_url(f"**{CODA}")
    expect(strade.get_by_text("Fatto. La segnalazione")).to_be_visible()
    expect(casa.locator(".lp-stato").first).to_have_text("Ricevuta")

    entra(urp, carla.email, PASSWORD)
    urp.goto(f"{CODA}?elenco=da-assegnare")
    urp.get_by_role("link", name=caso.titolo).click()
    expect(urp.get_by_text("È il pozzetto di un lampione.").first).to_be_visible()
    al_banco(urp, caso.codice, "Assegna", "Assegna", Ufficio="Illuminazione pubblica")
    expect(casa.locator(".lp-stato").first).to_have_text("Assegnata")
    expect(casa.get_by_text("Illuminazione pubblica").first).to_be_visible()
    expect(casa.get_by_text("pozzetto")).to_have_count(0)

    entra(luce, fabio.email, PASSWORD)
    al_banco(luce, caso.codice, "Prendi in carico", "Prendi in carico")
    expect(casa.locator(".lp-stato").first).to_have_text("In lavorazione")
    strade.goto(caso.url_scrivania())
    expect(strade.get_by_role("heading", name=re.compile("non (c’è|esiste|trov)"))).to_be_visible()  # no longer theirs


def test_two_reports_become_one_and_both_people_read_every_answer(apri, posta, buca, sua, anna, bruno, carla, elena):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    di_bruno, urp, strade = apri(), apri(schermo=SCRIVANIA), apri(schermo=SCRIVANIA)
    entra(di_bruno, bruno.email, PASSWORD)
    di_bruno.goto(sua.url())
    expect(di_bruno.get_by_text("Si aggiorna da sola")).to_be_visible()

    entra(urp, carla.email, PASSWORD)
    urp.goto(sua.url_scrivania())
    urp.get_by_role("link", name=re.compile("Confronta")).first.click()
    expect(urp.get_by_role("heading", name="Sono la stessa?")).to_be_visible()
    urp.get_by_role("textbox", name=re.compile("Testo|Risposta|Che cosa")).first.fill(
        "È la stessa buca di via Fillungo."
    )
    urp.get_by_role("button", name="Unisci", exact=True).click()
    expect(di_bruno.locator(".lp-stato").first).to_have_text("Unita a un’altra")
    expect(di_bruno.get_by_text("È la stessa buca di via Fillungo.")).to_be_visible()

    di_bruno.get_by_role("link", name=caso.titolo).first.click()
    expect(di_bruno.get_by_text(re.compile("2 persone"))).to_be_visible()
    entra(strade, elena.email, PASSWORD)
    risposta = {"Risposta a chi ha segnalato": "Asfalto rifatto stamani."}
    al_banco(strade, caso.codice, "Risolta", "Segna come risolta", **risposta)
    expect(di_bruno.locator(".lp-stato").first).to_have_text("Risolta")
    for chi in (anna, bruno):
        ultima = _ultima(posta, chi.email, "Asfalto rifatto stamani.")
        di_bruno.goto(collegamento(ultima))
        expect(di_bruno.get_by_text("Asfalto rifatto stamani.").first).to_be_visible()


def _ultima(posta, casella, parole):
    """The mail to this person that holds these words; waits for it."""
    quante = 1
    while True:
        mail = posta.aspetta(casella, quante)[-1]
        if parole in mail.get_body(("plain",)).get_content():
            return mail
        quante += 1


def test_three_cases_are_given_to_an_office_at_once_by_keyboard(apri, buche, anna, bruno, carla, strade):
    casi = [segnala(buche, autore=chi) for chi in (anna, bruno, anna)]
    pagina = apri(schermo=SCRIVANIA)
    entra(pagina, carla.email, PASSWORD)
    pagina.goto(f"{CODA}?elenco=da-assegnare")
    expect(pagina.get_by_text("Si aggiorna da sola")).to_be_visible()
    for _uno in casi:
        pagina.keyboard.press("j")
        pagina.keyboard.press("x")
    expect(pagina.locator("[data-lp-riga] input[type=checkbox]:checked")).to_have_count(3)
    pagina.keyboard.press("a")
    pagina.wait_for_url("**/massa/**")
    pagina.get_by_role("combobox", name="Ufficio").focus()
    pagina.keyboard.type("Strade")
    pagina.get_by_role("button", name="Avanti: controlla").press("Enter")
    expect(pagina.get_by_text("Vanno a: Strade e viabilità.")).to_be_visible()
    expect(pagina.get_by_role("button", name=re.compile("3 segnalazioni"))).to_be_focused()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text(re.compile("3 (fatte|su 3)|Fatte.*3"))).to_be_visible()
    assert set(Segnalazione.objects.values_list("stato", flat=True)) == {Stato.ASSEGNATA}
