"""Anna files a report with a photo; Carla works it in another browser; Anna's open page tells her, step by step."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from segnalazioni.models import Foto, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD
from tests.e2e.conftest import SCRIVANIA, collegamento, entra

CASELLA = "anna.guerri@example.org"


def invia_con_una_mail(pagina, foto, *, script=True):
    """The five steps, with a place searched by name; answers the number."""
    fino_alle_foto(pagina, script=script)
    pagina.get_by_label("Scatta o scegli le foto").set_input_files(foto)
    if not script:
        pagina.get_by_role("button", name="Carica", exact=True).click()
    pagina.get_by_label(re.compile("Che cosa si vede")).fill("La buca, larga come una ruota")
    avanti(pagina, "Come ti avvisiamo?")
    scegli(pagina, "Con una mail")
    pagina.get_by_label("Il tuo indirizzo e-mail").fill(CASELLA)
    avanti(pagina, "Va bene così?")
    expect(pagina.get_by_text("Davanti alla fermata del 6")).to_be_visible()
    pagina.get_by_role("button", name="Invia la segnalazione").click()
    expect(pagina.get_by_role("heading", name="Manca solo la tua conferma")).to_be_visible()
    return pagina.locator(".numero").inner_text().strip()


def fino_alle_foto(pagina, *, script=True):
    """The first two steps: what, and where."""
    pagina.goto("/segnalazioni/nuova/")
    pagina.get_by_label("Che cosa succede?").fill("Buca profonda sulla carreggiata, le bici ci finiscono dentro.")
    scegli_la_buca(pagina, script=script)
    pagina.get_by_label("Cerca una via o un posto").fill("Porta San Pietro")
    pagina.get_by_role("button", name="Cerca", exact=True).click()
    scegli(pagina, re.compile("Porta San Pietro"))
    pagina.get_by_label("O dillo a parole").fill("Davanti alla fermata del 6")
    avanti(pagina, "Hai una foto?")


def scegli_la_buca(pagina, *, script):
    """With a script the suggestions and the questions come while one types; without, they are pages of their own."""
    if script:
        scegli(pagina, "Buca o asfalto rovinato")
        rispondi_alle_domande(pagina)
        avanti(pagina, "Dove succede?")
        return
    pagina.get_by_role("button", name="Continua").click()
    scegli(pagina, "Buca o asfalto rovinato")
    avanti(pagina, "Qualche domanda")
    rispondi_alle_domande(pagina)
    avanti(pagina, "Dove succede?")


def rispondi_alle_domande(pagina):
    scegli(pagina.get_by_role("group", name=re.compile("Dove si trova")), re.compile("carreggiata", re.I))
    scegli(pagina.get_by_role("group", name=re.compile("pericolo immediato")), "No")


def avanti(pagina, titolo):
    pagina.get_by_role("button", name="Continua").click()
    expect(pagina.get_by_role("heading", name=titolo, level=1)).to_be_visible()


def scegli(dove, nome):
    """Presses the card of an answer: the radio lies under its label, as for a finger."""
    radio = dove.get_by_role("radio", name=nome).first
    radio.locator("xpath=following-sibling::label").click()
    expect(radio).to_be_checked()


def conferma(pagina, posta):
    """Opens the mailed link and presses its one button."""
    pagina.goto(collegamento(posta.aspetta(CASELLA)[0]))
    pagina.locator("main").get_by_role("button", name="Conferma la segnalazione").click()
    expect(pagina.locator("main").get_by_text("Ricevuta").first).to_be_visible()


def al_banco(pagina, codice, passo, bottone, **campi):
    """Takes one step at the desk as a colleague does: opens the move, fills its form, sends it."""
    pagina.goto(f"/scrivania/segnalazioni/{codice}/")
    pagina.get_by_role("list", name="Passi possibili").get_by_role("link", name=passo).click()
    modulo = pagina.locator("form[data-lp-passo]")
    for etichetta, valore in campi.items():
        campo = modulo.get_by_label(etichetta)
        if campo.evaluate("e => e.tagName") == "SELECT":
            campo.select_option(label=valore)
        else:
            campo.fill(valore)
    modulo.get_by_role("button", name=re.compile(bottone)).click()


def test_anna_files_carla_works_and_annas_page_follows_without_reload(apri, posta, carla, strade, foto):
    anna, urp = apri(), apri(schermo=SCRIVANIA)
    codice = invia_con_una_mail(anna, foto)
    conferma(anna, posta)
    anna.evaluate("window.maiRicaricata = true")
    expect(anna.get_by_text("Si aggiorna da sola")).to_be_visible()

    entra(urp, carla.email, PASSWORD)
    al_banco(urp, codice, "Assegna", "Assegna", Ufficio="Strade e viabilità")
    stato = anna.locator(".lp-stato").first
    expect(stato).to_have_text("Assegnata")
    al_banco(urp, codice, "Prendi in carico", "Prendi in carico")
    expect(stato).to_have_text("In lavorazione")
    al_banco(
        urp,
        codice,
        "Risolta",
        "Segna come risolta",
        **{"Risposta a chi ha segnalato": "Abbiamo chiuso la buca con asfalto a caldo."},
    )
    expect(stato).to_have_text("Risolta")
    expect(anna.get_by_text("Abbiamo chiuso la buca con asfalto a caldo.")).to_be_visible()
    assert anna.evaluate("window.maiRicaricata") is True

    caso = Segnalazione.objects.per_codice(codice).get()
    assert caso.stato == Stato.RISOLTA
    immagine = anna.request.get(f"/segnalazioni/{codice}/foto/{Foto.objects.get(segnalazione=caso).uid}/")
    assert b"TelefonoDiAnna" not in immagine.body()
    assert len(posta.aspetta(CASELLA, 4)) >= 4


def test_the_same_with_javascript_off(apri, posta, carla, strade, foto):
    anna, urp = apri(script=False), apri(schermo=SCRIVANIA, script=False)
    codice = invia_con_una_mail(anna, foto, script=False)
    conferma(anna, posta)

    entra(urp, carla.email, PASSWORD)
    al_banco(urp, codice, "Assegna", "Assegna", Ufficio="Strade e viabilità")
    al_banco(urp, codice, "Prendi in carico", "Prendi in carico")
    al_banco(urp, codice, "Chiedi a chi ha segnalato", "Manda la domanda", Domanda="Prima o dopo il semaforo?")
    anna.reload()
    expect(anna.locator(".lp-stato").first).to_have_text("Attesa risposta")
    anna.get_by_label("La tua risposta").fill("Subito dopo, verso la porta.")
    anna.get_by_role("button", name=re.compile("risposta", re.I)).click()
    expect(anna.locator(".lp-stato").first).to_have_text("In lavorazione")
    expect(anna.get_by_text("Subito dopo, verso la porta.")).to_be_visible()
    al_banco(urp, codice, "Risolta", "Segna come risolta", **{"Risposta a chi ha segnalato": "Chiusa con asfalto."})
    anna.reload()
    expect(anna.locator(".lp-stato").first).to_have_text("Risolta")
    expect(anna.get_by_text("Chiusa con asfalto.")).to_be_visible()


def test_a_photo_chosen_before_the_script_has_come_is_sent_too(apri, foto):
    anna = apri()
    in_viaggio = []
    anna.route("**/js/foto*.js", lambda richiesta: in_viaggio.append(richiesta))
    fino_alle_foto(anna)
    anna.get_by_label("Scatta o scegli le foto").set_input_files(foto)
    while not in_viaggio:
        anna.wait_for_timeout(50)
    in_viaggio[0].continue_()
    expect(anna.get_by_label(re.compile("Che cosa si vede"))).to_be_visible()
