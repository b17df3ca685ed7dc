"""The page changes under somebody's hands: what they write, where they are and what they opened stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from segnalazioni.models import Segnalazione
from tests.aiuti import PASSWORD, porta_a
from tests.e2e.conftest import entra

Apri = Callable[..., Page]


@pytest.fixture
def in_attesa(sito: str, buca: Segnalazione) -> Segnalazione:
    """Anna's report: the office has asked her something."""
    return porta_a(buca, "attesa_cittadino")


@pytest.fixture
def anna_risponde(apri: Apri, in_attesa: Segnalazione, anna: User) -> Callable[[], None]:
    """Anna, in a browser of her own, ready to answer."""
    pagina = apri()
    entra(pagina, anna.email, PASSWORD)
    pagina.goto(in_attesa.url())

    def rispondi() -> None:
        pagina.get_by_label("La tua risposta").fill("È davanti alla torre.")
        pagina.get_by_role("button", name="Manda la risposta").click()
        expect(pagina.get_by_text("Hai risposto")).to_be_visible()

    return rispondi


def viva(pagina: Page, caso: Segnalazione) -> Page:
    """Opens the page of the case and waits until it listens."""
    pagina.goto(caso.url())
    expect(pagina.get_by_text("Si aggiorna da sola")).to_be_visible()
    return pagina


def test_what_is_being_written_is_not_taken_away(
    apri: Apri, in_attesa: Segnalazione, anna: User, anna_risponde: Callable[[], None]
) -> None:
    telefono = apri()
    entra(telefono, anna.email, PASSWORD)
    viva(telefono, in_attesa)
    telefono.get_by_label("La tua risposta").fill("Sto scrivendo dal telefono")
    anna_risponde()
    expect(telefono.locator("#stato .lp-stato")).to_have_text("In lavorazione")
    expect(telefono.get_by_label("La tua risposta")).to_have_value("Sto scrivendo dal telefono")
    expect(telefono.get_by_text("Mentre scrivevi è successo qualcosa")).to_be_visible()


def test_words_that_were_refused_are_not_taken_away_either(
    apri: Apri, in_attesa: Segnalazione, anna: User, anna_risponde: Callable[[], None]
) -> None:
    telefono = apri(ignora=["422"])
    entra(telefono, anna.email, PASSWORD)
    viva(telefono, in_attesa)
    lunga = " ".join(["tre"] * 2_000)
    telefono.get_by_label("La tua risposta").fill(lunga)
    telefono.get_by_role("button", name="Manda la risposta").click()
    expect(telefono.get_by_role("alert")).to_be_focused()
    expect(telefono.get_by_text("Si aggiorna da sola")).to_be_visible()
    anna_risponde()
    expect(telefono.locator("#stato .lp-stato")).to_have_text("In lavorazione")
    assert len(telefono.get_by_label("La tua risposta").input_value()) == len(lunga)


def test_focus_and_what_was_opened_stay(apri: Apri, in_attesa: Segnalazione, anna_risponde: Callable[[], None]) -> None:
    pagina = viva(apri(), in_attesa)
    conto = pagina.get_by_text("Come si contano i giorni")
    conto.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Si contano dal giorno dopo la conferma")).to_be_visible()
    anna_risponde()
    expect(pagina.locator("#stato .lp-stato")).to_have_text("In lavorazione")
    expect(pagina.get_by_text("Si contano dal giorno dopo la conferma")).to_be_visible()
    expect(conto).to_be_focused()
    expect(pagina.get_by_role("status").filter(has_text="La segnalazione ora è: in lavorazione.")).to_be_attached()
