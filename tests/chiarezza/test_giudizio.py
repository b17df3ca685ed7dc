"""Anna says how clear a page is: once, without saying who she is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from ascolto.models import Contributo, Tipo, Visibilita
from chiarezza.actions import esprimi
from chiarezza.domande import BENE, MALE
from chiarezza.models import Giudizio
from chiarezza.posti import Posto
from core.tempo import adesso, fermo_a
from segnalazioni.models import Segnalazione
from tests.chiarezza.conftest import CHIAREZZA

pytestmark = pytest.mark.django_db


def manda(client: Client, **dati: str):
    """Opens the second step, as a browser does, and sends it."""
    tutti = {"percorso": "/privacy/", "voto": "2", **dati}
    client.get(CHIAREZZA, {"percorso": tutti["percorso"]})
    return client.post(CHIAREZZA, tutti)


def test_anna_says_how_clear_a_page_is(client, privacy):
    risposta = manda(client, motivo="incomplete", parole="Manca a chi scrivere")
    assert (risposta.status_code, risposta.url) == (302, "/chiarezza/grazie/?percorso=%2Fprivacy%2F")
    uno = Giudizio.objects.get()
    assert (uno.voto, uno.motivo, uno.parole) == (2, "incomplete", "Manca a chi scrivere")
    assert (uno.pagina, uno.percorso, uno.sezione) == (privacy, "/privacy/", "privacy")
    assert (uno.contributo.tipo, uno.contributo.visibilita) == (Tipo.GIUDIZIO, Visibilita.PRIVATA)
    assert "Torna alla pagina" in client.get(risposta.url).content.decode()


def test_the_stars_alone_are_an_opinion(client):
    assert manda(client, voto="5").status_code == 302
    assert (Giudizio.objects.get().voto, Giudizio.objects.get().motivo) == (5, "")


def test_the_first_step_shows_what_was_chosen_and_writes_nothing(client):
    pagina = client.get(CHIAREZZA, {"percorso": "/privacy/?da=mail", "voto": "4", "motivo": "chiare"})
    testo = pagina.content.decode()
    assert 'id="voto-4" value="4" checked' in testo
    assert 'value="chiare" checked' in testo
    assert not Contributo.objects.exists()
    assert "private" in pagina["Cache-Control"]


def test_who_is_logged_in_is_not_written_down(client, anna):
    client.force_login(anna)
    manda(client)
    assert Giudizio.objects.get().contributo.autore is None
    altrove = Client()
    altrove.force_login(anna)
    manda(altrove, voto="5")
    assert Giudizio.objects.get().voto == 2, "one account is one visitor, whichever the browser"


def test_a_second_opinion_changes_nothing_and_is_answered_alike(client):
    prima, seconda = manda(client, voto="2"), manda(client, voto="5", parole="Ci ho ripensato")
    assert (prima.status_code, prima.url) == (seconda.status_code, seconda.url)
    assert Giudizio.objects.values_list("voto", "parole").get() == (2, "")
    assert Contributo.objects.count() == 1


def test_another_page_and_another_visitor_are_other_opinions(client):
    manda(client)
    manda(client, percorso="/note-legali/")
    manda(Client())
    assert Giudizio.objects.count() == 3
    assert len(set(Giudizio.objects.values_list("visitatore", flat=True))) == 3


def test_stars_sent_alone_may_be_completed_for_an_hour(client):
    assert manda(client, passo="voto", voto="1").status_code == 204
    assert Giudizio.objects.get().finito_il is None
    manda(client, voto="2", motivo="guasti", parole="Non si apre")
    uno = Giudizio.objects.get()
    assert (uno.voto, uno.motivo, uno.parole) == (2, "guasti", "Non si apre")
    assert uno.finito_il is not None


def test_after_an_hour_the_stars_stay_as_they_are(client):
    with fermo_a(adesso() - timedelta(minutes=61)):
        manda(client, passo="voto", voto="1")
    manda(client, voto="5")
    assert Giudizio.objects.get().voto == 1


def test_a_reason_that_does_not_go_with_the_stars_is_left_out(client):
    manda(client, voto="5", motivo="guasti")
    assert Giudizio.objects.get().motivo == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Giudizio.objects.update(motivo="guasti")


@pytest.mark.parametrize("dati", [{"pagina": "voto", "valore": 0}, {"pagina": "voto", "valore": 6}])
def test_the_database_knows_five_stars(client, dati):
    manda(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        Giudizio.objects.update(voto=dati["valore"])


def test_all_reports_are_one_kind_of_page(client, buca: Segnalazione):
    manda(client, percorso=buca.url())
    uno = Giudizio.objects.get()
    assert (uno.percorso, uno.sezione, uno.pagina) == ("/segnalazioni/{codice}/", "segnalazioni", None)


def test_a_page_that_goes_leaves_its_opinions(client, privacy):
    manda(client)
    privacy.specific.delete()
    uno = Giudizio.objects.get()
    assert (uno.pagina, uno.percorso, uno.voto) == (None, "/privacy/", 2)


def test_a_page_that_moves_keeps_one_opinion_of_each(client, privacy):
    manda(client)
    privacy.specific.move(privacy.get_siblings(inclusive=False).get(slug="faq"), pos="last-child")
    manda(client, percorso="/faq/privacy/", voto="5")
    assert Giudizio.objects.get().voto == 2


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "percorso",
    [
        "",
        "privacy/",
        "//altrove.example/",
        "https://altrove.example/",
        "/\\altrove.example",
        "/non-esiste/",
        "/scrivania/segnalazioni/",
        "/cms/",
        "/accedi/login/",
        "/area-personale/",
        "/chiarezza/",
        "/privacy" + "/a" * 200,
    ],
)
def test_what_is_no_page_of_ours_is_not_judged(client, percorso):
    assert client.get(CHIAREZZA, {"percorso": percorso}).status_code == 404
    assert client.post(CHIAREZZA, {"percorso": percorso, "voto": "3"}).status_code == 404
    assert client.get("/chiarezza/grazie/", {"percorso": percorso}).status_code == 404
    assert not Contributo.objects.exists()


def test_a_page_not_published_is_not_judged(client, privacy):
    privacy.specific.unpublish()
    assert client.get(CHIAREZZA, {"percorso": "/privacy/"}).status_code == 404


@pytest.mark.parametrize("voto", ["", "0", "6", "tre", "-1"])
def test_without_stars_it_is_asked_again(client, voto):
    risposta = manda(client, voto=voto, parole="Mi è piaciuta")
    assert risposta.status_code == 422
    testo = risposta.content.decode()
    assert "Scegli da 1 a 5 stelle." in testo
    assert "Mi è piaciuta" in testo
    assert "<title>Errore: " in testo
    assert not Contributo.objects.exists()


@pytest.mark.parametrize(
    ("parole", "che"),
    [
        ("Scrivetemi a anna@example.org", "l’indirizzo e-mail (anna@example.org)"),
        ("Chiamatemi al 347 1234567", "il numero di telefono (347 1234567)"),
        ("Sono RSSMRA85T10A562S", "il codice fiscale (RSSMRA85T10A562S)"),
        ("a" * 201, "al massimo 200 caratteri"),
    ],
)
def test_words_with_personal_data_come_back_and_the_stars_count(client, parole, che):
    risposta = manda(client, motivo="guasti", parole=parole)
    testo = risposta.content.decode()
    assert risposta.status_code == 422
    assert che in testo
    assert parole in testo
    assert Giudizio.objects.values_list("voto", "motivo", "parole").get() == (2, "guasti", "")
    manda(client, motivo="guasti", parole="Non si apre")
    assert Giudizio.objects.get().parole == "Non si apre"


def test_two_hundred_characters_are_not_too_many(client):
    manda(client, parole="è" * 200)
    assert len(Giudizio.objects.get().parole) == 200


def test_a_program_that_fills_in_everything_counts_nowhere(client):
    assert manda(client, sito="https://comprate.example").status_code == 422
    assert not Contributo.objects.exists()


def test_without_its_token_nothing_is_written(privacy):
    severo = Client(enforce_csrf_checks=True)
    assert severo.post(CHIAREZZA, {"percorso": "/privacy/", "voto": "1"}).status_code == 403
    assert not Contributo.objects.exists()


def test_one_address_does_not_vote_without_end(client, monkeypatch):
    monkeypatch.setattr("chiarezza.views.ALL_ORA", 2)
    stati = [manda(Client()).status_code for _volta in range(3)]
    assert stati == [302, 302, 429]
    assert Giudizio.objects.count() == 2


def test_the_second_step_is_not_opened_without_end(client, monkeypatch):
    monkeypatch.setattr("chiarezza.views.APERTURE_ALL_ORA", 2)
    assert [client.get(CHIAREZZA, {"percorso": "/"}).status_code for _volta in range(3)] == [200, 200, 429]


# --- the fragments of the page that is open ---------------------------------------------------------------


def test_the_page_that_is_open_gets_parts(client):
    aperta = client.get(CHIAREZZA, {"percorso": "/privacy/", "parte": "si"}).content.decode()
    assert "csrfmiddlewaretoken" in aperta
    assert "<html" not in aperta
    grazie = manda(client, parte="si")
    assert grazie.status_code == 200
    assert "Grazie, il tuo parere" in grazie.content.decode()
    assert "<html" not in grazie.content.decode()


def test_reasons_are_five_and_five():
    assert len(set(BENE) | set(MALE)) == 10


def test_a_wrong_action_is_not_taken_for_a_second_opinion(privacy):
    with pytest.raises((IntegrityError, ValidationError, Giudizio.DoesNotExist)):
        esprimi(Posto("/privacy/", "/privacy/", privacy), visitatore="x", voto=9)
    assert not Contributo.objects.exists()


def test_an_opinion_costs_the_same_however_many_there_are(client, giudica, django_assert_max_num_queries):
    for voto in (1, 2, 3, 4, 5):
        giudica(voto)
    client.get(CHIAREZZA, {"percorso": "/privacy/"})
    with django_assert_max_num_queries(25):
        client.post(CHIAREZZA, {"percorso": "/privacy/", "voto": "3"})
