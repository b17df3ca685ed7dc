"""The page of who has an account: what waits for them, what they reported, what they follow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ascolto.models import Visibilita
from core.templatetags.lp import giorno_settimana
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import pagina_di, privata, rendi

QUI = "/area-personale/"


def test_anna_finds_what_she_reported_private_or_not(client: Client, buca: Segnalazione, anna: User) -> None:
    nascosta = privata(buca.categoria, autore=anna, testo="Scala pericolante nel mio condominio.")
    client.force_login(anna)
    risposta = client.get(QUI)
    pagina = pagina_di(risposta)
    for caso in (buca, nascosta):
        assert caso.url() in pagina
    assert "Ricevuta" in pagina
    assert "risposta entro" in pagina
    assert "no-store" in risposta["Cache-Control"]


def test_the_one_that_waits_for_her_stands_on_top(client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    assert "Tocca a te" not in pagina_di(client.get(QUI))
    porta_a(buca, "attesa_cittadino")
    pagina = pagina_di(client.get(QUI))
    assert "Tocca a te" in pagina
    assert f'href="{buca.url()}#rispondi"' in pagina


def test_a_preavviso_stands_there_too_with_its_last_day_until_she_has_written(
    client: Client, buca: Segnalazione, anna: User
) -> None:
    client.force_login(anna)
    caso = porta_a(buca, "preavviso_rigetto")
    assert caso.attesa_fino_al is not None
    pagina = pagina_di(client.get(QUI))
    assert f'href="{buca.url()}#osserva"' in pagina
    assert 'id="osserva"' in pagina_di(client.get(buca.url()))
    assert "puoi scrivere le tue osservazioni" in pagina
    assert "ti ha fatto una domanda" not in pagina
    assert f"C’è tempo fino a {giorno_settimana(caso.attesa_fino_al)}." in pagina
    fai(caso, "osserva")
    assert "Tocca a te" not in pagina_di(client.get(QUI))


def test_once_the_days_for_observations_are_over_it_is_not_her_turn(
    client: Client, buca: Segnalazione, anna: User
) -> None:
    porta_a(buca, "preavviso_rigetto")
    with fermo_a(adesso() + timedelta(days=60)):
        client.force_login(anna)
        assert "Tocca a te" not in pagina_di(client.get(QUI))


def test_bruno_finds_what_he_follows_and_not_what_became_private(
    client: Client, buca: Segnalazione, bruno: User, anna: User
) -> None:
    altra = segnala(buca.categoria, autore=anna)
    for caso in (buca, altra):
        actions.segui(caso, firma=False, utente=bruno)
    rendi(altra, Visibilita.PRIVATA)
    client.force_login(bruno)
    pagina = pagina_di(client.get(QUI))
    assert buca.url() in pagina
    assert altra.codice not in pagina
    assert "Non hai ancora segnalato niente" in pagina


def test_what_was_removed_is_nowhere(client: Client, buca: Segnalazione, anna: User) -> None:
    rendi(buca, Visibilita.RIMOSSA)
    client.force_login(anna)
    assert buca.codice not in pagina_di(client.get(QUI))


def test_nobody_sees_what_others_reported(client: Client, buca: Segnalazione, bruno: User) -> None:
    client.force_login(bruno)
    assert buca.codice not in pagina_di(client.get(QUI))


def test_a_stranger_is_asked_to_come_in(client: Client, db: None) -> None:
    risposta = client.get(QUI)
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(reverse("account_login"))


def test_colleagues_find_the_way_to_their_desk(client: Client, elena: User, anna: User) -> None:
    for chi, si_vede in ((elena, True), (anna, False)):
        client.force_login(chi)
        assert ("Vai alla scrivania" in pagina_di(client.get(QUI))) is si_vede


@pytest.mark.parametrize("pagina", ["abc", "9999", "-1"])
def test_any_page_number_leads_to_a_page(pagina: str, client: Client, buca: Segnalazione, anna: User) -> None:
    client.force_login(anna)
    assert buca.codice in pagina_di(client.get(QUI, {"pagina": pagina, "seguite": pagina}))


def test_the_page_costs_the_same_however_many(
    client: Client, buche: Categoria, anna: User, bruno: User, django_assert_max_num_queries: Any
) -> None:
    for _n in range(12):
        segnala(buche, autore=anna)
        actions.segui(segnala(buche, autore=bruno), firma=True, utente=anna)
    client.force_login(anna)
    with django_assert_max_num_queries(12):
        client.get(QUI)
