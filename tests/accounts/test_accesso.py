"""Coming in: sign up, confirm, log in, log out, lose the password; and what a stranger can find out."""

from __future__ import annotations

import re
import smtplib
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as impostazioni
from django.contrib.auth import get_user
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.test import Client
from pytest_django import Settings

from accounts.adapters import PAZIENZA, AccountAdapter
from accounts.models import User
from tests.aiuti import PASSWORD, persona

ACCEDI, ESCI, CREA, PERSA = "/accedi/login/", "/accedi/logout/", "/accedi/signup/", "/accedi/password/reset/"
NUOVA = "una-frase-che-ricordo-solo-io"


@pytest.fixture
def anna(db: None) -> User:
    """Anna, whose address is confirmed."""
    return persona("Anna", last_name="Bianchi")


def link_in(mail: EmailMessage) -> str:
    """The path of the one link of a mail, the same in both its parts."""
    assert isinstance(mail, EmailMultiAlternatives)
    [url] = set(re.findall(r"https?://\S+", str(mail.body)))
    assert re.findall(r'href="([^"]*)"', str(mail.alternatives[0][0])) == [url]
    return "/" + str(url).split("/", 3)[3]


def dentro(client: Client) -> bool:
    return bool(get_user(client).is_authenticated)


def entra(client: Client, email: str, password: str = PASSWORD, **altro: str) -> Any:
    return client.post(ACCEDI, {"login": email, "password": password, **altro})


def test_anna_logs_in_with_her_address_and_lands_on_her_own_page(client: Client, anna: User) -> None:
    assert entra(client, "Anna@Example.org")["Location"] == "/area-personale/"
    assert dentro(client)


def test_carla_lands_on_her_desk(client: Client, db: None) -> None:
    persona("Carla", is_staff=True)
    assert entra(client, "carla@example.org")["Location"] == "/scrivania/segnalazioni/"


def test_log_in_goes_back_where_it_was_asked_for(client: Client, anna: User) -> None:
    modulo = client.get(ACCEDI, {"next": "/segnalazioni/nuova/chi/"}).content.decode()
    assert '<input type="hidden" name="next" value="/segnalazioni/nuova/chi/">' in modulo
    risposta = entra(client, "anna@example.org", next="/segnalazioni/nuova/chi/")
    assert risposta["Location"] == "/segnalazioni/nuova/chi/"


@pytest.mark.parametrize("altrove", ["https://altrove.example/", "//altrove.example/", "javascript:alert(1)"])
def test_and_never_to_another_site(client: Client, anna: User, altrove: str) -> None:
    risposta = entra(client, "anna@example.org", next=altrove)
    assert risposta["Location"] == "/area-personale/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, anna: User) -> None:
    pagine = [
        client.post(ACCEDI, {"login": email, "password": "sbagliata"}).content.decode()
        for email in ("anna@example.org", "nessuno@example.org")
    ]
    for pagina in pagine:
        assert "L’indirizzo o la password non sono giusti." in pagina
        assert "<title>Errore: " in pagina
    senza = [re.sub(r'value="[^"]*"', "", pagina) for pagina in pagine]
    assert senza[0] == senza[1]
    assert not dentro(client)


def test_an_empty_form_says_what_to_write(client: Client, db: None) -> None:
    pagina = client.post(ACCEDI, {}).content.decode()
    assert "Scrivi il tuo indirizzo e-mail." in pagina
    assert "Scrivi la password." in pagina
    assert 'href="#id_login"' in pagina


