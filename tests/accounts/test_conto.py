"""One's own account: password, address, two-step log-in."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.test_accesso import ACCEDI, NUOVA, link_in
from tests.aiuti import PASSWORD, persona

PASSWORD_PAGINA, EMAIL, DUE = "/accedi/password/change/", "/accedi/email/", "/accedi/2fa/"
ATTIVA, RIDILLO = f"{DUE}totp/activate/", "/accedi/reauthenticate/"


@pytest.fixture
def anna(client: Client, db: None) -> User:
    """Anna, who has just logged in and said once more who she is."""
    chi = persona("Anna", last_name="Bianchi")
    client.post(ACCEDI, {"login": chi.email, "password": PASSWORD})
    client.post(RIDILLO, {"password": PASSWORD})
    return chi


def codice(segreto: str) -> str:
    """What Anna's app shows now."""
    contatori = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(segreto, contatori[len(contatori) // 2])))


def attiva(client: Client) -> str:
    """Anna's app is tied to her account; answers its secret."""
    [segreto] = re.findall(r'class="lp-codice[^"]*">([A-Z2-7]{32})<', client.get(ATTIVA).content.decode())
    assert client.post(ATTIVA, {"code": codice(segreto)})["Location"] == f"{DUE}recovery-codes/"
    return str(segreto)


def test_anna_changes_her_password_and_is_told(client: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    sbagliata = client.post(PASSWORD_PAGINA, {"oldpassword": "boh", "password1": NUOVA}).content.decode()
    assert "Non è la password che usi adesso." in sbagliata
    assert "<title>Errore: " in sbagliata
    giusta = client.post(PASSWORD_PAGINA, {"oldpassword": PASSWORD, "password1": NUOVA})
    assert giusta["Location"] == "/area-personale/"
    anna.refresh_from_db()
    assert anna.check_password(NUOVA)
    assert [mail.subject for mail in mailoutbox] == ["La tua password è cambiata"]
    assert "Se non l’hai fatto tu" in str(mailoutbox[0].body)


def test_who_has_no_password_chooses_one(client: Client, anna: User) -> None:
    anna.set_unusable_password()
    anna.save()
    client.force_login(anna)
    assert client.get(PASSWORD_PAGINA)["Location"] == "/accedi/password/set/"
    assert client.post("/accedi/password/set/", {"password1": NUOVA})["Location"] == "/area-personale/"
    anna.refresh_from_db()
    assert anna.check_password(NUOVA)


def test_the_old_address_holds_until_the_new_one_is_confirmed(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    client.post(EMAIL, {"action_add": "", "email": "Anna.Nuova@example.org"})
    pagina = client.get(EMAIL).content.decode()
    assert "Abbiamo scritto a <strong>anna.nuova@example.org</strong>" in pagina
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    client.post(link_in(mailoutbox[0]))
    anna.refresh_from_db()
    assert anna.email == "anna.nuova@example.org"
    assert EmailAddress.objects.get().email == "anna.nuova@example.org"
    avviso = mailoutbox[1]
    assert (avviso.to, avviso.subject) == (["anna@example.org"], "Il tuo indirizzo è cambiato")


def test_a_change_of_address_can_be_taken_back(client: Client, anna: User) -> None:
    client.post(EMAIL, {"action_add": "", "email": "anna.nuova@example.org"})
    client.post(EMAIL, {"action_remove": "", "email": "anna.nuova@example.org"})
    assert "Abbiamo scritto a" not in client.get(EMAIL).content.decode()


@pytest.mark.parametrize("mai_entrato", [False, True], ids=["who logs in", "who never logged in"])
def test_the_address_of_another_person_is_never_taken_over(
    client: Client, anna: User, bruno: User, mailoutbox: list[EmailMessage], mai_entrato: bool
) -> None:
    if mai_entrato:  # a colleague just added in /cms/users/: allauth does not know the address yet
        EmailAddress.objects.filter(user=bruno).delete()
    pagina = client.post(EMAIL, {"action_add": "", "email": "BRUNO@example.org"}, follow=True)
    assert pagina.status_code == 200
    for mail in mailoutbox:
        client.post(link_in(mail))
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"


@pytest.mark.django_db(transaction=True)  # the mail leaves after commit
def test_anna_turns_on_the_second_step_and_needs_the_code_from_then_on(
    client: Client, anna: User, mailoutbox: list[EmailMessage]
) -> None:
    assert "Attiva" in client.get(DUE).content.decode()
    pagina = client.get(ATTIVA).content.decode()
    assert '<img src="data:image/svg+xml;base64,' in pagina
    assert "Il codice non è giusto" in client.post(ATTIVA, {"code": "000000"}).content.decode()
    segreto = attiva(client)
    assert mailoutbox[0].subject == "Verifica in due passaggi attiva"
    assert "La verifica è attiva" in client.get(DUE).content.decode()

    altro = Client()
    assert altro.post(ACCEDI, {"login": anna.email, "password": PASSWORD})["Location"] == f"{DUE}authenticate/"
    assert not get_user(altro).is_authenticated
    assert "Il codice non è giusto" in altro.post(f"{DUE}authenticate/", {"code": "000000"}).content.decode()
    assert altro.post(f"{DUE}authenticate/", {"code": codice(segreto)})["Location"] == "/area-personale/"
    assert get_user(altro).is_authenticated


def test_a_recovery_code_lets_her_in_once_without_the_phone(client: Client, anna: User) -> None:
    attiva(client)
    pagina = client.get(f"{DUE}recovery-codes/").content.decode()
    codici = re.findall(r'class="lp-codice fs-5">(\d{8})<', pagina)
    assert len(codici) == 10
    assert codici[0] in client.get(f"{DUE}recovery-codes/download/").content.decode()
    for atteso in (302, 200):
        altro = Client()
        altro.post(ACCEDI, {"login": anna.email, "password": PASSWORD})
        assert altro.post(f"{DUE}authenticate/", {"code": codici[0]}).status_code == atteso
    assert "Te ne restano 9." in client.get(DUE).content.decode()
    client.post(f"{DUE}recovery-codes/generate/")
    assert codici[1] not in client.get(f"{DUE}recovery-codes/").content.decode()


def test_the_second_step_can_be_turned_off(client: Client, anna: User, mailoutbox: list[EmailMessage]) -> None:
    attiva(client)
    assert "Vuoi disattivarla?" in client.get(f"{DUE}totp/deactivate/").content.decode()
    client.post(f"{DUE}totp/deactivate/")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert mailoutbox[-1].subject in ("Verifica in due passaggi disattivata", "Nuovi codici di recupero")


def test_the_secret_of_the_app_is_not_readable_in_the_database(client: Client, anna: User, settings: Settings) -> None:
    segreto = attiva(client)
    riga = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert segreto not in str(riga.data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "una-chiave-nuova"
    assert riga.wrap().validate_code(codice(segreto)), "a changed SECRET_KEY keeps what the old one wrote"


def test_something_delicate_asks_again_who_it_is(anna: User) -> None:
    client = Client()
    client.force_login(anna)  # a session that has not just proved anything
    chiede = client.get(ATTIVA)["Location"]
    assert chiede.startswith(RIDILLO)
    assert "Sei ancora tu?" in client.get(chiede).content.decode()
    assert "La password non è giusta." in client.post(chiede, {"password": "boh"}).content.decode()
    assert client.post(chiede, {"password": PASSWORD})["Location"] == ATTIVA


def test_and_then_goes_on_with_what_was_asked(anna: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.force_login(anna)
    chiede = client.post(EMAIL, {"action_add": "", "email": "anna.nuova@example.org"})["Location"]
    assert mailoutbox == []
    client.post(chiede, {"password": PASSWORD})
    assert [mail.to for mail in mailoutbox] == [["anna.nuova@example.org"]]
