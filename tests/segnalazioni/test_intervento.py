"""The potere sostitutivo: Anna asks, Marta or who has her delegation decides, everybody reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Incarico, Ruolo, Ufficio
from core.errors import DomainError
from segnalazioni import actions, scheduled
from segnalazioni.desk.elenchi import Sguardo, casi_di, elenco_di
from segnalazioni.models import Categoria, EsitoIntervento, Intervento, Passaggio, Segnalazione, ruoli_di_servizio
from segnalazioni.termini import TipoTermine
from segnalazioni.workflow import RuoloCaso
from tests.aiuti import fai, incarica, persona, porta_a, segnala, ufficio
from tests.segnalazioni.cittadini import GIULIA, browser_con_la_casella, pagina_di
from tests.segnalazioni.scrivania import dati_di, url_passo
from tests.segnalazioni.test_scadenze import avvisati, fresco, il

NOVE_NOVEMBRE, QUINDICI_DICEMBRE = date(2026, 11, 9), date(2026, 12, 15)


@pytest.fixture
def segreteria(db: None) -> Ufficio:
    """Marta's office."""
    return ufficio("segreteria", "Segreteria generale")


@pytest.fixture
def marta(segreteria: Ufficio) -> User:
    """Titolare of the potere sostitutivo."""
    marta = persona("Marta", last_name="Meini", is_staff=True)
    return incarica(marta, segreteria, Ruolo.TITOLARE, dal=date(2020, 1, 1))


@pytest.fixture
def nino(segreteria: Ufficio) -> User:
    """Has Marta's delegation in December 2026."""
    nino = persona("Nino", last_name="Nesi", is_staff=True)
    date_ = {"dal": date(2026, 12, 1), "al": date(2026, 12, 31)}
    Incarico.objects.create(utente=nino, ufficio=segreteria, ruolo=Ruolo.DELEGATO, **date_)
    return nino


@pytest.fixture
def tardi(buche: Categoria, anna: User, elena: User, dario: User, carla: User, marta: User) -> Segnalazione:
    """Anna's report of 9 November: thirty days, over on 9 December, in Elena's hands."""
    Incarico.objects.exclude(ruolo=Ruolo.DELEGATO).update(dal=date(2020, 1, 1))
    buche.tipo_termine, buche.giorni = TipoTermine.PROCEDIMENTO, 30
    buche.save()
    with il(NOVE_NOVEMBRE):
        return porta_a(segnala(buche, autore=anna), "in_lavorazione")


@pytest.fixture
def chiesto(tardi: Segnalazione, anna: User) -> Segnalazione:
    """She asked on Tue 15 December."""
    with il(QUINDICI_DICEMBRE):
        return actions.sollecita(tardi, testo="Aspetto da un mese.", autore=anna)


# --- asking -----------------------------------------------------------------------------------------------


def test_late_the_page_offers_it_and_the_half_of_the_term_begins(
    client: Client, tardi: Segnalazione, anna: User
) -> None:
    client.force_login(anna)
    with il(QUINDICI_DICEMBRE):
        pagina = pagina_di(client.get(tardi.url()))
        assert "Il Comune è in ritardo" in pagina
        assert "Marta Meini (Segreteria generale)" in pagina
        risposta = client.post(tardi.url("sollecita"), {"testo": "Aspetto da un mese."}, follow=True)
        assert "Decide entro <strong>mercoledì 30 dicembre 2026</strong>" in pagina_di(risposta)
        assert "Il Comune è in ritardo" not in pagina_di(risposta)
    intervento = Intervento.objects.get(segnalazione=tardi)
    assert (intervento.scadenza, intervento.esito) == (date(2026, 12, 30), "")
    assert intervento.richiesta.ruolo == RuoloCaso.SEGNALANTE
    assert {"marta@example.org", "elena@example.org", "dario@example.org"} <= avvisati("segnalazione_termine")


def test_giulia_asks_from_the_mailed_link(buche: Categoria, elena: User, marta: User) -> None:
    with il(NOVE_NOVEMBRE):
        caso = segnala(buche, email=GIULIA)
        browser_con_la_casella(caso)
    with il(QUINDICI_DICEMBRE):
        browser = browser_con_la_casella(fresco(caso))
        assert browser.post(caso.url("sollecita"), {}).status_code == 302
    assert fresco(caso).intervento_aperto is not None


