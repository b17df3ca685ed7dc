"""What who reported thinks of the answers: which answer counts, and how, on reports made one by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from core.tempo import adesso, fermo_a, oggi
from riservatezza.actions import cancella_dati
from riservatezza.persone import Persona
from segnalazioni import actions
from segnalazioni.models import Categoria, Gradimento, Segnalazione
from segnalazioni.statistiche import SOGLIA, Pareri, Periodo, conta_pareri, risposte_in
from tests.aiuti import fai, porta_a, segnala

FINORA = Periodo(None, date(2999, 1, 1))


def risponde(categoria: Categoria, *voti: int | None, giorni: int = 3, autore: User | None = None) -> list[Any]:
    """Reports answered so many days ago, arrived five days before; each with this mark, or None for no word."""
    fatte = []
    for voto in voti:
        with fermo_a(adesso() - timedelta(days=giorni + 5)):
            caso = porta_a(segnala(categoria, autore=autore), "in_lavorazione")
        with fermo_a(adesso() - timedelta(days=giorni)):
            caso = fai(caso, "risolvi")
            if voto:
                actions.valuta(caso, risolto="si", voto=voto, parole="Parole di chi ha segnalato.", autore=autore)
        fatte.append(caso)
    return fatte


def somma(casi: Any = None, periodo: Periodo = FINORA) -> Pareri:
    contati = conta_pareri(risposte_in(Segnalazione.objects.all() if casi is None else casi, periodo))
    totale = Pareri()
    for uno in contati["ufficio"].values():
        totale.somma(uno)
    return totale


@pytest.mark.parametrize("detti", [0, 1, SOGLIA - 1, SOGLIA])
def test_few_opinions_make_no_per_cent(detti: int) -> None:
    uno = Pareri(contenti=detti, muti=40)
    assert (uno.quota_contenti is None) == (uno.quota_muti is None) == (detti < SOGLIA)


def test_what_counts_is_when_the_answer_was_given(buche: Categoria) -> None:
    risponde(buche, 5, giorni=3)  # arrived eight days ago
    risponde(buche, 1, giorni=30)
    ultimi = Periodo(oggi() - timedelta(days=5), oggi())
    assert somma(periodo=ultimi) == Pareri(contenti=1)
    prima = Periodo(None, oggi() - timedelta(days=4))
    assert somma(periodo=prima) == Pareri(scontenti=1)


def test_the_last_mark_counts(buche: Categoria) -> None:
    (caso,) = risponde(buche, 5)
    actions.valuta(caso, risolto="no", voto=1)
    assert somma() == Pareri(scontenti=1)


def test_a_mark_on_an_answer_reopened_since_is_of_no_answer_now(buche: Categoria) -> None:
    (caso,) = risponde(buche, 1, giorni=10)
    caso = fai(caso, "contesta")
    assert somma() == Pareri()  # it waits again
    caso = fai(caso, "riapri")
    caso = fai(caso, "risolvi")
    assert somma() == Pareri(muti=1)
    actions.valuta(caso, risolto="si", voto=4)
    assert somma() == Pareri(contenti=1)


def test_who_contested_in_vain_is_not_forgotten(buche: Categoria) -> None:
    (caso,) = risponde(buche, 1, giorni=10)
    fai(fai(caso, "contesta"), "chiudi")
    assert somma() == Pareri(scontenti=1)


def test_withdrawn_and_joined_are_no_answers(buche: Categoria, anna: User) -> None:
    porta_a(segnala(buche, autore=anna), "ritirata")
    caso = porta_a(segnala(buche), "in_lavorazione")
    fai(porta_a(segnala(buche), "assegnata"), "unisci", originale=caso)
    fai(caso, "risolvi")
    assert somma() == Pareri(muti=1)


def test_erasing_who_reported_changes_no_total(buche: Categoria, anna: User) -> None:
    risponde(buche, 5, 2, None, autore=anna)
    prima = conta_pareri(risposte_in(Segnalazione.objects.all(), FINORA))
    assert Gradimento.objects.filter(parole__gt="").count() == 2
    cancella_dati(Persona(utente=anna))
    assert not Gradimento.objects.filter(parole__gt="").exists()
    assert conta_pareri(risposte_in(Segnalazione.objects.all(), FINORA)) == prima
    assert somma() == Pareri(1, 0, 1, 1)


def test_no_answer_is_said_so(client: Client, carla: User) -> None:
    client.force_login(carla)
    assert "non è stata data nessuna risposta" in client.get("/scrivania/statistiche/").content.decode()
