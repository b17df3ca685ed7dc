"""Every page, at 360 and at 1280 px: no axe finding (WCAG 2.2 AA and best practices), nothing wider than the screen."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from comune.models import Ruolo
from core.immagini import Zona
from home.models import NotiziaPage, RubricaPage
from segnalazioni import actions
from segnalazioni.actions import banco
from segnalazioni.models import CosaVista
from segnalazioni.workflow import Stato
from tests.aiuti import PASSWORD, incarica, porta_a, segnala, una_per_tipo
from tests.e2e.conftest import SCRIVANIA, TELEFONO, entra
from tests.segnalazioni.cittadini import con_foto

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
def test_pages_of_every_kind_have_no_finding(apri, schermo):
    rubrica = RubricaPage.objects.get(slug="notizie")
    rubrica.add_child(instance=NotiziaPage(title="Otto lampade nuove", sommario="Accese di notte.", corpo=[]))
    pagina = apri(schermo=schermo)
    porte = ["/componenti/blocchi/", "/argomenti/", "/argomenti/ambiente/", "/mappa-del-sito/", "/novita/notizie/"]
    inglesi = ["/en/", "/en/services/", "/en/services/city-and-environment/report-a-problem/", "/en/help/"]
    indirizzi = [*una_per_tipo(), *porte, *inglesi]
    assert len(indirizzi) > 15
    assert [t for percorso in indirizzi for t in esamina(pagina, percorso)] == []


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
    porta_a(segnala(buche, autore=bruno), Stato.RISOLTA)  # what is thought of answers has something to show
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    pagina = apri(schermo=schermo)
    entra(pagina, carla.email, PASSWORD)
    base = caso.url_scrivania()
    percorsi = ["/scrivania/segnalazioni/", "/scrivania/segnalazioni/?elenco=aperte", base]
    percorsi += [f"{base}fascicolo/?note=si", "/scrivania/statistiche/", "/scrivania/statistiche/elenco/?quale=aperte"]
    percorsi += ["/scrivania/campo/", "/scrivania/campo/?q=via+inventata"]
    percorsi += [f"{base}?passo={passo}" for passo in ("programma", "risolvi", "inoltra", "passa", "unisci")]
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_tools_of_the_desk_have_no_finding(apri, buca, buche, bruno, carla, strade, schermo):
    sua = segnala(buche, autore=bruno, lat=43.8431)
    regola = actions.DatiRegola("Le buche alle strade", strade, categorie=[buche.codice])
    actions.crea_regola(regola, operatore=carla)
    banco.salva_vista(carla, nome="Aperte", query="elenco=aperte", ufficio=None)
    lavoro = banco.avvia_lavoro(carla, "assegna", {buca.pk: buca.versione}, uid=uuid4(), ufficio=strade)
    pagina = apri(schermo=schermo)
    entra(pagina, carla.email, PASSWORD)
    coda, regole = "/scrivania/segnalazioni/", "/scrivania/regole/"
    percorsi = [regole, f"{regole}nuova/", f"{regole}prova/", f"{sua.url_scrivania()}confronta/{buca.codice}/"]
    percorsi += [f"{coda}{coda_di}" for coda_di in ("elenchi/", "risposte/", "risposte/nuova/", "lavori/", "?q=buca")]
    percorsi.append(f"{coda}lavori/{lavoro.uid}/")
    trovati = [t for percorso in percorsi for t in esamina(pagina, percorso)]
    pagina.goto(f"{coda}?elenco=da-assegnare")
    pagina.get_by_role("checkbox", name=re.compile(sua.codice)).check()
    pagina.get_by_role("button", name=re.compile("Assegna a un ufficio")).click()
    expect(pagina.get_by_role("button", name="Avanti: controlla")).to_be_visible()
    assert trovati + _qui(pagina) == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_counter_and_the_register_have_no_finding(apri, buca, buche, carla, schermo):
    parole = actions.NuovaSegnalazione(
        categoria=buche, testo="Buca al ponte", luogo_a_parole="Al ponte", canale="telefono"
    )
    caso = actions.invia(parole, autore=None, operatore=carla)
    pagina = apri(schermo=schermo)
    entra(pagina, carla.email, PASSWORD)
    base = f"/scrivania/sportello/{caso.codice}/"
    percorsi = ["/scrivania/sportello/", base, f"{base}ricevuta/", "/scrivania/protocollo/"]
    percorsi += ["/scrivania/protocollo/?elenco=ferme"]
    assert [t for percorso in percorsi for t in esamina(pagina, percorso)] == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_covering_and_looking_have_no_finding(apri, buca, anna, carla, elena, ufficio_urp, schermo):
    foto = con_foto(buca)[0]
    caso = porta_a(buca, Stato.IN_LAVORAZIONE)
    altri = actions.Perche("altri", "Si legge un nome.")
    actions.copri_parole(caso, operatore=carla, perche=altri, frasi=["civico 12"])
    actions.copri_foto(foto, operatore=carla, perche=altri, zone=[Zona(10, 10, 20, 20)])
    actions.consulta(caso, operatore=elena, cosa=CosaVista.RECAPITI, motivo="contatto")
    incarica(carla, ufficio_urp, Ruolo.RESPONSABILE)
    pagina = apri(schermo=schermo, ignora=["404"])  # the pictures lie in the memory of the test
    entra(pagina, carla.email, PASSWORD)
    base = caso.url_scrivania()
    percorsi = [base, f"{base}riservatezza/", f"{base}foto/{foto.uid}/copri/", "/scrivania/segnalazioni/consultazioni/"]
    assert [t for percorso in [*percorsi, caso.url()] for t in esamina(pagina, percorso)] == []


@pytest.mark.parametrize("schermo", [TELEFONO, SCRIVANIA], ids=["360", "1280"])
def test_the_pages_of_ones_own_data_have_no_finding(apri, buca, anna, schermo):
    fuori = apri(schermo=schermo)
    assert esamina(fuori, "/i-tuoi-dati/") == []
    pagina = apri(schermo=schermo)
    entra(pagina, anna.email, PASSWORD)
    assert esamina(pagina, "/i-tuoi-dati/") == []
    pagina.get_by_role("button", name="Prepara il file").click()
    assert esamina(pagina, pagina.url) == []
    pagina.get_by_role("link", name="Cancella i tuoi dati").click()
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.locator("main").get_by_role("button").first.click()
    expect(pagina.get_by_role("heading", name="Cancella i tuoi dati")).to_be_visible()
    assert esamina(pagina, pagina.url) == []


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