def test_before_the_term_is_over_there_is_nothing_to_ask(client: Client, tardi: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    with il(date(2026, 12, 9)):
        assert "Il Comune è in ritardo" not in pagina_di(client.get(tardi.url()))
        assert client.post(tardi.url("sollecita"), {}).status_code == 409
    assert not Intervento.objects.exists()


def test_once_in_a_term(chiesto: Segnalazione, anna: User) -> None:
    with il(date(2026, 12, 20)), pytest.raises(DomainError, match="una volta sola"):
        actions.sollecita(chiesto, autore=anna)


def test_a_neighbour_reads_it_but_does_not_ask(client: Client, tardi: Segnalazione, bruno: User) -> None:
    client.force_login(bruno)
    with il(QUINDICI_DICEMBRE):
        assert tardi.url("sollecita") not in pagina_di(client.get(tardi.url()))
        assert client.post(tardi.url("sollecita"), {}).status_code == 403


# --- deciding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chi", ["marta", "nino"])
def test_the_titolare_or_who_has_the_delegation_decides_at_the_desk(
    request: Any, client: Client, chiesto: Segnalazione, nino: User, chi: str
) -> None:
    client.force_login(request.getfixturevalue(chi))
    with il(date(2026, 12, 18)):
        coda = pagina_di(client.get(reverse("scrivania:coda")))
        assert "Interventi da decidere" in coda
        assert chiesto.codice in coda
        assert "intervento chiesto, entro mer 30 dic" in coda
        assert "Intervieni al posto dell’ufficio" in pagina_di(
            client.get(chiesto.url_scrivania() + "?passo=intervieni")
        )
        dati = dati_di(chiesto, testo="La squadra passa martedì.", giorno="2026-12-22")
        assert client.post(url_passo(chiesto, "intervieni"), dati).status_code == 302
        pubblica = pagina_di(Client().get(chiesto.url()))
    intervento = Intervento.objects.get(segnalazione=chiesto)
    assert intervento.esito == EsitoIntervento.DISPOSTO
    assert "Intervento sostitutivo disposto: da fare entro martedì 22 dicembre" in pubblica
    assert "La squadra passa martedì." in pubblica
    assert "Sentito il capocantiere." not in pubblica  # the note is the colleagues'
    assert {"anna@example.org", "elena@example.org"} <= avvisati("segnalazione_termine", "passaggio")
    assert fresco(chiesto).stato == "in_lavorazione"


def test_declining_wants_reasons_and_is_public_too(client: Client, chiesto: Segnalazione, marta: User) -> None:
    client.force_login(marta)
    with il(date(2026, 12, 18)):
        assert client.post(url_passo(chiesto, "declina"), {"versione": chiesto.versione}).status_code == 422
        assert client.post(url_passo(chiesto, "declina"), dati_di(chiesto)).status_code == 302
        assert "Intervento sostitutivo non disposto" in pagina_di(Client().get(chiesto.url()))
        # Decided once: the case stays visible to her, with nothing more to decide.
        assert client.post(url_passo(chiesto, "intervieni"), dati_di(fresco(chiesto))).status_code == 409


@pytest.mark.parametrize("passo", ["intervieni", "declina"])
@pytest.mark.parametrize("chi", ["carla", "elena", "dario"])
def test_the_late_office_does_not_decide_about_itself(
    request: Any, client: Client, chiesto: Segnalazione, chi: str, passo: str
) -> None:
    client.force_login(request.getfixturevalue(chi))
    with il(date(2026, 12, 18)):
        assert client.post(url_passo(chiesto, passo), dati_di(chiesto)).status_code == 409
    assert fresco(chiesto).intervento_aperto is not None


def test_a_delegation_that_is_over_opens_nothing(client: Client, chiesto: Segnalazione, nino: User) -> None:
    client.force_login(nino)
    with il(date(2027, 1, 2)):
        assert client.get(chiesto.url_scrivania()).status_code == 403  # holds no office any more


def test_the_titolare_sees_what_is_late_and_nothing_else(
    client: Client, tardi: Segnalazione, marta: User, buche: Categoria, bruno: User
) -> None:
    client.force_login(marta)
    with il(date(2026, 12, 9)):
        assert client.get(tardi.url_scrivania()).status_code == 404
    with il(date(2026, 12, 10)):
        nuova = segnala(buche, autore=bruno)
        assert client.get(tardi.url_scrivania()).status_code == 200
        assert client.get(nuova.url_scrivania()).status_code == 404
        # Nobody has asked: there is nothing to decide, nor any step of the office to take.
        assert ruoli_di_servizio(fresco(tardi), marta) == frozenset()
        assert client.post(url_passo(tardi, "intervieni"), dati_di(tardi)).status_code == 409


def test_an_answer_that_comes_first_closes_the_request(chiesto: Segnalazione) -> None:
    with il(date(2026, 12, 17)):
        fai(chiesto, "risolvi")
    intervento = Intervento.objects.get(segnalazione=chiesto)
    assert intervento.esito == EsitoIntervento.SUPERATO
    assert intervento.conclusione == Passaggio.objects.get(segnalazione=chiesto, passo="risolvi")


@pytest.mark.parametrize("decidi", [actions.intervieni, actions.declina], ids=["intervieni", "declina"])
def test_the_actions_ask_the_table_themselves(
    chiesto: Segnalazione, elena: User, decidi: Callable[..., Segnalazione]
) -> None:
    with il(date(2026, 12, 18)), pytest.raises(DomainError):
        decidi(chiesto, operatore=elena, testo="Facciamo noi.")


def test_a_delegation_has_a_last_day(segreteria: Ufficio, bruno: User) -> None:
    senza = Incarico(utente=bruno, ufficio=segreteria, ruolo=Ruolo.DELEGATO, dal=date(2026, 12, 1))
    with pytest.raises(ValidationError, match="Una delega ha un ultimo giorno"):
        senza.full_clean(exclude=["utente"])


def test_the_queue_of_the_titolare_costs_no_more_than_any(
    client: Client, chiesto: Segnalazione, marta: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(marta)
    with il(date(2026, 12, 18)), django_assert_max_num_queries(15):
        assert client.get(reverse("scrivania:coda")).status_code == 200


# --- what a request outlives, and what it does not ---------------------------------------------------------


def test_asked_for_it_is_not_joined_to_another_before_somebody_decides(
    client: Client, chiesto: Segnalazione, elena: User, carla: User, marta: User, anna: User, buche: Categoria
) -> None:
    with il(date(2026, 12, 17)):
        altra = segnala(buche)
        client.force_login(elena)
        dati = dati_di(chiesto, originale=altra.codice)
        risposta = client.post(url_passo(chiesto, "unisci"), dati)
        assert risposta.status_code == 409
        assert "si può unire dopo che è stato deciso" in pagina_di(risposta)
        assert fresco(chiesto).intervento_aperto is not None
        actions.declina(fresco(chiesto), operatore=marta, testo="Non è un ritardo dell’ufficio.")
        caso = actions.unisci(fresco(chiesto), operatore=elena, originale=altra)
        caso = actions.stacca(caso, operatore=carla, testo="È un’altra buca.")
        assert Intervento.objects.get(segnalazione=caso).esito == EsitoIntervento.NON_DOVUTO
        with pytest.raises(DomainError, match="una volta sola"):  # the same term, decided
            actions.sollecita(caso, autore=anna)


def test_taken_back_there_is_nothing_to_decide_and_no_answer_came(chiesto: Segnalazione, anna: User) -> None:
    with il(date(2026, 12, 17)):
        actions.ritira(chiesto, autore=anna)
    intervento = Intervento.objects.get(segnalazione=chiesto)
    assert (intervento.esito, intervento.conclusione.passo) == (EsitoIntervento.RITIRATO, "ritira")


def test_the_new_term_after_a_contestation_may_be_asked_about_again(
    client: Client, chiesto: Segnalazione, anna: User, carla: User, marta: User
) -> None:
    with il(date(2026, 12, 17)):
        caso = fai(chiesto, "risolvi")
    with il(date(2026, 12, 18)):
        caso = actions.contesta(caso, testo="C’è ancora.", autore=anna)
        caso = actions.riapri(caso, operatore=carla, testo="Ha ragione.")
        with pytest.raises(DomainError, match="non è ancora passato"):
            actions.sollecita(caso, autore=anna)
    assert caso.scadenza == date(2027, 1, 18)  # Sunday the 17th moves
    client.force_login(anna)
    with il(date(2027, 1, 19)):
        assert "Il Comune è in ritardo" in pagina_di(client.get(caso.url()))
        assert client.post(caso.url("sollecita"), {}).status_code == 302
        assert client.post(caso.url("sollecita"), {}).status_code == 409
        assert "Decide entro <strong>mercoledì 3 febbraio 2027</strong>" in pagina_di(client.get(caso.url()))
        primo, secondo = Intervento.objects.filter(segnalazione=caso).order_by("pk")
        assert (primo.avvio, secondo.avvio) == (NOVE_NOVEMBRE, date(2026, 12, 18))
        assert (primo.esito, secondo.esito) == (EsitoIntervento.SUPERATO, "")
        assert list(Segnalazione.objects.del_servizio(marta)) == [caso]
        actions.intervieni(fresco(caso), operatore=marta, testo="Ci pensiamo noi.")
    secondo.refresh_from_db()
    assert secondo.esito == EsitoIntervento.DISPOSTO


# --- the list of who decides, and its reminder -------------------------------------------------------------


@pytest.fixture
def urgente(tardi: Segnalazione, chiesto: Segnalazione, bruno: User, strade: Ufficio) -> Segnalazione:
    """Bruno's: late a day after Anna's, asked for with hers, but due on Fri 18 December, twelve days before hers."""
    breve = Categoria.objects.create(codice="prova-breve", nome="Lastra", madre=tardi.categoria.madre, ufficio=strade)
    breve.giorni = 5
    breve.save()
    with il(date(2026, 12, 2)):
        caso = segnala(breve, autore=bruno)
    with il(QUINDICI_DICEMBRE):
        return actions.sollecita(caso, autore=bruno)


def test_the_titolare_finds_first_what_must_be_decided_first(
    client: Client, chiesto: Segnalazione, urgente: Segnalazione, marta: User
) -> None:
    assert chiesto.scadenza is not None
    assert urgente.scadenza is not None
    assert chiesto.scadenza < urgente.scadenza
    client.force_login(marta)
    with il(date(2026, 12, 21)):
        coda = pagina_di(client.get(reverse("scrivania:coda"), {"elenco": "interventi"}))
        assert coda.index(urgente.codice) < coda.index(chiesto.codice)
        assert "2 segnalazioni." in coda
        assert "intervento da decidere, era entro ven 18 dic" in coda
        assert "intervento chiesto, entro mer 30 dic" in coda
        assert "Doveva decidere entro <strong>venerdì 18 dicembre 2026</strong>" in pagina_di(client.get(urgente.url()))


def test_when_its_last_day_is_over_who_may_step_in_is_reminded_once(
    chiesto: Segnalazione, urgente: Segnalazione, marta: User, nino: User
) -> None:
    with il(date(2026, 12, 18), 23):
        assert scheduled.ricorda_gli_interventi() == 0
    with il(date(2026, 12, 19), 0):
        assert scheduled.ricorda_gli_interventi() == 1
        assert scheduled.ricorda_gli_interventi() == 0
        assert avvisati("segnalazione_termine", "intervento:") == {"marta@example.org", "nino@example.org"}
    with il(date(2026, 12, 31)):
        actions.declina(fresco(chiesto), operatore=marta, testo="No.")
        assert scheduled.ricorda_gli_interventi() == 0


def test_the_list_and_the_reminder_are_served_by_the_index_of_what_is_to_be_decided(
    chiesto: Segnalazione, marta: User
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a planner that has statistics reads three rows as it likes")
    with il(date(2026, 12, 18)):
        sguardo = Sguardo.di(marta)
        elenco = elenco_di("interventi", sguardo)
        da_decidere = casi_di(marta, elenco, sguardo).order_by(elenco.ordine, "-pk")
        for domanda in (da_decidere, Segnalazione.objects.interventi_da_ricordare()):
            assert "intervento_da_decidere" in domanda.explain()
