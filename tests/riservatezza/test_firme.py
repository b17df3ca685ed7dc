"""How many people a group of joined cases counts does not change when their contacts go. Runs on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.tempo import adesso
from riservatezza.actions import cancella_dati, conserva
from riservatezza.persone import Persona
from segnalazioni import actions
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import Seguace
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA


def firme(caso):
    return Segnalazione.objects.filter(pk=caso.pk).firme_di_ognuna()[caso.pk]


def segni():
    return list(Seguace.objects.order_by("pk").values_list("segno", flat=True))


def di_giulia(buche):
    return actions.email_dimostrata(segnala(buche, email=GIULIA), GIULIA)


def anni_fa(anni, *casi):
    quando = adesso() - timedelta(days=365 * anni + 20)
    Segnalazione.objects.filter(pk__in=[caso.pk for caso in casi]).update(conclusa_il=quando)


@pytest.fixture
def gruppo(buca, buche, anna, bruno, carla):
    """Bruno's case, which Anna has signed too, joined to hers: two people, three rows."""
    figlia = segnala(buche, autore=bruno)
    actions.segui(figlia, firma=True, utente=anna)
    actions.unisci(figlia, operatore=carla, originale=buca)
    return buca, figlia


def test_erasing_oneself_leaves_the_count_as_it_was(gruppo, anna, bruno):
    madre, figlia = gruppo
    assert (firme(madre), firme(figlia)) == (2, 2)
    cancella_dati(Persona(utente=anna))
    assert (firme(madre), firme(figlia)) == (2, 2)
    cancella_dati(Persona(utente=bruno))
    assert (firme(madre), firme(figlia)) == (2, 2)


def test_a_mailbox_and_an_account_of_the_same_person_stay_one(gruppo, anna, buche, carla):
    madre, _figlia = gruppo
    altra = segnala(buche)
    actions.segui(altra, firma=True, email=anna.email)
    actions.email_dimostrata(altra, anna.email)
    actions.unisci(altra, operatore=carla, originale=madre)
    prima = firme(madre)
    cancella_dati(Persona(utente=anna))
    assert firme(madre) == prima
    assert not Seguace.objects.exclude(segno="").exclude(email="", utente=None).exists()


def test_the_sign_says_who_nobody_is_and_links_no_group_to_another(gruppo, buche, anna, bruno, carla):
    altra, unita = segnala(buche, autore=anna), segnala(buche, autore=bruno)
    actions.segui(unita, firma=True, utente=anna)
    actions.unisci(unita, operatore=carla, originale=altra)
    da_sola = segnala(buche, autore=anna)
    cancella_dati(Persona(utente=anna))
    segnati = [segno for segno in segni() if segno]
    assert len(segnati) == 4
    assert len(set(segnati)) == 2, "one for each group"
    assert da_sola.seguaci.get().segno == "", "where there is one row there is nothing to hold together"
    assert not Seguace.objects.filter(utente=anna).exists()


@pytest.mark.parametrize("lotto", [1, 500])
def test_retention_leaves_the_count_as_it_was(buche, carla, elena, lotto):
    madre, figlia = di_giulia(buche), di_giulia(buche)
    figlia = actions.unisci(figlia, operatore=carla, originale=madre)
    actions.segui(madre, firma=True, sessione="a" * 64)
    madre = porta_a(madre, "risolta")
    anni_fa(2, madre, figlia)
    assert firme(madre) == 2
    conserva(lotto=lotto)
    assert not Seguace.objects.exclude(email="", sessione="").exists()
    assert firme(madre) == 2
    assert conserva() == {}


def test_one_of_the_group_may_come_to_its_term_before_the_other(buche, carla, elena):
    madre, figlia = di_giulia(buche), di_giulia(buche)
    figlia = actions.unisci(figlia, operatore=carla, originale=madre)
    anni_fa(2, figlia)
    conserva()
    assert list(Seguace.objects.order_by("pk").values_list("email", flat=True)) == [GIULIA, ""]
    assert firme(madre) == 1
    madre = porta_a(madre, "risolta")
    anni_fa(2, madre)
    conserva()
    assert not Seguace.objects.exclude(email="").exists()
    assert firme(madre) == 1


def test_two_people_of_one_case_stay_two(buche, carla, elena):
    madre, figlia = di_giulia(buche), di_giulia(buche)
    for caso in (madre, figlia):
        actions.segui(caso, firma=True, sessione="b" * 64)
    figlia = actions.unisci(figlia, operatore=carla, originale=madre)
    madre = porta_a(madre, "risolta")
    anni_fa(2, madre, figlia)
    assert firme(madre) == 2
    conserva()
    assert (firme(madre), firme(figlia)) == (2, 2)
    assert len(set(segni())) == 2
