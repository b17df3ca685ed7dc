"""Giulia asks for help: in her words, without a place, privately; it arrives at the URP in the one queue."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from ascolto.models import Contributo, Tipo, Visibilita
from notifiche.emails import componi
from notifiche.models import CanaleAvviso, Notifica
from segnalazioni.actions import NuovaSegnalazione, invia
from segnalazioni.actions.avvisi import dati_pubblici
from segnalazioni.actions.termine import perche_e_sua
from segnalazioni.models import ASSISTENZA, Bozza, Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import Stato
from tests.aiuti import segnala
from tests.segnalazioni.test_concorrenza import insieme

pytestmark = pytest.mark.django_db

PORTA = "/assistenza/"
ARGOMENTO = "Un servizio online o questo sito"
TESTO = (
    "Non riesco a scaricare il certificato: la pagina resta bianca. Il mio vicino Mario Rossi, 347 1234567, ci riesce."
)


@pytest.fixture
def aiuto(db: None) -> Categoria:
    """The category of help, as the taxonomy has it."""
    call_command("importa_categorie", verbosity=0)
    return Categoria.objects.get(codice=ASSISTENZA)


def primo(client: Client, **altro: Any):
    """Step 1."""
    return client.post(PORTA, {"argomento": ARGOMENTO, "testo": TESTO, "pagina": "/servizi/", **altro})


def secondo(client: Client, **altro: Any):
    """Step 2."""
    dati = {"contatto": "email", "email": "giulia.prova@example.org", "telefono": "", **altro}
    return client.post(f"{PORTA}chi/", dati)


def terzo(client: Client, **altro: Any):
    """The review, sent as it stands."""
    pagina = client.get(f"{PORTA}rivedi/").content.decode()
    nascosti = dict(re.findall(r'<input type="hidden" name="(chiave|riletta)" value="([^"]*)"', pagina))
    return client.post(f"{PORTA}rivedi/", {**nascosti, **altro})


def chiede(client: Client, **altro: Any) -> Segnalazione:
    """All three steps."""
    primo(client)
    secondo(client, **altro)
    risposta = terzo(client)
    assert risposta.status_code == 302, risposta.content.decode()
    return Segnalazione.objects.latest("pk")


def test_giulia_asks_and_confirms_from_the_mail(client, aiuto):
    assert primo(client).url == "/assistenza/chi/"
    assert secondo(client).url == "/assistenza/rivedi/"
    pagina = client.get("/assistenza/rivedi/").content.decode()
    assert "resta bianca" in pagina
    assert "giulia.prova@example.org" in pagina
    assert "Se confermi oggi," in pagina
    risposta = terzo(client)
    caso = Segnalazione.objects.get()
    assert risposta.url == caso.url("inviata")
    assert (caso.categoria, caso.stato, caso.testo) == (aiuto, Stato.DA_CONFERMARE, TESTO)
    assert caso.risposte == {"argomento": ARGOMENTO, "pagina": "/servizi/"}
    assert (caso.contributo.tipo, caso.contributo.visibilita) == (Tipo.ASSISTENZA, Visibilita.PRIVATA)
    assert Notifica.objects.get().tipo == "segnalazione_conferma"
    ricevuta = client.get(risposta.url).content.decode()
    assert "Il numero della richiesta" in ricevuta
    assert caso.codice in ricevuta
    assert not Bozza.objects.exists()


def test_anna_asks_from_her_account_and_the_term_runs(client, aiuto, anna):
    client.force_login(anna)
    caso = chiede(client, contatto="account", email="", telefono="0583 4422")
    assert (caso.stato, caso.aperta) == (Stato.RICEVUTA, True)
    assert caso.scadenza is not None
    assert (aiuto.giorni, aiuto.tipo_termine) == (10, "servizio")
    seguace = Seguace.objects.get(segnalazione=caso)
    assert (seguace.utente, seguace.telefono) == (anna, "0583 4422")
    pagina = client.get(caso.url()).content.decode()
    assert "La richiesta" in pagina
    assert "È la tua richiesta" in pagina
    assert "La segnalazione</h2>" not in pagina
    ricevuta = client.get(caso.url("inviata")).content.decode()
    assert "Richiesta inviata" in ricevuta


def test_it_is_in_the_queue_of_the_urp_with_its_sign_and_can_be_found(client, aiuto, anna, carla, buca):
    browser = Client()
    browser.force_login(anna)
    caso = chiede(browser, contatto="account", email="")
    client.force_login(carla)
    tutte = client.get("/scrivania/segnalazioni/", {"elenco": "aperte"}).content.decode()
    assert caso.codice in tutte
    assert buca.codice in tutte
    assert "assistenza" in tutte
    sole = client.get("/scrivania/segnalazioni/", {"elenco": "aperte", "tipo": "assistenza"}).content.decode()
    assert caso.codice in sole
    assert buca.codice not in sole
    altre = client.get("/scrivania/segnalazioni/", {"elenco": "aperte", "tipo": "segnalazione"}).content.decode()
    assert caso.codice not in altre
    assert buca.codice in altre
    scheda = client.get(caso.url_scrivania()).content.decode()
    assert ARGOMENTO in scheda


def test_figures_of_reports_do_not_count_it(client, aiuto, anna, carla, buca):
    browser = Client()
    browser.force_login(anna)
    caso = chiede(browser, contatto="account", email="")
    client.force_login(carla)
    elenco = client.get("/scrivania/statistiche/elenco/", {"quale": "aperte"}).content.decode()
    assert buca.codice in elenco
    assert caso.codice not in elenco


def test_the_telephone_is_shown_to_who_asks_for_contacts(aiuto, anna, client):
    from segnalazioni.actions import recapiti_di

    client.force_login(anna)
    caso = chiede(client, contatto="account", email="", telefono="0583 4422")
    assert ("Telefono", "0583 4422") in recapiti_di(caso)


def test_filed_by_a_colleague_on_the_telephone_it_is_the_same(aiuto, carla):
    nuova = NuovaSegnalazione(categoria=aiuto, testo=TESTO, canale="telefono", telefono="0583 4422")
    assert invia(nuova, autore=None, operatore=carla).contributo.tipo == Tipo.ASSISTENZA


def test_a_page_that_leads_here_chooses_the_topic_and_is_written_down(client, aiuto):
    testo = client.get(PORTA, {"su": "/partecipa/incontri/?x=1"}).content.decode()
    assert 'value="/partecipa/incontri/"' in testo
    assert re.search(r'value="Partecipazione e incontri"[^>]*checked', testo)
    for storto in ("https://altrove.example/", "//altrove.example", "/" + "a" * 300, "javascript:alert(1)"):
        assert 'name="pagina" value' not in client.get(PORTA, {"su": storto}).content.decode().replace('value=""', "")


def test_personal_words_are_no_error_here(client, aiuto):
    assert primo(client, testo="Scrivetemi a anna@example.org o al 347 1234567").status_code == 302


def test_review_leads_to_what_is_to_change_and_back(client, aiuto):
    primo(client)
    secondo(client)
    assert primo(client, testo="La pagina resta bianca anche oggi") is not None
    risposta = client.post(f"{PORTA}?poi=rivedi", {"argomento": ARGOMENTO, "testo": "Tutta un’altra cosa, davvero"})
    assert risposta.url == "/assistenza/rivedi/"
    assert "Tutta un’altra cosa" in client.get(risposta.url).content.decode()


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"argomento": ""}, "Scegli di che cosa si tratta."),
        ({"argomento": "Inventato"}, "Inventato"),
        ({"testo": ""}, "Scrivi di che cosa hai bisogno."),
        ({"testo": "Aiuto"}, "servono almeno 10 caratteri"),
        ({"testo": "a" * 4001}, "al massimo 4000 caratteri"),
        ({"pagina": "a" * 201}, "al massimo 200 caratteri"),
    ],
)
def test_what_is_missing_in_the_first_step_is_said_and_nothing_is_lost(client, aiuto, dati, frase):
    risposta = primo(client, **dati)
    testo = risposta.content.decode()
    assert risposta.status_code == 422
    assert frase in testo
    assert "<title>Errore: " in testo
    assert not Bozza.objects.exists()


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"contatto": ""}, "Scegli come ti avvisiamo."),
        ({"email": ""}, "Scrivi il tuo indirizzo"),
        ({"email": "giulia@"}, "Scrivi l’indirizzo per intero"),
        ({"contatto": "anonimo"}, "serve un recapito"),
        ({"telefono": "chiamami"}, "Scrivi il numero con le sole cifre"),
        ({"sito": "https://compra.example"}, "Svuota questo campo"),
    ],
)
def test_what_is_missing_in_the_second_step_is_said(client, aiuto, dati, frase):
    primo(client)
    risposta = secondo(client, **dati)
    assert risposta.status_code == 422
    assert frase in risposta.content.decode()


def test_nobody_remains_anonymous_and_the_page_does_not_offer_it(client, aiuto):
    primo(client)
    assert 'value="anonimo"' not in client.get(f"{PORTA}chi/").content.decode()


def test_steps_come_in_their_order(client, aiuto):
    assert client.get(f"{PORTA}chi/").url == PORTA
    assert client.get(f"{PORTA}rivedi/").url == PORTA
    primo(client)
    assert client.get(f"{PORTA}rivedi/").url == f"{PORTA}chi/"
    assert client.post(f"{PORTA}rivedi/", {"chiave": "x"}).url == f"{PORTA}chi/"


def test_logging_in_leads_back_with_everything(client, aiuto, anna):
    primo(client)
    risposta = secondo(client, contatto="account", email="")
    assert risposta.url == "/accedi/login/?next=%2Fassistenza%2Fchi%2F"
    client.force_login(anna)
    assert secondo(client, contatto="account", email="").url == "/assistenza/rivedi/"


def test_sent_twice_it_is_filed_once(client, aiuto):
    primo(client)
    secondo(client)
    pagina = client.get(f"{PORTA}rivedi/").content.decode()
    nascosti = dict(re.findall(r'<input type="hidden" name="(chiave|riletta)" value="([^"]*)"', pagina))
    prima, seconda = (client.post(f"{PORTA}rivedi/", nascosti) for _volta in range(2))
    assert prima.url == seconda.url
    assert Segnalazione.objects.count() == 1


def test_what_changed_since_the_review_is_read_again(client, aiuto):
    primo(client)
    secondo(client)
    assert terzo(client, riletta="x").url == f"{PORTA}rivedi/"
    assert not Segnalazione.objects.exists()


def test_one_address_does_not_ask_without_end(client, aiuto, monkeypatch):
    monkeypatch.setattr("segnalazioni.views.assistenza.INVII_ALL_ORA", 1)
    chiede(client)
    primo(client)
    secondo(client, email="altra@example.org")
    assert terzo(client).status_code == 429
    assert Segnalazione.objects.count() == 1


def test_a_draft_of_a_report_is_another_thing(client, aiuto):
    client.post("/segnalazioni/nuova/", {"testo": "Lampione spento in via Fillungo", "categoria": "luce.spento"})
    primo(client)
    assert Bozza.objects.count() == 2
    assert "Lampione" not in client.get(PORTA).content.decode()


def test_without_its_category_the_page_says_where_to_go(client, db):
    risposta = client.get(PORTA)
    assert risposta.status_code == 200
    assert "sportello dell’URP" in risposta.content.decode()


@pytest.mark.parametrize("chi", ["", "bruno", "elena"])
def test_nobody_else_reads_it(client, request, aiuto, anna, chi):
    browser = Client()
    browser.force_login(anna)
    caso = chiede(browser, contatto="account", email="")
    if chi:
        client.force_login(request.getfixturevalue(chi))
    assert client.get(caso.url()).status_code == 404
    assert caso.codice not in client.get("/segnalazioni/").content.decode()
    assert client.get(caso.url_scrivania()).status_code in (302, 403, 404)


def test_filing_a_report_does_not_offer_it(client, aiuto):
    assert ASSISTENZA not in client.get("/segnalazioni/nuova/categorie/").content.decode()


def test_a_report_goes_on_being_one(buche, anna):
    assert segnala(buche, autore=anna).contributo.tipo == Tipo.SEGNALAZIONE


def test_the_pages_cost_the_same_whatever_was_filed(client, aiuto, django_assert_max_num_queries):
    chiede(client)
    primo(client)
    secondo(client)
    for pagina in ("", "chi/", "rivedi/"):
        with django_assert_max_num_queries(12):
            client.get(f"{PORTA}{pagina}")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_sent_ten_times_at_once_it_is_filed_once(transactional_db):
    call_command("importa_categorie", verbosity=0)
    browser = Client()
    primo(browser)
    secondo(browser)
    pagina = browser.get(f"{PORTA}rivedi/").content.decode()
    nascosti = dict(re.findall(r'<input type="hidden" name="(chiave|riletta)" value="([^"]*)"', pagina))

    def manda() -> int:
        altro = Client()
        altro.cookies.update(browser.cookies)
        return altro.post(f"{PORTA}rivedi/", nascosti).status_code

    insieme(*[manda] * 10)
    assert (Segnalazione.objects.count(), Contributo.objects.count()) == (1, 1)


PER_CHI_CHIEDE = (
    "segnalazione_ricevuta",
    "segnalazione_domanda",
    "segnalazione_preavviso",
    "segnalazione_aggiornata",
    "segnalazione_moderata",
    "segnalazione_collegamento",
    "segnalazione_termine",
)


@pytest.mark.parametrize("tipo", PER_CHI_CHIEDE)
def test_every_mail_to_who_asked_says_richiesta(client, aiuto, anna, tipo):
    client.force_login(anna)
    caso = chiede(client, contatto="account", email="")
    perche = perche_e_sua(caso)
    altro = {"fatto": "il termine è passato", "spiega": "", "perche": perche, "di_chi": "", "motivo": "dati"}
    dati = {**dati_pubblici(caso), "atto": "copre_parole", "visibilita": "privata", **altro}
    mail = componi(Notifica(tipo=tipo, canale=CanaleAvviso.EMAIL, dati=dati), a="a@example.org", collegamento="/x/")
    for scritto in (mail.subject, mail.body, str(mail.alternatives[0][0])):
        assert "segnalazione" not in scritto.lower().replace(caso.url().lower(), "")
    assert "richiesta" in mail.body


def test_her_page_says_richiesta_wherever_it_speaks_of_it(client, aiuto, anna):
    client.force_login(anna)
    caso = chiede(client, contatto="account", email="")
    frammento = client.get(caso.url("stato")).content.decode()
    assert "La richiesta ora è: ricevuta." in frammento
    for pagina in (frammento, client.get(caso.url()).content.decode()):
        assert "Ritira la richiesta" in pagina
        assert "Ritira la segnalazione" not in pagina
