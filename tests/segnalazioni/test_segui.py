""" "Anche a me", following, and no longer following."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from segnalazioni import actions
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.views.segui import QUANTE
from tests.aiuti import porta_a
from tests.segnalazioni.cittadini import pagina_di

BRUNO_A_CASA = "bruno.casa@example.org"


def firme(caso: Segnalazione) -> int:
    """How many have the problem, the reporter included."""
    return Seguace.objects.filter(segnalazione=caso, firma=True).count()


def test_bruno_has_the_same_problem(client: Client, buca: Segnalazione, bruno: User) -> None:
    client.force_login(bruno)
    pagina = pagina_di(client.post(buca.url("segui"), {"che": "firma"}, follow=True))
    assert firme(buca) == 2
    assert "Hai detto che riguarda anche te. Ti scriviamo a ogni novità." in pagina
    assert "Anche a me</button>" not in pagina


def test_bruno_only_follows_then_signs_too(client: Client, buca: Segnalazione, bruno: User) -> None:
    client.force_login(bruno)
    client.post(buca.url("segui"), {"che": "segui"})
    assert firme(buca) == 1
    assert "Anche a me</button>" in pagina_di(client.get(buca.url()))
    client.post(buca.url("segui"), {"che": "firma"})
    assert firme(buca) == 2
    assert Seguace.objects.filter(segnalazione=buca, utente=bruno).count() == 1


def test_who_signed_gets_the_news(
    client: Client, buca: Segnalazione, bruno: User, django_capture_on_commit_callbacks: Any
) -> None:
    client.force_login(bruno)
    client.post(buca.url("segui"), {"che": "firma"})
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        porta_a(buca, "assegnata")
    assert [bruno.email] in [messaggio.to for messaggio in mail.outbox]


def test_a_browser_without_account_signs_once(client: Client, buca: Segnalazione) -> None:
    for _volta in range(3):
        assert client.post(buca.url("segui"), {"che": "firma"}).status_code == 302
    assert firme(buca) == 2
    Client().post(buca.url("segui"), {"che": "firma"})
    assert firme(buca) == 3


def test_a_signature_is_taken_back(client: Client, buca: Segnalazione) -> None:
    client.post(buca.url("segui"), {"che": "firma"})
    assert "Togli la firma" in pagina_di(client.get(buca.url()))
    client.post(buca.url("segui"), {"che": "smetti"})
    assert firme(buca) == 1


def test_following_by_mail_begins_with_the_link(
    client: Client, buca: Segnalazione, django_capture_on_commit_callbacks: Any
) -> None:
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(buca.url("segui"), {"che": "segui", "email": BRUNO_A_CASA})
    assert [messaggio.to for messaggio in mail.outbox] == [[BRUNO_A_CASA]]
    assert Seguace.objects.get(email=BRUNO_A_CASA).confermato_il is None


def test_who_signed_in_this_browser_is_not_counted_again_by_mail(client: Client, buca: Segnalazione) -> None:
    client.post(buca.url("segui"), {"che": "firma"})
    client.post(buca.url("segui"), {"che": "firma", "email": BRUNO_A_CASA})
    assert firme(buca) == 2


def test_the_answer_tells_nobody_who_follows(client: Client, buca: Segnalazione) -> None:
    actions.segui(buca, firma=False, email=BRUNO_A_CASA)
    Seguace.objects.filter(email=BRUNO_A_CASA).update(confermato_il=buca.confermata_il)
    noto = client.post(buca.url("segui"), {"che": "segui", "email": BRUNO_A_CASA}, follow=True)
    ignoto = Client().post(buca.url("segui"), {"che": "segui", "email": "mai.vista@example.org"}, follow=True)
    frase = "Ti abbiamo mandato una mail: aprila e conferma"
    assert frase in pagina_di(noto)
    assert frase in pagina_di(ignoto)


def test_anna_cannot_stop_following_her_own_report(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    assert client.post(buca.url("segui"), {"che": "smetti"}).status_code == 302
    assert Seguace.objects.filter(segnalazione=buca, utente=anna, segnalante=True).exists()
    pagina = pagina_di(client.get(buca.url()))
    assert "È la tua segnalazione: ti scriviamo a ogni novità." in pagina
    assert "Anche a me</button>" not in pagina


def test_bruno_cannot_stop_carla_s_following(client: Client, buca: Segnalazione, bruno: User, carla: User) -> None:
    actions.segui(buca, firma=True, utente=carla)
    client.force_login(bruno)
    client.post(buca.url("segui"), {"che": "smetti"})
    assert Seguace.objects.filter(segnalazione=buca, utente=carla).exists()


# --- refusals ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stato", ["risolta", "chiusa", "ritirata"])
def test_a_case_that_is_over_is_signed_by_nobody(stato: str, client: Client, buca: Segnalazione) -> None:
    buca = porta_a(buca, stato)
    assert "Anche a me</button>" not in pagina_di(client.get(buca.url()))
    assert client.post(buca.url("segui"), {"che": "firma"}).status_code == 409


def test_one_can_stop_following_a_case_that_is_over(client: Client, buca: Segnalazione, bruno: User) -> None:
    actions.segui(buca, firma=False, utente=bruno)
    buca = porta_a(buca, "risolta")
    client.force_login(bruno)
    assert "Non seguire più" in pagina_di(client.get(buca.url()))
    assert client.post(buca.url("segui"), {"che": "smetti"}).status_code == 302
    assert not Seguace.objects.filter(utente=bruno).exists()


@pytest.mark.parametrize(
    ("dati", "parola"),
    [
        ({"che": "segui", "email": ""}, "Scrivi il tuo indirizzo e-mail"),
        ({"che": "segui", "email": "bruno@"}, "Controlla l’indirizzo"),
        ({"che": "vola"}, "Scegli che cosa fare"),
        ({}, "Scegli che cosa fare"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    dati: dict[str, str], parola: str, client: Client, buca: Segnalazione
) -> None:
    risposta = client.post(buca.url("segui"), dati)
    pagina = pagina_di(risposta)
    assert risposta.status_code == 422
    assert parola in pagina
    assert f'value="{dati.get("email", "")}"' in pagina or not dati.get("email")
    assert Seguace.objects.filter(segnalazione=buca).count() == 1


def test_one_address_does_not_sign_without_end(buca: Segnalazione) -> None:
    stati = [Client().post(buca.url("segui"), {"che": "firma"}).status_code for _ in range(QUANTE + 1)]
    assert stati == [302] * QUANTE + [429]
    assert firme(buca) == 1 + QUANTE
