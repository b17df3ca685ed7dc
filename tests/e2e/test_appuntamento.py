"""Gina books on her phone, confirms from the mail, the counter sees her, she cancels from the link."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comune.models import Ufficio
from core.calendario import UN_GIORNO, festivo
from core.tempo import oggi
from sportelli import actions
from sportelli.models import Accesso, Appuntamento, Orario, Prestazione, Sportello
from sportelli.workflow import Stato
from tests.aiuti import PASSWORD
from tests.e2e.conftest import SCRIVANIA, TELEFONO, collegamento, entra
from tests.e2e.test_accessibilita import _qui, esamina

CASELLA = "gina.guidi@example.org"


@pytest.fixture
def urp(transactional_db: None, ufficio_urp: Ufficio) -> Any:
    """A counter open by appointment on every day of the week, on the map."""
    sportello, _nuovo = Sportello.objects.update_or_create(
        slug="prova",
        defaults={
            "nome": "Sportello di prova",
            "scopo": "Serve alla prova.",
            "ufficio": ufficio_urp,
            "indirizzo": "Piazza della Prova 1",
            "lat": 43.843,
            "lon": 10.503,
        },
    )
    for giorno in range(7):
        ore = {"dalle": time(9), "alle": time(12), "accesso": Accesso.APPUNTAMENTO, "postazioni": 1}
        Orario.objects.create(sportello=sportello, giorno=giorno, **ore)
    Prestazione.objects.create(sportello=sportello, nome="Chiedere copia di un atto", da_portare="Un documento")
    actions.applica_gli_orari(sportello)
    return sportello


def avanti(pagina: Page, titolo: str) -> None:
    pagina.get_by_role("button", name="Continua").click()
    expect(pagina.get_by_role("heading", name=titolo, level=1)).to_be_visible()


def scegli(dove: Any) -> None:
    """Presses the card of the first answer: the radio lies under its label, as for a finger."""
    radio = dove.get_by_role("radio").first
    radio.locator("xpath=following-sibling::label").click()
    expect(radio).to_be_checked()


def prenota(pagina: Page) -> str:
    """The four steps; answers the number."""
    pagina.goto("/sportelli/prova/")
    pagina.get_by_role("link", name="Prendi un appuntamento").click()
    scegli(pagina.locator("main"))
    avanti(pagina, "Quando vieni?")
    scegli(pagina.locator("main fieldset").last)
    avanti(pagina, "Chi viene?")
    pagina.get_by_label("Nome e cognome").fill("Gina Guidi")
    pagina.get_by_label("Indirizzo e-mail").fill(CASELLA)
    avanti(pagina, "Va bene così?")
    pagina.get_by_role("button", name="Prenota l’appuntamento").click()
    expect(pagina.get_by_role("heading", name="Manca solo la tua conferma")).to_be_visible()
    return pagina.locator("main .lp-codice").inner_text().strip()


@pytest.mark.parametrize("script", [True, False], ids=["script", "senza"])
def test_booked_on_a_phone_confirmed_from_the_mail_cancelled_from_the_link(apri, posta, urp, carla, script):
    gina, banco = apri(script=script), apri(schermo=SCRIVANIA, script=script)
    codice = prenota(gina)
    gina.goto(collegamento(posta.aspetta(CASELLA)[0]))
    gina.get_by_role("button", name="Conferma l’appuntamento").click()
    expect(gina.get_by_role("heading", name="Ti aspettiamo")).to_be_visible()
    suo = Appuntamento.objects.get(codice=codice)
    assert suo.stato == Stato.CONFERMATO

    entra(banco, carla.email, PASSWORD)
    banco.goto(f"/scrivania/appuntamenti/?giorno={suo.inizio.date().isoformat()}")
    expect(banco.locator(f"#{codice}")).to_contain_text("Gina Guidi")

    gina.goto(collegamento(posta.aspetta(CASELLA, 2)[1]))
    gina.get_by_role("button", name="Disdici").click()
    gina.get_by_role("button", name="Sì, disdici").click()
    expect(gina.locator("main .lp-stato")).to_have_text("Disdetto")
    banco.reload()
    expect(banco.locator(f"#{codice}")).to_have_count(0)
    assert len(posta.aspetta(CASELLA, 3)) == 3


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_pages_of_the_counters_have_no_finding(apri, urp, carla, schermo):
    giorno = oggi() + UN_GIORNO
    while festivo(giorno):
        giorno += UN_GIORNO
    pagina = apri(schermo=schermo, ignora=["404", "422"])
    percorsi = [
        "/sportelli/",
        "/sportelli/prova/",
        "/sportelli/urp/",
        "/prenota/ritrova/",
        "/prenota/LU-0000-0000/chiave/x/",
    ]
    trovati = [t for percorso in percorsi for t in esamina(pagina, percorso)]
    pagina.goto("/prenota/")
    trovati += _qui(pagina)
    scegli(pagina.locator("main"))
    avanti(pagina, "Quando vieni?")
    trovati += _qui(pagina)
    scegli(pagina.locator("main fieldset").last)
    avanti(pagina, "Chi viene?")
    pagina.get_by_role("button", name="Continua").click()
    expect(pagina).to_have_title(re.compile("Errore"))
    trovati += _qui(pagina)
    pagina.get_by_label("Nome e cognome").fill("Gina Guidi")
    pagina.get_by_label("Indirizzo e-mail").fill(CASELLA)
    avanti(pagina, "Va bene così?")
    trovati += _qui(pagina)
    pagina.get_by_role("button", name="Prenota l’appuntamento").click()
    expect(pagina.get_by_role("heading", name="Manca solo la tua conferma")).to_be_visible()
    trovati += _qui(pagina)
    trovati += esamina(pagina, f"{pagina.url}disdici/")
    suo = Appuntamento.objects.get()
    banco = apri(schermo=schermo, ignora=["422"])
    entra(banco, carla.email, PASSWORD)
    agenda = "/scrivania/appuntamenti/"
    prestazione = Prestazione.objects.get()
    dove = [agenda, f"{agenda}?giorno={suo.inizio.date()}", f"{agenda}nuovo/", f"{agenda}nuovo/?per={prestazione.pk}"]
    dove.append(f"{agenda}{suo.codice}/annulla/")
    trovati += [t for percorso in dove for t in esamina(banco, percorso)]
    assert trovati == []
