"""The two doors of the territory: search and map, open to everybody."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from comune.views import AL_MINUTO
from tests.factories.comune import ConfineFactory, LuogoFactory

pytestmark = pytest.mark.django_db

CERCA = "/luoghi/cerca/"
MAPPA = "/luoghi/mappa/"


def test_the_addresses_are_those() -> None:
    assert reverse("comune:cerca") == CERCA
    assert reverse("comune:mappa") == MAPPA


def test_anna_searches_while_she_types(client: Client) -> None:
    risposta = client.get(CERCA, {"q": "via elisa"})
    assert risposta.status_code == 200
    assert risposta["Cache-Control"] == "public, max-age=300"
    primo = risposta.json()["luoghi"][0]
    assert primo.pop("id") > 0
    assert primo == {
        "nome": "Via Elisa",
        "tipo": "via",
        "descrizione": "Via · Centro storico",
        "quartiere": "Centro storico",
        "lat": 43.8434,
        "lon": 10.5125,
    }


def test_a_place_outside_and_without_a_position_is_said_as_such(client: Client) -> None:
    LuogoFactory.create(nome="Nave", tipo="localita", lat=None, lon=None)
    (nave,) = client.get(CERCA, {"q": "nave"}).json()["luoghi"]
    assert (nave["quartiere"], nave["lat"], nave["lon"]) == ("", None, None)
    assert nave["descrizione"] == "Località"


@pytest.mark.parametrize("dati", [{}, {"q": ""}, {"q": "%"}, {"q": "zzz"}])
def test_nothing_found_is_an_empty_list(client: Client, dati: dict[str, str]) -> None:
    risposta = client.get(CERCA, dati)
    assert (risposta.status_code, risposta.json()) == (200, {"luoghi": []})


def test_ten_thousand_letters_are_refused_without_a_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        risposta = client.get(CERCA, {"q": "a" * 10_000})
    assert risposta.status_code == 400
    assert risposta["Content-Type"] == "application/problem+json"
    assert risposta["Cache-Control"] == "no-store"
    assert risposta.json() == {"title": "Il testo da cercare è troppo lungo.", "status": 400}


def test_a_machine_that_asks_without_end_is_stopped_and_others_are_not(client: Client) -> None:
    for _volta in range(AL_MINUTO):
        assert client.get(CERCA, {"q": "zz"}).status_code == 200
    fermata = client.get(CERCA, {"q": "zz"})
    assert fermata.status_code == 429
    assert fermata["Retry-After"] == "60"
    assert fermata["Cache-Control"] == "no-store"
    assert Client(REMOTE_ADDR="192.0.2.7").get(CERCA, {"q": "zz"}).status_code == 200


@pytest.mark.parametrize("indirizzo", [CERCA, MAPPA])
def test_the_doors_only_read(client: Client, indirizzo: str) -> None:
    assert client.post(indirizzo, {"q": "via"}).status_code == 405
    assert client.head(indirizzo).status_code == 200


@pytest.mark.parametrize("indirizzo", [CERCA, MAPPA])
def test_nobody_gets_a_cookie_and_the_answer_depends_on_none(client: Client, indirizzo: str) -> None:
    risposta = client.get(indirizzo, {"q": "via"})
    assert not risposta.cookies
    assert "Cookie" not in risposta.headers.get("Vary", "")


def test_the_map_is_boundary_and_places(client: Client) -> None:
    risposta = client.get(MAPPA)
    assert risposta.status_code == 200
    assert risposta["Content-Type"] == "application/geo+json"
    assert risposta["Cache-Control"] == "public, max-age=3600"
    mappa = json.loads(risposta.content)
    assert mappa["type"] == "FeatureCollection"
    confine, *punti = mappa["features"]
    assert confine["properties"] == {"tipo": "confine"}
    assert confine["geometry"]["type"] == "Polygon"
    assert {p["properties"]["tipo"] for p in punti} == {"luogo", "localita"}
    assert {"type": "Point", "coordinates": [10.503, 43.8389]} in [p["geometry"] for p in punti]
    assert len(risposta.content) < 30_000


def test_an_imported_place_is_drawn_instead_of_the_one_typed_in(client: Client) -> None:
    LuogoFactory.create(nome="Porta San Pietro", lat=43.83886, lon=10.50299)
    porte = [p for p in client.get(MAPPA).json()["features"] if p["properties"].get("nome") == "Porta San Pietro"]
    assert [p["geometry"]["coordinates"] for p in porte] == [[10.50299, 43.83886]]


def test_a_browser_that_has_the_map_is_told_so_until_it_changes(client: Client) -> None:
    etag = client.get(MAPPA)["ETag"]
    uguale = client.get(MAPPA, headers={"If-None-Match": etag})
    assert (uguale.status_code, uguale.content) == (304, b"")
    assert uguale["Cache-Control"] == "public, max-age=3600"
    ConfineFactory.create()
    assert client.get(MAPPA, headers={"If-None-Match": etag}).status_code == 200


def test_the_map_costs_two_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    LuogoFactory.create_batch(20)
    with django_assert_max_num_queries(2):
        client.get(MAPPA)
