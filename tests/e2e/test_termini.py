"""The clock as people meet it: a question from the mailed link, a contestation, an office that is late."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from comune.models import Ruolo
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.models import Foto
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, incarica, persona, porta_a, segnala, ufficio
from tests.e2e.conftest import SCRIVANIA, TELEFONO, collegamento, entra
from tests.e2e.test_accessibilita import esamina
from tests.e2e.test_segnala_e_segui import CASELLA, al_banco, conferma, invia_con_una_mail


@pytest.fixture
def marta(db):
    """Titolare of the potere sostitutivo."""
    segreteria = ufficio("segreteria", "Segreteria generale")
    return incarica(persona("Marta", last_name="Meini", is_staff=True), segreteria, Ruolo.TITOLARE)


@pytest.fixture
def tardi(buche, anna, elena, dario, carla, marta):
    """Anna's report of two months ago, in Elena's hands since then."""
    with fermo_a(adesso() - timedelta(days=60)):
        return porta_a(segnala(buche, autore=anna), Stato.IN_LAVORAZIONE)


def test_a_question_is_answered_with_a_photo_from_the_mailed_link(apri, posta, carla, strade, foto):
    casa, urp = apri(), apri(schermo=SCRIVANIA)
    codice = invia_con_una_mail(casa, foto)
    conferma(casa, posta)
    entra(urp, carla.email, PASSWORD)
    al_banco(urp, codice, "Assegna", "Assegna", Ufficio="Strade e viabilità")
    al_banco(urp, codice, "Prendi in carico", "Prendi in carico")
    al_banco(urp, codice, "Chiedi a chi ha segnalato", "Manda la domanda", Domanda="Prima o dopo il semaforo?")

    altrove = apri()  # another telephone: only the mail opens the door
    altrove.goto(collegamento(posta.aspetta(CASELLA, 5)[-1]))
    altrove.locator("main").get_by_role("button", name="Apri la segnalazione").click()
    expect(altrove.get_by_text("Il termine è fermo e riparte quando rispondi")).to_be_visible()
    altrove.get_by_label("La tua risposta").fill("Subito dopo, verso la porta.")
    altrove.locator("#rispondi input[type=file]").set_input_files(foto)
    altrove.get_by_role("button", name="Manda la risposta").click()
    expect(altrove.locator(".lp-stato").first).to_have_text("In lavorazione")
    expect(altrove.get_by_text("Subito dopo, verso la porta.")).to_be_visible()
    assert Foto.objects.filter(segnalazione__contributo__codice=codice, passaggio__passo="rispondi").count() == 1


def test_a_contestation_is_decided_by_another_person(apri, buca, anna, elena, carla):
    caso = porta_a(buca, Stato.RISOLTA)
    casa, urp = apri(), apri(schermo=SCRIVANIA)
    entra(casa, anna.email, PASSWORD)
    casa.goto(caso.url())
    casa.get_by_text("Contesta la risposta").click()
    casa.get_by_label("Che cosa non va nella risposta").fill("La buca è ancora lì.")
    casa.get_by_role("button", name="Manda la contestazione").click()
    expect(casa.locator(".lp-stato").first).to_have_text("Contestata")
    expect(casa.get_by_text(re.compile("I giorni si contano da capo"))).to_be_visible()
    entra(urp, carla.email, PASSWORD)
    al_banco(urp, caso.codice, "Riapri", "Riapri", **{"Testo per chi ha segnalato": "Hai ragione: torniamo."})
    expect(casa.locator(".lp-stato").first).to_have_text("In lavorazione")
    expect(casa.get_by_text("Hai ragione: torniamo.")).to_be_visible()


def test_late_anna_asks_and_marta_steps_in(apri, tardi, anna, marta):
    casa, ufficio_di_marta = apri(), apri(schermo=SCRIVANIA)
    entra(casa, anna.email, PASSWORD)
    casa.goto(tardi.url())
    expect(casa.get_by_role("heading", name="Il Comune è in ritardo")).to_be_visible()
    expect(casa.get_by_text("Marta Meini (Segreteria generale)")).to_be_visible()
    casa.get_by_role("button", name="Chiedi l’intervento").click()
    expect(casa.get_by_text(re.compile("Decide entro"))).to_be_visible()
    entra(ufficio_di_marta, marta.email, PASSWORD)
    ufficio_di_marta.goto("/scrivania/segnalazioni/")
    expect(ufficio_di_marta.get_by_role("heading", name="Interventi da decidere")).to_be_visible()
    al_banco(
        ufficio_di_marta,
        tardi.codice,
        "Intervieni",
        "Intervieni",
        **{"Che cosa disponi, per chi ha segnalato": "La squadra passa entro la settimana."},
    )
    expect(casa.get_by_text("Intervento sostitutivo disposto").first).to_be_visible()
    expect(casa.get_by_text("La squadra passa entro la settimana.")).to_be_visible()


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_blocks_of_the_clock_have_no_finding(apri, tardi, buche, anna, elena, marta, schermo):
    preavviso = porta_a(segnala(buche, autore=anna), Stato.PREAVVISO_RIGETTO)
    risolta = porta_a(segnala(buche, autore=anna), Stato.RISOLTA)
    casa, banco = apri(schermo=schermo), apri(schermo=schermo)
    entra(casa, anna.email, PASSWORD)
    trovati = [t for caso in (tardi, preavviso, risolta) for t in esamina(casa, caso.url())]
    actions.sollecita(tardi, testo="Aspetto da due mesi.", autore=anna)
    entra(banco, marta.email, PASSWORD)
    base = tardi.url_scrivania()
    trovati += [
        t for percorso in ("/scrivania/segnalazioni/", f"{base}?passo=intervieni") for t in esamina(banco, percorso)
    ]
    assert trovati + esamina(casa, tardi.url()) == []
