"""What was told of a case before it was covered, made private or removed: nobody goes on reading it elsewhere."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import make_aware

from ascolto.models import Visibilita
from core.tempo import adesso, fermo_a
from notifiche.models import CanaleAvviso, Notifica, StatoAvviso
from notifiche.scheduled import rimanda_le_non_inviate
from segnalazioni import actions
from segnalazioni.actions import Perche
from segnalazioni.desk.doppioni import persone_avvisate
from segnalazioni.desk.fascicolo import seguito_di
from segnalazioni.parti import SEGNO
from segnalazioni.scheduled import manda_i_promemoria
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA

TERZI = Perche("altri")
PAROLE = "La signora Rossi abita al 12"


def rendi(caso, carla, visibilita):
    return actions.cambia_visibilita(caso, operatore=carla, perche=TERZI, visibilita=visibilita)


def campanella(chi):
    cliente = Client()
    cliente.force_login(chi)
    return cliente.get(reverse("notifiche:elenco")).content.decode()


def avvisi(chi):
    return Notifica.objects.filter(utente=chi)


NON_PUBBLICA = pytest.mark.parametrize("visibilita", [Visibilita.PRIVATA, Visibilita.RIMOSSA])


@pytest.fixture
def caso(buca, bruno, elena):
    """Anna's, which Bruno and Giulia follow; in hand at Elena's office."""
    actions.segui(buca, firma=True, utente=bruno)
    actions.segui(buca, firma=False, email=GIULIA)
    actions.email_dimostrata(buca, GIULIA)
    return porta_a(buca, "in_lavorazione")


# --- who follows ------------------------------------------------------------------------------------------


@NON_PUBBLICA
def test_who_follows_hears_nothing_more_of_what_is_not_public(caso, anna, bruno, carla, visibilita):
    rendi(caso, carla, visibilita)
    prima = Notifica.objects.exclude(utente=anna).count()
    fai(caso, "risolvi", testo=PAROLE)
    assert Notifica.objects.exclude(utente=anna).count() == prima
    assert avvisi(anna).filter(dati__testo=PAROLE).exists(), "who reported does"


@NON_PUBBLICA
def test_what_they_were_told_before_no_longer_says_what_it_was_about(caso, anna, bruno, elena, carla, visibilita):
    fai(caso, "programma", testo=PAROLE)
    assert caso.titolo in campanella(bruno)
    rendi(caso, carla, visibilita)
    assert caso.titolo not in campanella(bruno)
    for avviso in Notifica.objects.filter(utente=bruno) | Notifica.objects.filter(email=GIULIA):
        assert (avviso.dati["titolo"], avviso.dati["testo"]) == ("", ""), avviso.evento
        assert "Rossi" not in str(avviso.dati)
    assert caso.titolo in campanella(anna), "her own words"
    assert avvisi(anna).filter(dati__testo=PAROLE).exists()
    assert caso.titolo in campanella(elena), "her work"


@NON_PUBBLICA
def test_mails_that_have_not_left_are_called_off(caso, bruno, carla, visibilita):
    fai(caso, "programma", testo=PAROLE)
    rendi(caso, carla, visibilita)
    Notifica.objects.update(created_at=adesso() - timedelta(hours=1))
    rimanda_le_non_inviate()
    assert {lettera.to[0] for lettera in mail.outbox if PAROLE in lettera.body} == {"anna@example.org"}
    assert not [lettera for lettera in mail.outbox if lettera.to[0] in (GIULIA, bruno.email)]
    assert {a.stato for a in avvisi(bruno).filter(canale=CanaleAvviso.EMAIL)} == {StatoAvviso.RINUNCIATA}


@NON_PUBBLICA
def test_who_is_of_a_joined_case_loses_it_too(caso, buche, fabio, carla, visibilita):
    figlia = segnala(buche, autore=fabio)
    actions.unisci(figlia, operatore=carla, originale=caso, testo="È la stessa.")
    fai(caso, "programma", testo=PAROLE)
    assert avvisi(fabio).filter(dati__testo=PAROLE).exists()
    rendi(caso, carla, visibilita)
    assert not [a.evento for a in avvisi(fabio) if PAROLE in str(a.dati)]
    assert avvisi(fabio).filter(dati__titolo=figlia.titolo, dati__codice=figlia.codice).exists(), (
        "of his own he keeps all"
    )


def test_an_office_that_has_it_no_longer_keeps_nothing(caso, elena, dario, luce, carla):
    actions.passa(caso, operatore=dario, ufficio=luce, nota="È della luce.")
    rendi(caso, carla, Visibilita.PRIVATA)
    assert not [a.evento for a in avvisi(elena) if a.dati.get("titolo")]


def test_covering_words_leaves_the_notices_there(caso, bruno, carla):
    fai(caso, "programma", testo=PAROLE)
    actions.copri_parole(caso, operatore=carla, perche=TERZI, frasi=["Rossi"])
    assert avvisi(bruno).filter(dati__testo=f"La signora {SEGNO} abita al 12", stato=StatoAvviso.DA_INVIARE).exists()


def test_a_follower_asks_for_a_link_and_gets_none_to_what_is_not_public(caso, carla):
    rendi(caso, carla, Visibilita.PRIVATA)
    actions.chiedi_collegamento(caso, email=GIULIA)
    assert not Notifica.objects.filter(tipo="segnalazione_collegamento").exists()


# --- covered words ----------------------------------------------------------------------------------------


@pytest.fixture
def col_nome(buche, anna, elena):
    """Its title names a neighbour."""
    return porta_a(segnala(buche, autore=anna, testo="Mario Rossi butta rifiuti. Vicino al ponte."), "in_lavorazione")


def copri_il_nome(caso, carla):
    return actions.copri_parole(caso, operatore=carla, perche=TERZI, frasi=["Mario Rossi"])


def con_il_nome():
    return [(a.tipo, a.evento) for a in Notifica.objects.order_by("pk") if "Mario Rossi" in str(a.dati)]


def test_who_was_called_in_a_note_reads_the_mark_and_so_does_the_mail(col_nome, elena, carla):
    actions.annota(col_nome, operatore=carla, testo="@elena.esposito guarda", chiave=uuid4())
    assert "Mario Rossi" in campanella(elena)
    copri_il_nome(col_nome, carla)
    assert "Mario Rossi" not in campanella(elena)
    assert f"{SEGNO} butta rifiuti" in campanella(elena)
    Notifica.objects.update(created_at=adesso() - timedelta(hours=1))
    rimanda_le_non_inviate()
    assert mail.outbox
    assert not [lettera for lettera in mail.outbox if "Mario Rossi" in f"{lettera.subject} {lettera.body}"]


def test_a_reminder_and_what_was_told_of_an_act_before_are_covered_too(col_nome, anna, elena, carla):
    scade = make_aware(datetime.combine(col_nome.scadenza, time(10)))
    with fermo_a(scade):
        assert manda_i_promemoria() == 1
    actions.copri_parole(col_nome, operatore=carla, perche=TERZI, frasi=["ponte"])
    assert {tipo for tipo, _evento in con_il_nome()} >= {"segnalazione_termine", "segnalazione_moderata"}
    copri_il_nome(col_nome, carla)
    assert con_il_nome() == []


# --- what the desk says of it -----------------------------------------------------------------------------


def test_the_desk_counts_who_is_told_as_it_tells(caso, buche, fabio, carla):
    actions.unisci(segnala(buche, autore=fabio), operatore=carla, originale=caso)
    assert (seguito_di(caso).avvisati, persone_avvisate(caso)) == (4, 4), "Anna, Bruno, Giulia; Fabio of the other one"
    caso = rendi(caso, carla, Visibilita.PRIVATA)
    assert (seguito_di(caso).avvisati, persone_avvisate(caso)) == (1, 1), "Anna"
    prima = Notifica.objects.filter(canale=CanaleAvviso.EMAIL).count()
    caso = fai(caso, "programma")
    assert Notifica.objects.filter(canale=CanaleAvviso.EMAIL).count() == prima + 1


def test_a_person_of_two_joined_cases_is_told_once_and_counted_once(caso, buche, bruno, carla):
    actions.unisci(segnala(buche, autore=bruno), operatore=carla, originale=caso)
    assert (seguito_di(caso).avvisati, persone_avvisate(caso)) == (3, 3)
