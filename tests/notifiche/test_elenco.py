"""The notices on the site: the page, the bell, and what has been read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.tempo import adesso, fermo_a
from notifiche.actions import Destinatario, segna_lette
from notifiche.models import Notifica
from tests.factories.notifiche import PERCORSO, avviso

ELENCO, LETTE = "/notifiche/", "/notifiche/lette/"


def da_leggere(chi: User) -> int:
    return Notifica.objects.nel_sito(chi).non_lette().count()


def test_anna_reads_what_happened_newest_first(client: Client, anna: User) -> None:
    with fermo_a(adesso() - timedelta(days=1)):
        avviso(Destinatario(utente=anna), stato="assegnata")
    avviso(Destinatario(utente=anna))
    client.force_login(anna)
    pagina = client.get(ELENCO).content.decode()
    ultima = pagina.index("LU-7K3F-92QD: intervento previsto giovedì 27 novembre 2026")
    assert ultima < pagina.index("LU-7K3F-92QD: assegnata a Illuminazione pubblica")
    assert f'href="{PERCORSO}"' in pagina
    assert "2 notifiche da leggere" in pagina


def test_what_others_are_told_is_not_there(client: Client, anna: User, bruno: User) -> None:
    avviso(Destinatario(utente=anna))
    client.force_login(bruno)
    pagina = client.get(ELENCO).content.decode()
    assert "LU-7K3F-92QD" not in pagina
    assert "Non c’è ancora niente da leggere" in pagina


@pytest.mark.parametrize("indirizzo", [ELENCO, LETTE])
def test_a_stranger_is_asked_to_log_in(client: Client, db: None, indirizzo: str) -> None:
    risposta = client.post(indirizzo) if indirizzo == LETTE else client.get(indirizzo)
    assert risposta["Location"] == f"{reverse('account_login')}?next={indirizzo}"


def test_looking_reads_nothing_and_the_button_reads_all(client: Client, anna: User, bruno: User) -> None:
    avviso(Destinatario(utente=anna), Destinatario(utente=bruno))
    client.force_login(anna)
    fino_a = client.get(ELENCO).context["fino_a"]
    assert da_leggere(anna) == 1
    assert client.get(LETTE)["Location"] == ELENCO
    assert da_leggere(anna) == 1
    assert client.post(LETTE, {"fino_a": fino_a})["Location"] == ELENCO
    assert (da_leggere(anna), da_leggere(bruno)) == (0, 1)
    assert "Segna tutte come lette" not in client.get(ELENCO).content.decode()


def test_what_came_after_the_page_was_shown_stays_to_be_read(client: Client, anna: User) -> None:
    avviso(Destinatario(utente=anna))
    client.force_login(anna)
    fino_a = client.get(ELENCO).context["fino_a"]
    avviso(Destinatario(utente=anna))
    client.post(LETTE, {"fino_a": fino_a})
    assert da_leggere(anna) == 1


@pytest.mark.parametrize("sbagliato", ["", "ieri", "2026-13-45T00:00", "2026-11-24T10:00:00"])
def test_a_page_tampered_with_reads_nothing(client: Client, anna: User, sbagliato: str) -> None:
    avviso(Destinatario(utente=anna))
    client.force_login(anna)
    assert client.post(LETTE, {"fino_a": sbagliato}).status_code == 302
    assert da_leggere(anna) == 1


def test_reading_counts_what_was_read(anna: User) -> None:
    avviso(Destinatario(utente=anna))
    assert segna_lette(anna) == 1
    assert segna_lette(anna) == 0


def test_long_lists_have_pages_and_cost_the_same(
    client: Client, anna: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _volta in range(25):
        avviso(Destinatario(utente=anna))
    client.force_login(anna)
    with django_assert_max_num_queries(6):
        prima = client.get(ELENCO)
    assert len(prima.context["voci"]) == 20
    assert "?pagina=2" in prima.content.decode()
    assert len(client.get(ELENCO, {"pagina": "2"}).context["voci"]) == 5


def test_the_desk_has_a_bell_with_the_number(
    client: Client, carla: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(carla)
    assert 'aria-label="Notifiche"' in client.get(ELENCO).content.decode()
    avviso(Destinatario(utente=carla), tipo="segnalazione_assegnata_ufficio", stato="assegnata")
    pagina = client.get(ELENCO).content.decode()
    assert 'aria-label="Notifiche: 1 da leggere"' in pagina
    assert "da prendere in carico per Illuminazione pubblica" in pagina
