"""Booking as people do it: four steps, a link in the mail, and what is refused on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core.tempo import fermo_a
from sportelli.forms import scrivi_istante
from sportelli.models import Appuntamento, Turno
from sportelli.workflow import Stato
from tests.aiuti import PASSWORD
from tests.sportelli.aiuti import alle, per, prendi, turno

COSA, QUANDO, CHI, RIVEDI = (f"/prenota/{passo}" for passo in ("", "quando/", "chi/", "rivedi/"))
GINA = {"nome": "Gina Guidi", "email": "Gina@example.org", "telefono": "", "parole": "Ho la sedia a rotelle"}


def fino_a_rivedi(client: Client, atto: Any, ora: str = "09:00", **chi: str) -> Any:
    """The first three steps; answers the key of the review."""
    assert client.post(COSA, {"per": atto.pk})["Location"] == QUANDO
    assert client.post(QUANDO, {"quando": scrivi_istante(alle(ora))})["Location"] == CHI
    assert client.post(CHI, GINA | chi)["Location"] == RIVEDI
    pagina = client.get(RIVEDI).content.decode()
    return re.findall(r'name="chiave" value="([^"]+)"', pagina)[0]


def collegamento() -> Any:
    """The one link of the last mail."""
    return re.findall(r"http://[^/]+(/prenota/\S+)", str(mail.outbox[-1].body))[0]


@pytest.fixture
def spedite(django_capture_on_commit_callbacks):
    """Runs what waits for the commit: mails leave."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_gina_books_confirms_from_the_mail_and_cancels_from_the_link(client, atto, spedite):
    chiave = fino_a_rivedi(client, atto)
    with spedite():
        risposta = client.post(RIVEDI, {"chiave": chiave}, follow=True)
    suo = Appuntamento.objects.get()
    assert risposta.redirect_chain[-1][0] == suo.get_absolute_url()
    assert "Manca solo la tua conferma" in risposta.content.decode()
    assert mail.outbox[-1].subject == f"{suo.codice}: conferma il tuo appuntamento entro le 8:30"

    altrove, link = Client(), collegamento()
    assert "Conferma l’appuntamento" in altrove.get(link).content.decode()
    suo.refresh_from_db()
    assert suo.stato == Stato.DA_CONFERMARE  # looking changes nothing
    with spedite():
        pagina = altrove.post(link, {"che": "conferma"}, follow=True).content.decode()
    assert "Ti aspettiamo" in pagina
    assert "La delega" in pagina
    suo.refresh_from_db()
    assert (suo.stato, suo.email, suo.parole) == (Stato.CONFERMATO, "gina@example.org", "Ho la sedia a rotelle")
    assert mail.outbox[-1].subject == "Appuntamento lunedì 30 novembre 2026 alle 9:00: Sportello anagrafe"

    terzo, link = Client(), collegamento()
    assert "Disdici" in terzo.get(link).content.decode()
    pagina = terzo.post(link, {"che": "disdici"}, follow=True).content.decode()
    assert "Vuoi disdire?" in pagina
    with spedite():
        terzo.post(reverse("prenota:disdici", args=[suo.codice]))
    suo.refresh_from_db()
    assert (suo.stato, turno(atto.sportello, suo.inizio).occupati) == (Stato.DISDETTO, 0)
    assert mail.outbox[-1].subject.startswith("Hai disdetto l’appuntamento")


def test_an_account_is_certain_at_once_and_finds_it_in_its_area(client, atto, anna):
    client.force_login(anna)
    client.post(COSA, {"per": atto.pk})
    client.post(QUANDO, {"quando": scrivi_istante(alle("10:00"))})
    assert 'value="Anna Bianchi"' in client.get(CHI).content.decode()
    assert 'name="email"' not in client.get(CHI).content.decode()
    client.post(CHI, {"nome": "Anna Bianchi"})
    client.post(RIVEDI)
    suo = Appuntamento.objects.get()
    assert (suo.stato, suo.utente, suo.email) == (Stato.CONFERMATO, anna, "")
    area = client.get("/area-personale/").content.decode()
    assert "lunedì 30 novembre 2026 alle 10:00" in area
    client.post(reverse("prenota:disdici", args=[suo.codice]))
    assert "Non hai appuntamenti" in client.get("/area-personale/").content.decode()


