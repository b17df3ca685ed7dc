"""Steps 4 and 5: how Giulia is told, sending once whatever happens, and who is stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from accounts.models import User
from segnalazioni.models import Bozza, Categoria, Foto, Passaggio, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import segnala
from tests.immagini import foto
from tests.segnalazioni.modulo import QUI, Modulo, categoria, indirizzo, titolo
from tests.segnalazioni.test_nuova_foto import carica, file

# --- who --------------------------------------------------------------------------------------------------


@pytest.fixture
def al_chi(modulo: Modulo) -> Modulo:
    """Giulia has said what and where."""
    modulo.cosa()
    modulo.dove()
    return modulo


@pytest.mark.parametrize(
    ("contatto", "email", "frase"),
    [
        ("", "", "Scegli come ti avvisiamo."),
        ("email", "", "Scrivi il tuo indirizzo, oppure scegli un altro modo."),
        ("email", "giulia@", "Scrivi l’indirizzo per intero"),
        ("email", "giulia prova@example.org", "Scrivi l’indirizzo per intero"),
        ("piccione", "", "piccione"),
    ],
)
def test_a_way_that_does_not_work_is_said_and_kept(al_chi: Modulo, contatto: str, email: str, frase: str) -> None:
    risposta = al_chi.chi(contatto=contatto, email=email)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert titolo(risposta).startswith("Errore:")
    assert frase in pagina
    assert f'name="email" value="{email}"' in pagina


def test_what_was_typed_in_a_way_not_chosen_stops_nobody(al_chi: Modulo) -> None:
    assert al_chi.chi(contatto="anonimo", email="giulia@").url == indirizzo("nuova_rivedi")


def test_where_somebody_must_be_reachable_the_page_says_why(al_chi: Modulo) -> None:
    categoria("servizi.pratica", "Pratica in ritardo", anonima=False, luogo_obbligatorio=False)
    al_chi.cosa("servizi.pratica")
    pagina = al_chi.guarda("nuova_chi")
    assert 'value="anonimo"' not in pagina
    assert "Per «Pratica in ritardo» non si può restare anonimi" in pagina
    risposta = al_chi.chi(contatto="anonimo", email="")
    assert risposta.status_code == 422
    assert "serve un recapito" in risposta.content.decode()


def test_the_field_for_programs_stops_programs_and_lets_people_out(al_chi: Modulo) -> None:
    assert "lp-trappola" in al_chi.guarda("nuova_chi")
    risposta = al_chi.chi(sito="http://compra.example")
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert "Svuota questo campo" in pagina
    assert "lp-trappola" not in pagina, "a person whose browser filled it must see it"
    assert al_chi.chi(sito="").url == indirizzo("nuova_rivedi")


def test_fields_say_to_the_browser_what_they_are(al_chi: Modulo) -> None:
    assert 'autocomplete="email" inputmode="email"' in al_chi.guarda("nuova_chi")


# --- send -------------------------------------------------------------------------------------------------


def test_sending_twice_files_once_and_shows_the_same_number(modulo: Modulo) -> None:
    modulo.fino_a_rivedi()
    chiave = str(modulo.bozza.chiave)
    prima, seconda = modulo.invia(chiave), modulo.invia(chiave)
    assert prima.url == seconda.url
    assert Segnalazione.objects.count() == 1


def test_a_page_of_review_left_open_does_not_send_another_draft(modulo: Modulo) -> None:
    modulo.fino_a_rivedi()
    risposta = modulo.invia("00000000-0000-4000-8000-000000000000")
    assert risposta.url == indirizzo("nuova_rivedi")
    assert not Segnalazione.objects.exists()
    assert "la bozza è cambiata" in modulo.guarda("nuova_rivedi")
    assert modulo.invia("non-una-chiave").url == indirizzo("nuova_rivedi")


def test_who_is_asked_to_look_only_looks(modulo: Modulo) -> None:
    modulo.fino_a_rivedi()
    assert modulo.client.get(indirizzo("nuova_rivedi")).status_code == 200
    assert not Segnalazione.objects.exists()


def test_twenty_reports_an_hour_from_one_address_then_wait_and_lose_nothing(modulo: Modulo) -> None:
    for _volta in range(20):
        altro = Modulo(Client())
        altro.fino_a_rivedi(contatto="anonimo", email="")
        assert altro.invia().status_code == 302
    modulo.fino_a_rivedi()
    risposta = modulo.invia()
    assert risposta.status_code == 429
    assert risposta["Retry-After"] == "3600"
    assert "La tua bozza è al suo posto" in risposta.content.decode()
    assert Segnalazione.objects.count() == 20
    assert modulo.bozza.dati["cosa"]["testo"] in modulo.guarda("nuova_rivedi")


def test_the_page_of_a_private_category_does_not_promise_a_public_one(modulo: Modulo) -> None:
    categoria("rumore.rumore", "Rumore molesto", pubblica=False)
    modulo.fino_a_rivedi("rumore.rumore")
    pagina = modulo.guarda("nuova_rivedi")
    assert "questa categoria non diventa pubblica" in pagina
    assert "Solo tu e l’ufficio" in modulo.guarda("nuova_chi")
    assert "La vede solo l’ufficio" in modulo.guarda("nuova_foto")


def test_a_procedure_of_thirty_days_counts_all_of_them(modulo: Modulo) -> None:
    categoria("strade.viabilita", "Traffico", tipo_termine="procedimento", giorni=30)
    modulo.fino_a_rivedi("strade.viabilita")
    pagina = modulo.guarda("nuova_rivedi")
    assert "Si contano tutti i giorni" in pagina
    assert "passa a chi deve occuparsene" in pagina, "no office yet: the URP sorts it"


# --- how much it costs ------------------------------------------------------------------------------------


@pytest.fixture
def pieno(modulo: Modulo, con_domande: Categoria, anna: User) -> Modulo:
    """Everything filled in: questions, a point with reports around it, five photos, an account."""
    for n in range(6):
        segnala(con_domande, autore=anna, lat=43.8429 + n / 100_000, lon=10.5027)
    modulo.client.force_login(anna)
    modulo.cosa()
    modulo.manda("nuova_domande", {"d_punti": "uno"})
    viste = [caso.codice for caso in Segnalazione.objects.all()]
    modulo.dove(parole="Qui", vista=viste, **QUI)
    carica(modulo, *[file(f"{n}.jpg", foto(larghezza=64 + n)) for n in range(5)])
    modulo.chi(contatto="account", email="")
    return modulo


def test_sending_costs_at_most_thirty_queries(pieno: Modulo, django_assert_max_num_queries: Any) -> None:
    chiave, riletta = str(pieno.bozza.chiave), pieno.riletta
    with django_assert_max_num_queries(30):
        assert pieno.invia(chiave, riletta).status_code == 302
    assert Foto.objects.filter(segnalazione=Segnalazione.objects.latest("pk")).count() == 5


def test_sending_with_an_address_costs_no_more(modulo: Modulo, django_assert_max_num_queries: Any) -> None:
    modulo.cosa()
    modulo.dove(**QUI)
    modulo.chi()
    chiave, riletta = str(modulo.bozza.chiave), modulo.riletta
    with django_assert_max_num_queries(30):
        assert modulo.invia(chiave, riletta).status_code == 302


@pytest.mark.parametrize(
    "passo",
    ["nuova", "nuova_categorie", "nuova_domande", "nuova_dove", "nuova_foto", "nuova_chi", "nuova_rivedi"],
)
def test_each_step_costs_at_most_fifteen_queries(pieno: Modulo, passo: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        assert pieno.client.get(indirizzo(passo)).status_code == 200


# --- at the same moment -----------------------------------------------------------------------------------


def insieme(*atti: Callable[[], Any]) -> list[Any]:
    """Does all of these at once, each in a thread with its own connection."""
    via = Barrier(len(atti))

    def corri(atto: Callable[[], Any]) -> Any:
        via.wait(timeout=10)
        try:
            return atto()
        finally:
            connections.close_all()

    assert connection.vendor == "postgresql", "concurrency is a promise of PostgreSQL"
    with ThreadPoolExecutor(len(atti)) as squadra:
        return list(squadra.map(corri, atti))


def _stesso_browser(modulo: Modulo) -> Modulo:
    altro = Client()
    altro.cookies = modulo.client.cookies
    return Modulo(altro)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_six_presses_at_once_file_one_report(modulo: Modulo) -> None:
    modulo.fino_a_rivedi(contatto="anonimo", email="")
    chiave = str(modulo.bozza.chiave)
    pagine = [_stesso_browser(modulo) for _volta in range(6)]
    risposte = insieme(*[lambda p=p: p.invia(chiave) for p in pagine])
    caso = Segnalazione.objects.get()
    assert {r.url for r in risposte} == {caso.url("inviata")}
    assert caso.stato == Stato.RICEVUTA
    assert Passaggio.objects.filter(segnalazione=caso).count() == 1
    assert not Bozza.objects.exists()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_eight_photos_at_once_leave_five(al_chi: Modulo) -> None:
    pagine = [_stesso_browser(al_chi) for _volta in range(8)]
    atti = [
        lambda p=p, n=n: carica(p, file(f"{n}.jpg", foto(larghezza=64 + n)), frammento="si").status_code
        for n, p in enumerate(pagine)
    ]
    assert insieme(*atti) == [200] * 8
    assert Foto.objects.filter(bozza=al_chi.bozza).count() == 5
