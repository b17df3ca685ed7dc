"""How a mail leaves: through a real SMTP server, once, whatever stops in between."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.magic import valido
from accounts.models import LinkMagico, User
from core.tempo import adesso, fermo_a
from notifiche import tasks
from notifiche.actions import Destinatario
from notifiche.models import ATTESE, PRESTITO, TENTATIVI, TOCCA_AL_PORTATORE, Notifica, StatoAvviso
from notifiche.scheduled import rimanda_le_non_inviate
from notifiche.tasks import consegna
from tests.factories.notifiche import PERCORSO, avviso
from tests.posta import Ufficio

GIULIA = "giulia@example.org"


@pytest.fixture
def mail(db: None) -> Notifica:
    """A mail for Giulia, who left only her address; its carrier has not started."""
    return avviso(Destinatario(email=GIULIA))[0]


def fra(quanto: timedelta) -> Any:
    """The clock, so much later."""
    return fermo_a(adesso() + quanto)


def test_it_arrives_once_with_text_html_and_a_link_that_works(mail: Notifica, posta: Ufficio) -> None:
    consegna(mail.pk)
    consegna(mail.pk)
    [arrivata] = posta.arrivate
    assert str(arrivata["To"]) == GIULIA
    assert str(arrivata["Subject"]).strip() == "LU-7K3F-92QD: intervento previsto giovedì 27 novembre 2026"
    assert str(arrivata["Auto-Submitted"]) == "auto-generated"
    assert arrivata["Reply-To"] is None
    testo, html = (arrivata.get_body((specie,)) for specie in ("plain", "html"))
    assert testo is not None
    assert html is not None
    [percorso] = re.findall(r"https?://[^/\s]+(/\S+)", testo.get_content())
    assert percorso.startswith(f"{PERCORSO}chiave/")
    assert percorso in html.get_content()
    assert valido(percorso.split("/")[-2], PERCORSO)
    mail.refresh_from_db()
    assert (mail.stato, mail.tentativi, mail.riprova_il) == (StatoAvviso.INVIATA, 1, None)


def test_an_account_is_written_to_at_the_address_it_has_now(anna: User, posta: Ufficio, settings: Any) -> None:
    [mail] = avviso(Destinatario(utente=anna))
    User.objects.filter(pk=anna.pk).update(email="anna.nuova@example.org")
    consegna(mail.pk)
    [arrivata] = posta.a("anna.nuova@example.org")
    testo = arrivata.get_body(("plain",))
    assert testo is not None
    assert f"{settings.SITO_URL}{PERCORSO}\n" in testo.get_content()
    assert not LinkMagico.objects.exists()


def test_a_dead_server_costs_no_attempt_and_the_sweep_delivers_once_it_is_back(
    mail: Notifica, posta_giu: None, request: pytest.FixtureRequest
) -> None:
    consegna(mail.pk)
    mail.refresh_from_db()
    assert (mail.stato, mail.tentativi) == (StatoAvviso.DA_INVIARE, 0)
    ufficio: Ufficio = request.getfixturevalue("posta")
    with fra(TOCCA_AL_PORTATORE):
        assert rimanda_le_non_inviate() == 1
        assert rimanda_le_non_inviate() == 0
    assert len(ufficio.a(GIULIA)) == 1


def test_a_dead_server_neither_breaks_nor_slows_what_the_citizen_does(
    posta_giu: None,
    anna: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    bussate: list[Any] = []
    apri: Callable[[EmailBackend], Any] = EmailBackend.open

    def contata(self: EmailBackend) -> Any:
        bussate.append(self.timeout)
        return apri(self)

    monkeypatch.setattr(EmailBackend, "open", contata)
    with django_capture_on_commit_callbacks(execute=True):
        avviso(*(Destinatario(email=f"p{n}@example.org") for n in range(5)))
    assert bussate == [tasks.TIMEOUT_IN_RICHIESTA]
    assert Notifica.objects.da_inviare().count() == 5


def test_a_mail_whose_carrier_never_ran_goes_with_the_sweep(mail: Notifica, posta: Ufficio) -> None:
    assert rimanda_le_non_inviate() == 0, "its own carrier may still come"
    with fra(TOCCA_AL_PORTATORE):
        assert rimanda_le_non_inviate() == 1
    assert len(posta.arrivate) == 1


def test_an_address_refused_for_good_is_given_up_at_once(mail: Notifica, posta: Ufficio) -> None:
    posta.rifiuta[GIULIA] = "550 5.1.1 no such user"
    consegna(mail.pk)
    mail.refresh_from_db()
    assert (mail.stato, mail.tentativi) == (StatoAvviso.RINUNCIATA, 1)


def test_so_is_a_mail_refused_for_good(mail: Notifica, posta: Ufficio) -> None:
    posta.contenuto = "552 5.2.2 mailbox full"
    consegna(mail.pk)
    mail.refresh_from_db()
    assert mail.stato == StatoAvviso.RINUNCIATA


def test_a_server_that_wants_us_to_log_in_is_no_fault_of_the_address(mail: Notifica, posta: Ufficio) -> None:
    posta.rifiuta[GIULIA] = "530 5.7.0 authentication required"
    consegna(mail.pk)
    mail.refresh_from_db()
    assert mail.stato == StatoAvviso.DA_INVIARE


def test_not_now_is_tried_again_with_growing_waits_and_then_given_up(mail: Notifica, posta: Ufficio) -> None:
    posta.rifiuta[GIULIA] = "450 4.2.0 greylisted"
    quando = adesso()
    for attesa in ATTESE:
        with fermo_a(quando):
            consegna(mail.pk)
            mail.refresh_from_db()
            assert (mail.stato, mail.riprova_il) == (StatoAvviso.DA_INVIARE, quando + attesa)
            consegna(mail.pk)
        with fermo_a(quando + attesa - timedelta(seconds=1)):
            assert rimanda_le_non_inviate() == 0
        quando += attesa
    with fermo_a(quando):
        rimanda_le_non_inviate()
    mail.refresh_from_db()
    assert (mail.stato, mail.tentativi) == (StatoAvviso.RINUNCIATA, TENTATIVI)
    assert posta.arrivate == []


def test_after_a_temporary_refusal_it_arrives(mail: Notifica, posta: Ufficio) -> None:
    posta.rifiuta[GIULIA] = "450 4.2.0 greylisted"
    consegna(mail.pk)
    posta.rifiuta.clear()
    with fra(ATTESE[0]):
        assert rimanda_le_non_inviate() == 1
    assert len(posta.a(GIULIA)) == 1


def test_one_refusal_does_not_stop_the_others_of_the_sweep(db: None, posta: Ufficio) -> None:
    avviso(*(Destinatario(email=f"p{n}@example.org") for n in range(3)))
    posta.rifiuta["p0@example.org"] = "550 5.1.1 no such user"
    with fra(TOCCA_AL_PORTATORE):
        assert rimanda_le_non_inviate() == 2


class Ucciso(BaseException):
    """kill -9, as far as a test can have it."""


def test_killed_after_the_claim_and_before_the_mail_it_leaves_once_the_lease_is_over(
    mail: Notifica, posta: Ufficio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def muori(*args: Any, **kwargs: Any) -> None:
        raise Ucciso

    with monkeypatch.context() as momento:
        momento.setattr(tasks, "componi", muori)
        with pytest.raises(Ucciso):
            consegna(mail.pk)
    consegna(mail.pk)
    assert posta.arrivate == [], "somebody has it in hand, for all we know"
    with fra(PRESTITO):
        assert rimanda_le_non_inviate() == 1
    assert len(posta.arrivate) == 1


def test_killed_between_the_mail_and_the_mark_it_leaves_again_recognisable_as_the_same(
    mail: Notifica, posta: Ufficio, monkeypatch: pytest.MonkeyPatch
) -> None:
    spedisci = EmailBackend.send_messages

    def spedisci_e_muori(self: EmailBackend, messaggi: Any) -> int:
        spedisci(self, messaggi)
        raise Ucciso

    with monkeypatch.context() as momento:
        momento.setattr(EmailBackend, "send_messages", spedisci_e_muori)
        with pytest.raises(Ucciso):
            consegna(mail.pk)
    with fra(PRESTITO):
        rimanda_le_non_inviate()
    prima, seconda = posta.arrivate
    assert prima["Message-ID"] == seconda["Message-ID"]
    assert str(mail.uid) in str(prima["Message-ID"])


def test_a_row_that_kills_every_carrier_is_given_up(
    mail: Notifica, posta: Ufficio, monkeypatch: pytest.MonkeyPatch
) -> None:
    Notifica.objects.filter(pk=mail.pk).update(tentativi=TENTATIVI, riprova_il=adesso())
    assert rimanda_le_non_inviate() == 0
    mail.refresh_from_db()
    assert (mail.stato, posta.arrivate) == (StatoAvviso.RINUNCIATA, [])


@pytest.mark.parametrize("come", [{"cancellato_il": adesso()}, {"is_active": False}])
def test_who_has_been_erased_meanwhile_is_not_written_to(anna: User, posta: Ufficio, come: dict[str, Any]) -> None:
    [mail] = avviso(Destinatario(utente=anna))
    User.objects.filter(pk=anna.pk).update(**come)
    consegna(mail.pk)
    mail.refresh_from_db()
    assert (mail.stato, posta.arrivate) == (StatoAvviso.RINUNCIATA, [])


def test_a_connection_that_breaks_ends_the_sweep_and_costs_one_attempt(
    db: None, posta: Ufficio, monkeypatch: pytest.MonkeyPatch
) -> None:
    avviso(*(Destinatario(email=f"p{n}@example.org") for n in range(3)))

    def cade(self: EmailBackend, messaggi: Any) -> int:
        raise ConnectionResetError

    monkeypatch.setattr(EmailBackend, "send_messages", cade)
    with fra(TOCCA_AL_PORTATORE):
        assert rimanda_le_non_inviate() == 0
    assert sorted(Notifica.objects.values_list("tentativi", flat=True)) == [0, 0, 1]


def test_the_logs_name_nobody(anna: User, posta: Ufficio, caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    caplog.set_level(logging.DEBUG)
    posta.rifiuta = {GIULIA: "550 5.1.1 <giulia@example.org> unknown", "anna@example.org": "450 4.2.0 wait"}
    for mail in avviso(*(Destinatario(email=e) for e in (GIULIA, "bruno@example.org")), Destinatario(utente=anna)):
        consegna(mail.pk)
    settings.EMAIL_PORT = 1
    consegna(avviso(Destinatario(email=GIULIA))[0].pk)
    righe = "\n".join(riga.getMessage() for riga in caplog.records if riga.name.startswith(("notifiche", "celery")))
    assert len(righe.splitlines()) == 4
    for nome in ("giulia", "bruno", "anna", "@", "chiave/", "Lampione"):
        assert nome.lower() not in righe.lower()


def test_a_server_found_silent_is_left_alone_for_a_while(mail: Notifica, posta: Ufficio) -> None:
    cache.set("notifiche:posta-muta", True, 60)
    consegna(mail.pk)
    assert posta.arrivate == []
    mail.refresh_from_db()
    assert mail.tentativi == 0


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_carriers_with_the_same_mail_send_it_once(posta: Ufficio) -> None:
    assert connection.vendor == "postgresql"
    mails = avviso(*(Destinatario(email=f"p{n}@example.org") for n in range(10)))
    posta.arrivate.clear()
    Notifica.objects.update(stato=StatoAvviso.DA_INVIARE, inviata_il=None, riprova_il=None, tentativi=0)
    barriera = Barrier(2)

    def porta(_chi: int) -> None:
        try:
            barriera.wait(timeout=10)
            for mail in mails:
                consegna(mail.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as insieme:
        list(insieme.map(porta, range(2)))
    assert sorted(str(mail["To"]) for mail in posta.arrivate) == sorted(f"p{n}@example.org" for n in range(10))
