"""A case joined to another must not say in public what the other one no longer says."""

from __future__ import annotations

import pytest
from django.test import Client

from ascolto.models import Visibilita
from notifiche.models import Notifica
from segnalazioni import actions
from segnalazioni.actions import Perche
from segnalazioni.catena import guasti
from segnalazioni.desk import doppioni
from segnalazioni.models import Moderazione, Segnalazione
from segnalazioni.parti import SEGNO
from tests.aiuti import porta_a, segnala

NOME = "Mario Rossi"
TERZI = Perche("altri", "Il nome di un vicino.")


@pytest.fixture
def madre(buche, anna, elena):
    """Anna's, whose title names a neighbour."""
    return porta_a(segnala(buche, autore=anna, testo=f"Buca davanti a casa di {NOME}."), "in_lavorazione")


@pytest.fixture
def figlia(madre, buche, bruno, carla):
    """Bruno's, joined to Anna's with a text that holds her title, as they were proposed once."""
    figlia = segnala(buche, autore=bruno, testo="Si cade con la bici.")
    testo = f"È lo stesso problema di {madre.codice}, «{madre.titolo}»: segui quella."
    return actions.unisci(figlia, operatore=carla, originale=madre, testo=testo)


def di_nuovo(caso):
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


def pagina(caso):
    return Client().get(caso.url()).content.decode()


def di_bruno(bruno):
    return str(list(Notifica.objects.filter(utente=bruno).values_list("dati", flat=True)))


def test_what_is_proposed_says_the_number_and_leaves_the_title_to_the_page(madre, buche, bruno, carla):
    assert madre.codice in doppioni.testo_proposto(madre)
    assert madre.titolo not in doppioni.testo_proposto(madre)
    figlia = segnala(buche, autore=bruno, testo="Si cade con la bici.")
    actions.unisci(figlia, operatore=carla, originale=madre, testo=doppioni.testo_proposto(madre))
    assert madre.titolo in pagina(figlia), "as long as anybody may read it"
    actions.cambia_visibilita(madre, operatore=carla, perche=TERZI, visibilita=Visibilita.PRIVATA)
    assert madre.titolo not in pagina(figlia)


@pytest.mark.parametrize("visibilita", [Visibilita.PRIVATA, Visibilita.RIMOSSA])
def test_the_title_of_what_is_not_public_goes_from_the_texts_that_joined_others_to_it(
    madre, figlia, bruno, carla, visibilita
):
    actions.cambia_visibilita(madre, operatore=carla, perche=TERZI, visibilita=visibilita)
    assert madre.titolo not in pagina(figlia)
    assert f"{madre.codice}, «{SEGNO}»: segui quella." in pagina(figlia)
    assert madre.titolo not in di_bruno(bruno)
    assert guasti(di_nuovo(figlia)) == []


def test_words_covered_in_the_one_are_covered_there_too(madre, figlia, bruno, carla):
    actions.copri_parole(madre, operatore=carla, perche=TERZI, frasi=[NOME])
    assert NOME not in pagina(figlia)
    assert NOME not in di_bruno(bruno)
    dopo = di_nuovo(figlia)
    assert guasti(dopo) == []
    assert dopo.contributo.visibilita == Visibilita.OSCURATA
    assert dopo.edizione == figlia.edizione + 1, "open pages learn of it"
    assert Moderazione.objects.get(segnalazione=figlia).parti == [f"passo:{figlia.versione}:testo"]
    assert not Notifica.objects.filter(utente=bruno, tipo="segnalazione_moderata").exists(), "they were not his words"


def test_covered_first_and_hidden_after(madre, figlia, carla):
    madre = actions.copri_parole(madre, operatore=carla, perche=TERZI, frasi=[NOME])
    actions.cambia_visibilita(madre, operatore=carla, perche=TERZI, visibilita=Visibilita.RIMOSSA)
    assert "Buca davanti" not in pagina(figlia)
    assert guasti(di_nuovo(figlia)) == []


def test_a_title_covered_from_end_to_end_is_covered_there_too(madre, figlia, carla):
    actions.copri_parole(madre, operatore=carla, perche=TERZI, intere=["titolo"])
    assert "Buca davanti" not in pagina(figlia)


def test_a_case_that_was_detached_says_it_no_longer_either(madre, figlia, carla):
    actions.stacca(figlia, operatore=carla, testo="Non era la stessa.")
    actions.cambia_visibilita(madre, operatore=carla, perche=TERZI, visibilita=Visibilita.RIMOSSA)
    assert madre.titolo not in pagina(figlia)


def test_the_one_in_the_middle_of_a_chain(madre, figlia, buche, carla):
    altra = segnala(buche)
    actions.unisci(madre, operatore=carla, originale=altra)
    actions.cambia_visibilita(madre, operatore=carla, perche=TERZI, visibilita=Visibilita.RIMOSSA)
    assert madre.titolo not in pagina(figlia)


def test_a_case_that_says_nothing_of_it_stays_as_it_is(madre, buche, bruno, carla):
    figlia = segnala(buche, autore=bruno, testo=f"Anche da {NOME}.")
    figlia = actions.unisci(figlia, operatore=carla, originale=madre, testo="La stessa.")
    actions.copri_parole(madre, operatore=carla, perche=TERZI, frasi=[NOME])
    assert NOME in pagina(figlia), "its own words are its own covering"
    assert not Moderazione.objects.filter(segnalazione=figlia).exists()
