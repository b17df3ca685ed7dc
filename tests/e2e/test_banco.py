"""The bench in a real browser: names after an @, two colleagues at one case, a phone that loses the network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from segnalazioni.models import Foto, InvioDalCampo, Nota, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, porta_a, segnala
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra

CAMPO = "/scrivania/campo/"
STRETTO = ViewportSize(width=320, height=640)
QUI = {"latitude": 43.8430, "longitude": 10.5030}
SENZA_RETE = ["ERR_INTERNET_DISCONNECTED", "Failed to load resource"]


def test_carla_calls_elena_by_keyboard_and_elena_finds_the_bell(apri, buca, elena, carla):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    sua, di_lei = apri(schermo=SCRIVANIA), apri(schermo=SCRIVANIA)
    entra(sua, carla.email, PASSWORD)
    entra(di_lei, elena.email, PASSWORD)
    di_lei.goto(caso.url_scrivania())
    expect(di_lei.get_by_text("Si aggiorna da sola")).to_be_visible()
    sua.goto(caso.url_scrivania())
    campo = sua.get_by_role("textbox", name="Nota per i colleghi", exact=True)
    campo.press_sequentially("Sentita la ditta, @el")
    expect(sua.get_by_role("listbox", name="Avvisa").get_by_role("option")).to_have_text(
        ["Elena Esposito (@elena.esposito)"]
    )
    campo.press("Enter")
    expect(campo).to_have_value("Sentita la ditta, @elena.esposito ")
    campo.press_sequentially("passa tu?")
    sua.get_by_role("button", name="Scrivi la nota").click()
    expect(sua.locator(".lp-linea .interna", has_text="passa tu?").locator("b")).to_have_text("@elena.esposito")
    assert Nota.objects.count() == 1
    # Her open page has it by itself, and the bell the next time it is drawn.
    expect(di_lei.locator(".lp-linea .interna", has_text="passa tu?")).to_be_visible()
    di_lei.goto("/notifiche/")
    expect(di_lei.locator("main").get_by_text("Carla Conti ti ha scritto una nota").first).to_be_visible()


def test_two_colleagues_see_one_another_write_and_go(apri, buca, elena, carla):
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    sua, di_lei = apri(schermo=SCRIVANIA), apri(schermo=SCRIVANIA)
    entra(sua, carla.email, PASSWORD)
    entra(di_lei, elena.email, PASSWORD)
    sua.goto(caso.url_scrivania())
    expect(sua.get_by_text("Si aggiorna da sola")).to_be_visible()
    di_lei.goto(caso.url_scrivania())
    presenti = sua.locator("[data-lp-presenti]")
    expect(presenti).to_contain_text("Elena Esposito sta guardando questa segnalazione")
    expect(di_lei.locator("[data-lp-presenti]")).to_contain_text("Carla Conti sta guardando")
    di_lei.get_by_label("Nota per i colleghi", exact=True).press_sequentially("Un mom")
    expect(presenti).to_contain_text("Elena Esposito sta scrivendo")
    di_lei.goto("/scrivania/segnalazioni/")
    expect(presenti).to_be_empty()


@pytest.mark.parametrize("schermo", [STRETTO, TELEFONO], ids=["320", "360"])
def test_a_phone_without_network_keeps_what_was_done_and_sends_it_later(apri, buche, buca, elena, carla, foto, schermo):
    caso, altra = porta_a(buca, Stato.ASSEGNATA), porta_a(segnala(buche, lat=43.8440), Stato.ASSEGNATA)
    pagina = apri(schermo=schermo, ignora=SENZA_RETE)
    contesto = pagina.context
    contesto.grant_permissions(["geolocation"])
    contesto.set_geolocation(QUI)
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(CAMPO)
    pagina.get_by_role("button", name="Usa la mia posizione").click()
    expect(pagina.locator(".lp-vicini > li")).to_have_count(2)
    pagina.wait_for_function(
        "async () => (await (await caches.open('lp-campo')).keys()).some((r) => r.url.endsWith('scrivania.css'))"
    )
    _larga_quanto_lo_schermo(pagina)
    contesto.set_offline(True)
    _risolvi(pagina, caso, foto)
    expect(pagina.get_by_text("In attesa di rete: 1")).to_be_visible()
    _larga_quanto_lo_schermo(pagina)
    assert Segnalazione.objects.get(pk=caso.pk).stato == Stato.ASSEGNATA
    # The page opens with no network, with the last list and with what waits.
    pagina.goto(CAMPO)
    expect(pagina.locator(".lp-vicini > li")).to_have_count(2)
    expect(pagina.get_by_text("In attesa di rete: 1")).to_be_visible()
    _risolvi(pagina, altra, None)
    expect(pagina.get_by_text("In attesa di rete: 2")).to_be_visible()
    contesto.set_offline(False)
    expect(pagina.get_by_text("Inviate: 2")).to_be_visible()
    for uno in (caso, altra):
        assert Segnalazione.objects.get(pk=uno.pk).stato == Stato.RISOLTA
    assert (InvioDalCampo.objects.count(), Foto.objects.filter(passaggio__passo="risolvi").count()) == (2, 1)


def _risolvi(pagina, caso, foto):
    riga = pagina.locator(f"#{caso.codice}")
    riga.locator("summary").click()
    riga.get_by_label("Che cosa diciamo a chi ha segnalato").fill("Asfalto rifatto.")
    if foto:
        riga.get_by_label("Foto di com’è adesso").set_input_files(foto)
    riga.get_by_role("button", name="Fatto, è risolta").click()


def _larga_quanto_lo_schermo(pagina):
    assert pagina.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_a_colleague_did_meanwhile_is_to_be_looked_at_and_logout_forgets(apri, buca, elena, dario, carla):
    from segnalazioni import actions

    caso = porta_a(buca, Stato.ASSEGNATA)
    pagina = apri(schermo=TELEFONO, ignora=["409"])
    pagina.context.grant_permissions(["geolocation"])
    pagina.context.set_geolocation(QUI)
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(CAMPO)
    pagina.get_by_role("button", name="Usa la mia posizione").click()
    expect(pagina.locator(".lp-vicini > li")).to_have_count(1)
    actions.prendi_in_carico(caso, operatore=dario)
    _risolvi(pagina, caso, None)
    expect(pagina.get_by_text("Da rivedere: 1.")).to_be_visible()
    expect(pagina.locator("[data-lp-coda-elenco]")).to_contain_text("Asfalto rifatto.")
    assert Segnalazione.objects.get(pk=caso.pk).stato == Stato.IN_LAVORAZIONE
    pagina.once("dialog", lambda avviso: avviso.accept())
    pagina.locator(".utente summary").click()
    pagina.get_by_role("button", name="Esci").click()
    pagina.wait_for_url(re.compile(r"//[^/]+/$"))
    resta = "async () => [await caches.has('lp-campo'), (await indexedDB.databases()).length, localStorage.length]"
    assert pagina.evaluate(resta) == [False, 0, 0]


def test_without_a_script_the_street_is_an_address_and_a_form(apri, buca, elena, carla):
    from tests.factories.comune import ViaFactory

    ViaFactory(nome="Via del Fosso", lat=43.8429, lon=10.5027)
    caso = porta_a(buca, Stato.ASSEGNATA)
    pagina = apri(schermo=TELEFONO, script=False)
    entra(pagina, elena.email, PASSWORD)
    pagina.goto(CAMPO)
    expect(pagina.get_by_role("button", name="Usa la mia posizione")).to_be_hidden()
    pagina.get_by_label("Via, piazza o luogo").fill("via del fosso")
    pagina.get_by_role("button", name="Mostra le vicine").click()
    _risolvi(pagina, caso, None)
    expect(pagina.get_by_text("ora è risolta")).to_be_visible()
