"""Giulia asks for help from her phone, without JavaScript, and confirms from the mail."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from segnalazioni.models import Segnalazione
from segnalazioni.workflow import Stato
from tests.e2e.conftest import SCRIVANIA, TELEFONO, collegamento
from tests.e2e.test_accessibilita import AXE, ETICHETTE


def _trovati(pagina):
    """Findings of axe on the page as it stands, and whether it is wider than the screen."""
    pagina.evaluate(AXE)
    trovati = pagina.evaluate("(tags) => axe.run(document, {runOnly: tags})", ETICHETTE)["violations"]
    largo = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [(pagina.url, t["id"], [n["target"] for n in t["nodes"]][:3]) for t in trovati] + ["wide"] * (largo > 0)


def _scrive(pagina):
    pagina.goto("/assistenza/?su=/partecipa/")
    expect(pagina.get_by_label("Partecipazione e incontri")).to_be_checked()
    pagina.get_by_label("Di che cosa hai bisogno?").fill("Non trovo il verbale dell’ultimo incontro di quartiere.")


def test_without_javascript_from_the_question_to_the_confirmed_request(apri, posta):
    pagina = apri(script=False)
    _scrive(pagina)
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_text("Con una mail", exact=True).click()
    pagina.get_by_label("Il tuo indirizzo e-mail").fill("giulia.prova@example.org")
    pagina.get_by_role("button", name="Continua").click()
    expect(pagina.get_by_text("Non trovo il verbale")).to_be_visible()
    pagina.get_by_role("button", name="Invia la richiesta").click()
    expect(pagina.get_by_text("Il numero della richiesta")).to_be_visible()
    caso = Segnalazione.objects.get()
    pagina.goto(collegamento(posta.aspetta("giulia.prova@example.org")[0]))
    pagina.get_by_role("button", name="Conferma la richiesta").click()
    caso.refresh_from_db()
    assert caso.stato != Stato.DA_CONFERMARE
    expect(pagina.get_by_role("heading", name="La richiesta")).to_be_visible()


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_its_pages_have_no_finding(apri, schermo):
    pagina = apri(schermo=schermo, ignora=["422"])
    pagina.goto("/assistenza/")
    pagina.get_by_role("button", name="Continua").click()
    trovati = _trovati(pagina)  # with its errors
    _scrive(pagina)
    trovati += _trovati(pagina)
    pagina.get_by_role("button", name="Continua").click()
    pagina.get_by_text("Con una mail", exact=True).click()
    pagina.get_by_label("Il tuo indirizzo e-mail").fill("giulia.prova@example.org")
    trovati += _trovati(pagina)
    pagina.get_by_role("button", name="Continua").click()
    trovati += _trovati(pagina)
    pagina.get_by_role("button", name="Invia la richiesta").click()
    expect(pagina.get_by_text("Il numero della richiesta")).to_be_visible()
    assert trovati + _trovati(pagina) == []
