"""Who is told, and how often: the rows that are written with the act."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User
from core.tempo import adesso
from notifiche import actions
from notifiche.actions import Destinatario, avvisa
from notifiche.models import CanaleAvviso, Notifica, StatoAvviso
from notifiche.tasks import consegna
from tests.factories.notifiche import PERCORSO, avviso, dati

EMAIL, SITO = CanaleAvviso.EMAIL, CanaleAvviso.SITO


def test_anna_is_told_by_mail_and_on_the_site(
    anna: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        avviso(Destinatario(utente=anna))
    nel_sito = Notifica.objects.get(canale=SITO)
    assert (nel_sito.utente, nel_sito.stato, nel_sito.letta_il) == (anna, StatoAvviso.INVIATA, None)
    per_mail = Notifica.objects.get(canale=EMAIL)
    assert (per_mail.stato, per_mail.email) == (StatoAvviso.INVIATA, "")
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]


def test_a_bare_address_is_told_by_mail_only(db: None) -> None:
    [mail] = avviso(Destinatario(email=" Giulia@Example.org "))
    assert (mail.email, mail.utente) == ("giulia@example.org", None)
    assert not Notifica.objects.filter(canale=SITO).exists()


def test_an_unknown_kind_is_refused_at_once(anna: User) -> None:
    with pytest.raises(ValueError, match="segnalazione_smarrita"):
        avvisa([Destinatario(utente=anna)], "segnalazione_smarrita", evento="e", percorso="/", dati={})
    assert not Notifica.objects.exists()


def test_the_same_event_told_twice_arrives_once(anna: User) -> None:
    for _volta in range(2):
        avviso(Destinatario(utente=anna), Destinatario(email="giulia@example.org"), evento="passaggio:1")
    assert Notifica.objects.filter(canale=EMAIL).count() == 2
    assert Notifica.objects.filter(canale=SITO).count() == 1


def test_an_account_and_its_address_are_one_person(anna: User) -> None:
    [mail] = avviso(Destinatario(email="ANNA@example.org"), Destinatario(utente=anna))
    assert mail.utente == anna


def test_also_when_they_come_one_after_the_other(anna: User) -> None:
    avviso(Destinatario(email="anna@example.org"), evento="passaggio:1")
    [mail] = avviso(Destinatario(utente=anna), evento="passaggio:1")
    assert mail.utente is None
    assert Notifica.objects.get(canale=SITO).utente == anna


def test_two_events_are_two_messages(anna: User) -> None:
    avviso(Destinatario(utente=anna))
    avviso(Destinatario(utente=anna))
    assert Notifica.objects.filter(canale=EMAIL).count() == 2


@pytest.mark.parametrize("come", [{"is_active": False}, {"cancellato_il": adesso()}, {"email": ""}])
def test_a_closed_account_is_not_told(anna: User, come: dict[str, Any]) -> None:
    User.objects.filter(pk=anna.pk).update(**come)
    anna.refresh_from_db()
    avviso(Destinatario(utente=anna), Destinatario())
    assert not Notifica.objects.exists()


def test_what_is_rolled_back_was_never_said(
    anna: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        avviso(Destinatario(utente=anna))
        transaction.set_rollback(True)
    assert not Notifica.objects.exists()
    assert mailoutbox == []


def test_nobody_is_mailed_before_the_act_is_done(anna: User, mailoutbox: list[EmailMessage]) -> None:
    avviso(Destinatario(utente=anna))
    assert mailoutbox == []


@pytest.mark.parametrize("quanti", [1, 30])
def test_it_takes_two_queries_whatever_the_number_of_people(
    db: None, quanti: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seguaci = [Destinatario(email=f"p{n}@example.org") for n in range(quanti)]
    with django_assert_num_queries(2):
        avvisa(seguaci, "segnalazione_seguita_aggiornata", evento="passaggio:1", percorso=PERCORSO, dati=dati())
    assert Notifica.objects.count() == quanti


def test_slow_carriers_do_not_keep_the_citizen_waiting(
    anna: User,
    bruno: User,
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    orologio = iter([0.0, 1.0, 5.0])
    monkeypatch.setattr(actions, "monotonic", lambda: next(orologio))
    with django_capture_on_commit_callbacks(execute=True):
        avviso(Destinatario(utente=anna), Destinatario(utente=bruno))
    assert len(mailoutbox) == 1
    assert Notifica.objects.da_inviare().count() == 1


def test_a_dead_broker_does_not_undo_what_was_done(
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    app = consegna.app
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    with django_capture_on_commit_callbacks(execute=True):
        avviso(Destinatario(utente=anna), Destinatario(email="giulia@example.org"))
    assert list(Notifica.objects.da_inviare().values_list("tentativi", flat=True)) == [0, 0]
    assert "2 notices left to the sweep: the broker does not answer" in caplog.text


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_transactions_that_tell_the_same_event_together_write_it_once() -> None:
    assert connection.vendor == "postgresql"
    barriera = Barrier(2)
    chi = [Destinatario(email=f"p{n}@example.org") for n in range(20)]

    def racconta(al_contrario: bool) -> None:
        try:
            with transaction.atomic():
                barriera.wait(timeout=10)
                avviso(*(reversed(chi) if al_contrario else chi), evento="passaggio:1")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as insieme:
        list(insieme.map(racconta, [False, True]))
    assert Notifica.objects.count() == 20
