"""Every page, at 360 and at 1280 px: no axe finding (WCAG 2.2 AA and best practices), nothing wider than the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from segnalazioni import actions
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, porta_a, segnala
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
ETICHETTE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

PUBBLICHE = [
    "/",
    "/segnalazioni/",
    "/segnalazioni/?stato=inventato&pagina=999",
    "/segnalazioni/nuova/",
    "/segnalazioni/nuova/categorie/",
    "/segnalazioni/LU-0000-0000/",
    "/accedi/login/",
    "/accedi/signup/",
    "/accedi/password/reset/",
    "/componenti/",
    "/crediti/",
    "/privacy/",
    "/accessibilita/",
]


def esamina(pagina, percorso):
    """Findings of axe, and how much wider than the screen the page is."""
    pagina.goto(percorso)
    pagina.evaluate(AXE)
    trovati = pagina.evaluate("(tags) => axe.run(document, {runOnly: tags})", ETICHETTE)["violations"]
    largo = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [(percorso, t["id"], [n["target"] for n in t["nodes"]][:3]) for t in trovati] + (
        [(percorso, "wider than the screen", largo)] if largo > 0 else []
    )


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_public_pages_have_no_finding(apri, buca, strade, elena, anna, schermo):
    caso = porta_a(buca, Stato.PROGRAMMATA)
    pagina = apri(schermo=schermo, ignora=["404"])
    trovati = [t for percorso in [*PUBBLICHE, caso.url()] for t in esamina(pagina, percorso)]
    assert trovati == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_reporters_pages_have_no_finding(apri, buca, anna, elena, schermo):
    actions.chiedi(porta_a(buca, Stato.IN_LAVORAZIONE), operatore=elena, testo="Prima o dopo il ponte?")
    pagina = apri(schermo=schermo)
    entra(pagina, anna.email, PASSWORD)
    percorsi = [buca.url(), "/area-personale/", "/notifiche/", "/accedi/2fa/", "/accedi/password/change/"]
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_desk_has_no_finding(apri, buca, buche, bruno, carla, schermo):
    segnala(buche, autore=bruno)
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    pagina = apri(schermo=schermo)
    entra(pagina, carla.email, PASSWORD)
    base = caso.url_scrivania()
    percorsi = ["/scrivania/segnalazioni/", "/scrivania/segnalazioni/?elenco=aperte", base]
    percorsi += [f"{base}?passo={passo}" for passo in ("programma", "risolvi", "inoltra", "passa", "unisci")]
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_steps_of_filing_have_no_finding_with_and_without_errors(apri, buche, buca, schermo):
    pagina = apri(schermo=schermo, ignora=["422"])
    pagina.goto("/segnalazioni/nuova/?testo=Buca+in+via+Fillungo,+scrivetemi+a+gino@example.org")
    trovati = []
    for titolo in ("Nuova segnalazione, passo 1", "passo 2", "passo 3", "passo 4"):
        expect(pagina).to_have_title(re.compile(titolo))
        trovati += _qui(pagina)
        with pagina.expect_navigation():
            pagina.get_by_role("button", name="Continua").click()
        if pagina.title().startswith("Errore"):
            trovati += _qui(pagina)
            _sistema(pagina)
            pagina.get_by_role("button", name="Continua").click()
    expect(pagina).to_have_title(re.compile("passo 5"))
    trovati += _qui(pagina)
    pagina.get_by_role("button", name="Invia la segnalazione").click()
    expect(pagina.get_by_role("heading", name="Manca solo la tua conferma")).to_be_visible()
    trovati += _qui(pagina)
    assert trovati == []


def _qui(pagina):
    pagina.evaluate(AXE)
    trovati = pagina.evaluate("(tags) => axe.run(document, {runOnly: tags})", ETICHETTE)["violations"]
    return [(pagina.title(), t["id"], [n["target"] for n in t["nodes"]][:3]) for t in trovati]


def _sistema(pagina):
    """Does what the errors ask for."""
    titolo = pagina.title()
    if "passo 1" in titolo:
        pagina.get_by_label("Che cosa succede?").fill("Buca in via Fillungo, davanti al civico 12")
        pagina.locator("label", has_text="Nessuna di queste").click()
    elif "passo 2" in titolo:
        pagina.get_by_label("O dillo a parole").fill("Davanti al civico 12")
    elif "passo 4" in titolo:
        pagina.locator("label", has_text="Con una mail").click()
        pagina.get_by_label("Il tuo indirizzo e-mail").fill("anna.guerri@example.org")
