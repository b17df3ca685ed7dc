"""The socket is cut: the page says so, looks by itself now and then, and mends when it can."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from segnalazioni import actions
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a


@pytest.fixture
def caso(buca, elena):
    return porta_a(buca, Stato.ASSEGNATA)


def test_with_the_socket_cut_the_page_says_so_and_polls(apri, caso, elena):
    pagina = apri()
    pagina.clock.install()
    pagina.route_web_socket("**/ws/**", lambda presa: presa.close())
    pagina.goto(caso.url())
    expect(pagina.get_by_text("Collegamento perso: controllo ogni minuto")).to_be_visible()
    actions.prendi_in_carico(caso, operatore=elena)
    pagina.clock.fast_forward(16_000)
    expect(pagina.locator(".lp-stato").first).to_have_text("In lavorazione")
    expect(pagina.locator("#contenuto [data-lp-annuncio]")).to_have_text("La segnalazione ora è: in lavorazione.")


def test_a_socket_that_comes_back_shows_what_was_missed(apri, caso, elena):
    pagina = apri()
    tagli: list[object] = []

    def taglia_il_primo(presa):
        if tagli:
            presa.connect_to_server()
        else:
            tagli.append(presa)
            presa.close()

    pagina.route_web_socket("**/ws/**", taglia_il_primo)
    pagina.goto(caso.url())
    expect(pagina.get_by_text("Collegamento perso: controllo ogni minuto")).to_be_visible()
    actions.prendi_in_carico(caso, operatore=elena)
    expect(pagina.get_by_text("Si aggiorna da sola")).to_be_visible()
    expect(pagina.locator(".lp-stato").first).to_have_text("In lavorazione")