def test_log_out_asks_and_only_a_post_does_it(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert "Vuoi uscire?" in client.get(ESCI).content.decode()
    assert dentro(client)
    assert client.post(ESCI)["Location"] == "/"
    assert not dentro(client)


def test_too_many_wrong_passwords_are_stopped(client: Client, anna: User) -> None:
    for _volta in range(5):
        entra(client, "anna@example.org", "sbagliata")
    pagina = client.post(ACCEDI, {"login": "anna@example.org", "password": PASSWORD}).content.decode()
    assert "Troppi tentativi sbagliati" in pagina
    assert not dentro(client)


def test_too_many_requests_get_a_page_that_says_so(client: Client, db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    client.post(CREA, {})
    risposta = client.post(CREA, {})
    assert risposta.status_code == 429
    assert "Troppe richieste in poco tempo" in risposta.content.decode()


def test_giulia_makes_an_account_confirms_it_and_is_in(
    client: Client, db: None, mailoutbox: list[EmailMessage]
) -> None:
    dati = {"email": "Giulia@Example.org", "nome": "Giulia", "password1": NUOVA, "next": "/segnalazioni/nuova/chi/"}
    assert client.post(CREA, dati)["Location"].startswith("/accedi/confirm-email/")
    assert "Apri la mail e conferma" in client.get("/accedi/confirm-email/").content.decode()
    assert not dentro(client)
    [mail] = mailoutbox
    assert mail.to == ["giulia@example.org"]
    conferma = link_in(mail)
    pagina = client.get(conferma).content.decode()
    assert "<strong>giulia@example.org</strong>" in pagina
    assert not EmailAddress.objects.filter(verified=True).exists(), "looking confirms nothing"
    assert client.post(conferma)["Location"] == "/segnalazioni/nuova/chi/"
    assert dentro(client)
    giulia = User.objects.get()
    assert (giulia.email, giulia.first_name, giulia.is_staff) == ("giulia@example.org", "Giulia", False)


def test_confirming_in_another_browser_confirms_but_lets_nobody_in(
    client: Client, db: None, mailoutbox: list[EmailMessage]
) -> None:
    client.post(CREA, {"email": "giulia@example.org", "password1": NUOVA})
    altro = Client()
    assert altro.post(link_in(mailoutbox[0]))["Location"] == ACCEDI
    assert EmailAddress.objects.get().verified
    assert not dentro(altro)


def test_without_confirming_nobody_logs_in(client: Client, db: None, mailoutbox: list[EmailMessage]) -> None:
    client.post(CREA, {"email": "giulia@example.org", "password1": NUOVA})
    altro = Client()
    entra(altro, "giulia@example.org", NUOVA)
    assert not dentro(altro)


def test_a_confirmation_link_that_does_not_hold_says_so(client: Client, db: None) -> None:
    assert "Questo collegamento non vale più" in client.get("/accedi/confirm-email/inventata/").content.decode()


def test_signing_up_with_an_address_that_has_an_account_looks_the_same(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    risposta = client.post(CREA, {"email": "ANNA@example.org", "password1": NUOVA})
    assert risposta["Location"].startswith("/accedi/confirm-email/")
    assert User.objects.count() == 1
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["anna@example.org"], "Hai già un account")
    assert link_in(mail) == PERSA


@pytest.mark.parametrize("password", ["corta", "password123", "12345678901"])
def test_a_weak_password_is_refused_and_nothing_else_is_lost(client: Client, db: None, password: str) -> None:
    pagina = client.post(CREA, {"email": "giulia@example.org", "nome": "Giulia", "password1": password})
    assert pagina.status_code == 200
    assert 'value="giulia@example.org"' in pagina.content.decode()
    assert not User.objects.exists()


def test_anna_who_lost_her_password_chooses_a_new_one(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    assert impostazioni.PASSWORD_RESET_TIMEOUT == 3 * 24 * 3600, "the mail says three days"
    assert client.post(PERSA, {"email": "anna@example.org"})["Location"] == "/accedi/password/reset/done/"
    assert "Guarda la posta" in client.get("/accedi/password/reset/done/").content.decode()
    chiave = link_in(mailoutbox[0])
    modulo = client.get(chiave)["Location"]
    assert "set-password" in modulo, "the secret does not stay in the address"
    assert "Scegli la nuova password" in client.get(modulo).content.decode()
    assert client.post(modulo, {"password1": "corta"}).status_code == 200
    assert client.post(modulo, {"password1": NUOVA})["Location"] == "/accedi/password/reset/key/done/"
    assert "La nuova password vale da adesso" in client.get("/accedi/password/reset/key/done/").content.decode()
    assert mailoutbox[1].subject == "La tua password è cambiata"
    assert "Questo collegamento non vale più" in Client().get(chiave).content.decode(), "it is used once"
    entra(client, "anna@example.org", NUOVA)
    assert dentro(client)


def test_asking_for_an_unknown_address_looks_the_same_and_tells_only_the_mailbox(
    client: Client, db: None, mailoutbox: list[EmailMessage]
) -> None:
    assert client.post(PERSA, {"email": "nessuno@example.org"})["Location"] == "/accedi/password/reset/done/"
    assert mailoutbox[0].subject == "Non c’è un account con questo indirizzo"
    assert link_in(mailoutbox[0]) == CREA


def test_a_closed_account_stays_out(client: Client, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    risposta = client.post(ACCEDI, {"login": "anna@example.org", "password": PASSWORD}, follow=True)
    assert not dentro(client)
    assert risposta.status_code == 200


def test_a_silent_mail_server_keeps_nobody_waiting(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    mail = AccountAdapter().render_mail("account/email/password_set", "anna@example.org", {})
    assert isinstance(mail.connection, SMTPBackend)
    assert mail.connection.timeout == PAZIENZA < settings.EMAIL_TIMEOUT


def test_a_dead_mail_server_is_said_and_breaks_nothing(
    client: Client, anna: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def muta(self: EmailBackend, messaggi: object) -> int:
        raise smtplib.SMTPServerDisconnected("anna@example.org")

    monkeypatch.setattr(EmailBackend, "send_messages", muta)
    for email in ("anna@example.org", "nessuno@example.org"):
        pagina = client.post(PERSA, {"email": email}, follow=True).content.decode()
        assert "In questo momento le mail non partono" in pagina
    assert "not sent: SMTPServerDisconnected" in caplog.text
    assert "@" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("accounts"))
