"""What segnalazioni tells, through its own actions: who gets which mail, and how it reads."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.utils.translation import override
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from notifiche.models import CanaleAvviso, Notifica
from segnalazioni import actions
from segnalazioni.actions.avvisi import evento_di
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.models.passaggio import PASSI_INTERNI
from segnalazioni.workflow import PROCEDURA, RuoloCaso, Stato
from tests.aiuti import arriva_a, fai, porta_a, segnala


def mail_a(mailoutbox: list[EmailMessage], indirizzo: str) -> list[str]:
    """Subjects of what this address got."""
    return [str(mail.subject) for mail in mailoutbox if mail.to == [indirizzo]]


def test_anna_and_bruno_hear_of_each_step_and_the_office_of_its_own(
    anna: User,
    bruno: User,
    buca: Segnalazione,
    elena: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), override("en"):
        actions.segui(buca, firma=False, utente=bruno)
        caso = porta_a(buca, Stato.IN_LAVORAZIONE)
        fai(caso, "programma")
    [assegnata, lavorata, prevista] = mail_a(mailoutbox, "anna@example.org")
    assert assegnata == f"{buca.codice}: assegnata a Strade e viabilità"
    assert lavorata == f"{buca.codice}: in lavorazione"
    assert prevista.startswith(f"{buca.codice}: intervento previsto ")
    assert mail_a(mailoutbox, "bruno@example.org") == [assegnata, lavorata, prevista]
    assert mail_a(mailoutbox, "elena@example.org") == [f"{buca.codice}: da prendere in carico per Strade e viabilità"]
    di_bruno = [mail for mail in mailoutbox if mail.to == ["bruno@example.org"]]
    assert all("List-Unsubscribe" in mail.extra_headers for mail in di_bruno)
    giorni = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
    assert any(giorno in prevista for giorno in giorni), "in Italian, whatever language Elena reads the desk in"


def test_a_guest_is_asked_to_confirm_by_mail(
    buche: Categoria,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        caso = segnala(buche, email="giulia@example.org")
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == (["giulia@example.org"], f"{caso.codice}: conferma la tua segnalazione")
    assert f"{caso.url()}chiave/" in str(mail.body)


def test_who_follows_with_the_address_of_her_account_gets_one_mail_for_each_step(
    anna: User, buca: Segnalazione
) -> None:
    actions.segui(buca, firma=False, email="anna@example.org")
    Notifica.objects.all().delete()
    buca.seguaci.update(confermato_il=buca.contributo.created_at)
    fai(buca, "assegna")
    assert Notifica.objects.filter(canale=CanaleAvviso.EMAIL).count() == 1


_TIPI = {
    "conferma": "segnalazione_ricevuta",
    "chiedi": "segnalazione_domanda",
    "preavvisa": "segnalazione_preavviso",
    **dict.fromkeys(("scade", "intervieni", "declina"), "segnalazione_termine"),
}


@pytest.mark.parametrize("passo", [p for p in PROCEDURA.passi if p not in PASSI_INTERNI])
def test_each_step_is_one_mail_to_who_reported_unless_it_is_their_own(
    anna: User, buca: Segnalazione, carla: User, elena: User, dario: User, passo: str
) -> None:
    caso = buca if passo == "conferma" else arriva_a(buca, passo)
    ultimo = Passaggio.objects.filter(segnalazione=caso, passo=passo).select_related("parole").latest("numero")
    mail = Notifica.objects.filter(canale=CanaleAvviso.EMAIL, utente=anna, evento=evento_di(ultimo.uid))
    if ultimo.ruolo == RuoloCaso.SEGNALANTE and passo != "conferma":
        assert not mail.exists()
        return
    assert mail.get().tipo == _TIPI.get(passo, "segnalazione_aggiornata")
    parole = getattr(ultimo, "parole", None)
    assert mail.get().dati["testo"] == (parole.testo if parole else "")
