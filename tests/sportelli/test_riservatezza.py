"""Whose an appointment was: exported, erased, kept no longer than its term."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta

import pytest
from django.core import mail

from core.tempo import adesso, fermo_a
from riservatezza import actions
from riservatezza.models import RichiestaDati
from riservatezza.persone import Persona
from riservatezza.raccolta import prepara_esportazione
from sportelli.models import Appuntamento
from sportelli.workflow import Stato
from tests.sportelli.aiuti import alle, prendi, turno

VUOTO = ("", "", "", "", "")


def parole(suo: Appuntamento) -> tuple[str, ...]:
    suo.refresh_from_db()
    return suo.nome, suo.email, suo.telefono, suo.parole, suo.chi


def test_after_a_year_nobody_knows_whose_it_was_and_it_goes_on_being_counted(atto):
    suo = prendi(atto, alle("09:00"), telefono="0583 000 001", parole="Ho la sedia a rotelle")
    with fermo_a(adesso() + timedelta(days=364)):
        actions.conserva()
    assert parole(suo)[0] == "Gina Guidi"
    with fermo_a(adesso() + timedelta(days=367)):
        assert actions.conserva()["sportelli.Appuntamento: nome, email, telefono, parole, motivo, chi"] == 1
        assert "sportelli.Appuntamento: nome, email, telefono, parole, motivo, chi" not in actions.conserva()
    assert parole(suo) == VUOTO


@pytest.mark.parametrize("con_account", [True, False])
def test_who_erases_their_data_frees_the_seat_and_leaves_no_word(sportello, atto, anna, con_account):
    suo = prendi(atto, alle("09:00"), **({"autore": anna} if con_account else {"email": "gina@example.org"}))
    di_altri = prendi(atto, alle("09:00"), email="altra@example.org")
    actions.cancella_dati(Persona(anna) if con_account else Persona(email="gina@example.org"))
    assert parole(suo) == VUOTO
    assert suo.stato == Stato.DISDETTO
    assert turno(sportello, alle("09:00")).occupati == 1
    assert parole(di_altri)[0] == "Gina Guidi"


def test_who_takes_their_data_away_finds_the_appointment_and_no_digest(atto):
    suo = prendi(atto, parole="Ho la sedia a rotelle")
    richiesta = actions.chiedi_esportazione(actions.apri_richiesta(Persona(email="gina@example.org")))
    prepara_esportazione(richiesta.pk)
    richiesta = RichiestaDati.objects.get(pk=richiesta.pk)
    with zipfile.ZipFile(richiesta.file.open("rb")) as archivio:
        testo = archivio.read("i-tuoi-dati.json").decode()
    voce = json.loads(testo)["I tuoi appuntamenti"][0]
    assert (voce["codice"], voce["parole"]) == (suo.codice, "Ho la sedia a rotelle")
    assert suo.chi not in testo


def test_a_mailbox_known_only_from_an_appointment_may_ask(atto, django_capture_on_commit_callbacks):
    prendi(atto)
    with django_capture_on_commit_callbacks(execute=True):
        actions.chiedi_collegamento("gina@example.org")
    assert mail.outbox[-1].subject == "Il collegamento ai tuoi dati"