def test_the_calendar_file_says_the_same_instant(client, atto, anna):
    suo = prendi(atto, alle("09:00"), autore=anna)
    client.force_login(anna)
    risposta = client.get(reverse("prenota:calendario", args=[suo.codice]))
    righe = risposta.content.decode().split("\r\n")
    assert risposta["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"DTSTART:20261130T080000Z", "DTEND:20261130T083000Z", "STATUS:CONFIRMED"} <= set(righe)
    assert all(len(riga.encode()) <= 75 for riga in righe)
    assert "Anna" not in risposta.content.decode()


def test_every_step_sends_back_to_the_first_that_is_missing(client, atto):
    for passo in (QUANDO, CHI, RIVEDI):
        assert client.get(passo)["Location"] == COSA
    client.post(COSA, {"per": atto.pk})
    assert client.get(RIVEDI)["Location"] == QUANDO
    assert client.post(RIVEDI)["Location"] == QUANDO


def test_changing_one_thing_leads_back_to_the_review_and_loses_nothing(client, atto):
    fino_a_rivedi(client, atto)
    assert client.post(f"{QUANDO}?poi=rivedi", {"quando": scrivi_istante(alle("10:00"))})["Location"] == RIVEDI
    pagina = client.get(RIVEDI).content.decode()
    assert "alle 10:00" in pagina
    assert "Ho la sedia a rotelle" in pagina
    altro = per(atto.sportello, 60, nome="Cambiare residenza")
    assert client.post(f"{COSA}?poi=rivedi", {"per": altro.pk})["Location"] == QUANDO  # another length, another time
    assert 'value="Gina Guidi"' in _chi_di_nuovo(client)


def _chi_di_nuovo(client: Client) -> str:
    client.post(QUANDO, {"quando": scrivi_istante(alle("10:00"))})
    return str(client.get(CHI).content.decode())


@pytest.mark.parametrize(
    ("passo", "dati", "frase"),
    [
        (COSA, {}, "Scegli per che cosa vieni."),
        (COSA, {"per": "99999999999999999999"}, "Scegli per che cosa vieni."),
        (QUANDO, {}, "Scegli giorno e ora."),
        (QUANDO, {"quando": "lunedì"}, "Scegli giorno e ora."),
        (QUANDO, {"quando": "2026-11-30T08:00+0100"}, "non è più libero"),
        (QUANDO, {"quando": "9999-12-31T23:59-1200"}, "non è più libero"),
        (CHI, GINA | {"nome": ""}, "Scrivi nome e cognome"),
        (CHI, GINA | {"email": "gina@"}, "Scrivi l’indirizzo per intero"),
        (CHI, GINA | {"parole": "x" * 601}, "600"),
        (CHI, GINA | {"sito": "http://esca.example"}, "Svuota questo campo"),
    ],
)
def test_a_mistake_is_said_on_top_and_in_the_title(client, atto, passo, dati, frase):
    fino_a_rivedi(client, atto)
    risposta = client.post(passo, dati)
    assert risposta.status_code == 422
    pagina = risposta.content.decode()
    assert "<title>Errore:" in pagina
    assert frase in pagina
    if passo in (COSA, QUANDO):  # beside the choices too, and named by each group of them
        assert frase in pagina.split('id="sbaglio"', 1)[1]
        assert '<fieldset class="form-group" aria-describedby="sbaglio">' in pagina


def test_the_seat_that_goes_while_one_writes_is_said_and_the_words_stay(client, atto):
    chiave = fino_a_rivedi(client, atto)
    for n in range(2):
        prendi(atto, alle("09:00"), email=f"ospite{n}@example.org")
    risposta = client.post(RIVEDI, {"chiave": chiave})
    assert risposta.status_code == 409
    assert "Quest’orario non è più libero" in risposta.content.decode()
    client.post(f"{QUANDO}?poi=rivedi", {"quando": scrivi_istante(alle("09:30"))})
    assert client.post(RIVEDI, {"chiave": chiave}).status_code == 302


@pytest.mark.parametrize("da", ["0001-01-01", "9999-12-31", "9999-12-28"])
def test_an_address_beyond_the_calendar_leads_to_the_nearest_day_with_room(client, atto, da):
    client.post(COSA, {"per": atto.pk})
    pagina = client.get(QUANDO, {"da": da})
    assert pagina.status_code == 200
    assert 'name="quando"' in pagina.content.decode()


def test_pressing_twice_books_once(client, atto):
    chiave = fino_a_rivedi(client, atto)
    primo, secondo = (client.post(RIVEDI, {"chiave": chiave})["Location"] for _volta in range(2))
    assert primo == secondo
    assert Appuntamento.objects.count() == 1


def test_too_many_from_one_address_are_stopped(client, atto):
    fino_a_rivedi(client, atto)
    for _volta in range(20):
        Turno.objects.update(posti=0, occupati=0)
        assert client.post(RIVEDI).status_code == 409
    risposta = client.post(RIVEDI)
    assert risposta.status_code == 429
    assert "aspetta un’ora" in risposta.content.decode()


def test_for_everybody_else_an_appointment_does_not_exist(client, atto, anna, bruno):
    suoi = [prendi(atto, alle("09:00"), autore=anna), prendi(atto, alle("09:30"))]
    client.force_login(bruno)
    for codice in [*(suo.codice for suo in suoi), "LU-0000-0000", "altro"]:
        for nome in ("appuntamento", "calendario", "disdici"):
            assert client.get(reverse(f"prenota:{nome}", args=[codice])).status_code == 404
        assert client.post(reverse("prenota:disdici", args=[codice])).status_code == 404
    assert not Appuntamento.objects.filter(stato=Stato.DISDETTO).exists()


def _senza_segni(risposta: Any) -> tuple[int, str]:
    return risposta.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", risposta.content.decode())


@pytest.mark.parametrize("metodo", ["get", "post"])
def test_a_wrong_secret_and_no_appointment_look_the_same(client, atto, metodo):
    suo = prendi(atto)
    risposte = [
        _senza_segni(getattr(client, metodo)(f"/prenota/{codice}/chiave/{'x' * 22}/", {"che": "disdici"}))
        for codice in (suo.codice, "LU-0000-0000", "altro")
    ]
    assert {stato for stato, _pagina in risposte} == {404}
    assert len({pagina for _stato, pagina in risposte}) == 1


def test_a_link_is_of_one_appointment_and_of_one_mailbox(client, atto, spedite):
    with spedite():
        suo = prendi(atto, alle("09:00"))
    segreto = collegamento().rstrip("/").rsplit("/", 1)[1]
    altro = prendi(atto, alle("09:30"), email="altra@example.org")
    assert client.get(f"/prenota/{altro.codice}/chiave/{segreto}/").status_code == 404
    Appuntamento.objects.filter(pk=suo.pk).update(email="corretta@example.org")
    assert client.get(f"/prenota/{suo.codice}/chiave/{segreto}/").status_code == 404


def test_a_link_used_after_the_half_hour_says_so_and_may_choose_again(client, atto, spedite):
    with spedite():
        prendi(atto, alle("09:30"))
    link = collegamento()
    with fermo_a(alle("08:31")):
        assert client.post(link, {"che": "conferma"}).status_code == 409
        assert client.get(link).status_code == 200  # refused, the link stays good


def test_who_lost_the_mail_gets_a_new_link_and_nobody_learns_whose(client, atto, spedite):
    prendi(atto)
    risposte = []
    for casella in ("gina@example.org", "mai.vista@example.org"):
        with spedite():
            risposte.append(client.post("/prenota/ritrova/", {"email": casella}).content.decode().replace(casella, ""))
    assert risposte[0] == risposte[1]
    assert [m.subject for m in mail.outbox[-1:]] == ["Il collegamento al tuo appuntamento"]
    assert Client().get(collegamento()).status_code == 200


def test_asking_for_links_without_end_is_stopped(client, atto):
    stati = [client.post("/prenota/ritrova/", {"email": "gina@example.org"}).status_code for _volta in range(6)]
    assert stati == [200] * 5 + [422]


def test_what_the_office_cancels_says_why_and_leads_to_another_day(client, atto, anna, sara):
    from sportelli import actions

    suo = actions.annulla(prendi(atto, autore=anna), motivo="Manca chi riceve.", operatore=sara)
    client.force_login(anna)
    pagina = client.get(suo.get_absolute_url()).content.decode()
    assert "Manca chi riceve." in pagina
    assert f"/prenota/?sportello={atto.sportello.slug}" in pagina
    assert client.get(reverse("prenota:disdici", args=[suo.codice])).status_code == 302
    assert "Annullato dall’ufficio" in client.get("/area-personale/").content.decode()


def test_the_account_logged_in_midway_takes_the_place_of_the_mailbox(client, atto, anna):
    fino_a_rivedi(client, atto)
    client.post("/accedi/login/", {"login": anna.email, "password": PASSWORD})
    client.post(RIVEDI)
    suo = Appuntamento.objects.get()
    assert (suo.utente, suo.email) == (anna, "")


def test_the_steps_ask_little(client, atto, django_assert_max_num_queries):
    for n in range(20):
        per(atto.sportello, 15, nome=f"Cosa {n}")
    fino_a_rivedi(client, atto)
    for passo in (COSA, QUANDO, CHI, RIVEDI):
        with django_assert_max_num_queries(8):
            assert client.get(passo).status_code == 200
