"""The receipt, and the mail that confirms: sent again, sent elsewhere, not without end."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from segnalazioni.actions.recapiti import MAIL_DI_CONFERMA
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.views.inviata import QUANTE
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, browser_che_ha_inviato, pagina_di, privata

pytestmark = pytest.mark.django_db


@pytest.fixture
def di_giulia(buche: Categoria) -> Segnalazione:
    """Giulia's report, waiting for her confirmation."""
    return segnala(buche, email=GIULIA)


@pytest.fixture
def giulia(di_giulia: Segnalazione) -> Client:
    """The browser she filed it with."""
    return browser_che_ha_inviato(di_giulia)


def test_the_receipt_says_number_address_and_until_when(giulia: Client, di_giulia: Segnalazione) -> None:
    risposta = giulia.get(di_giulia.url("inviata"))
    pagina = pagina_di(risposta)
    for parola in ("Manca solo la tua conferma", di_giulia.codice, GIULIA, "Confermi dalla mail", "Strade e viabilità"):
        assert parola in pagina
    assert risposta["Cache-Control"] == "private, no-store"


def test_with_an_account_nothing_is_left_to_confirm(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    pagina = pagina_di(client.get(buca.url("inviata")))
    assert "Segnalazione inviata" in pagina
    assert "Rimanda la mail" not in pagina
    assert "La vedono tutti, senza il tuo nome." in pagina


def test_an_anonymous_report_has_its_receipt_too(buche: Categoria) -> None:
    caso = segnala(buche)
    assert "Segnalazione inviata" in pagina_di(browser_che_ha_inviato(caso).get(caso.url("inviata")))


def test_a_private_category_stays_private_and_says_so(buche: Categoria) -> None:
    caso = privata(buche, email=GIULIA)
    pagina = pagina_di(browser_che_ha_inviato(caso).get(caso.url("inviata")))
    assert "Resta privata anche dopo che confermi" in pagina
    assert "diventa pubblica" not in pagina


def test_once_assigned_the_receipt_names_the_office(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "assegnata")
    client.force_login(anna)
    assert "Assegnata a Strade e viabilità" in pagina_di(client.get(buca.url("inviata")))


def test_when_the_story_has_gone_on_it_leads_to_the_page(client: Client, buca: Segnalazione, anna: User) -> None:
    buca = porta_a(buca, "in_lavorazione")
    client.force_login(anna)
    risposta = client.get(buca.url("inviata"))
    assert (risposta.status_code, risposta["Location"]) == (302, buca.url())


def test_nobody_else_has_the_receipt_of_a_public_case(client: Client, buca: Segnalazione, bruno: User) -> None:
    assert client.get(buca.url("inviata")).status_code == 404
    client.force_login(bruno)
    assert client.get(buca.url("inviata")).status_code == 404


# --- the mail again ---------------------------------------------------------------------------------------------


def test_the_mail_is_sent_again(
    giulia: Client, di_giulia: Segnalazione, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        risposta = giulia.post(di_giulia.url("inviata"), {"che": "rimanda"}, follow=True)
    assert [messaggio.to for messaggio in mail.outbox] == [[GIULIA]]
    assert "Ti abbiamo mandato una nuova mail" in pagina_di(risposta)


def test_a_wrong_address_is_corrected(
    giulia: Client, di_giulia: Segnalazione, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        giulia.post(di_giulia.url("inviata"), {"che": "cambia", "email": " Giulia.Vera@Example.org "})
    assert [messaggio.to for messaggio in mail.outbox] == [["giulia.vera@example.org"]]
    assert Seguace.objects.get(segnalazione=di_giulia).email == "giulia.vera@example.org"
    assert "giulia.vera@example.org" in pagina_di(giulia.get(di_giulia.url("inviata")))


@pytest.mark.parametrize("email", ["", "giulia", "giulia@", "a@b.it " * 60])
def test_an_address_that_is_none_changes_nothing(email: str, giulia: Client, di_giulia: Segnalazione) -> None:
    risposta = giulia.post(di_giulia.url("inviata"), {"che": "cambia", "email": email})
    assert risposta.status_code == 422
    assert "<title>Errore:" in pagina_di(risposta)
    assert Seguace.objects.get(segnalazione=di_giulia).email == GIULIA


def test_in_a_hurry_it_asks_to_wait(giulia: Client, di_giulia: Segnalazione) -> None:
    stati = [giulia.post(di_giulia.url("inviata"), {"che": "rimanda"}).status_code for _ in range(QUANTE + 1)]
    assert stati == [302] * QUANTE + [429]


def test_one_report_sends_so_many_mails_and_no_more(
    giulia: Client,
    di_giulia: Segnalazione,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr("segnalazioni.views.inviata.troppe", lambda *a, **k: False)
    with django_capture_on_commit_callbacks(execute=True):
        stati = [
            giulia.post(di_giulia.url("inviata"), {"che": "cambia", "email": f"{n}@example.org"}).status_code
            for n in range(MAIL_DI_CONFERMA + 2)
        ]
    assert stati.count(302) == MAIL_DI_CONFERMA - 1  # the first was sent when it was filed
    assert stati[-1] == 409


def test_after_the_confirmation_the_address_stands(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    assert client.post(buca.url("inviata"), {"che": "cambia", "email": "x@example.org"}).status_code == 409
