"""The guard-rails of tests/sostegno are on: each of these lapses would fail the test that makes it."""

from __future__ import annotations

import socket
import warnings
from datetime import datetime

import pytest
from django.core.cache import cache
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path
from wagtail.models import Site

from accounts.models import User
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a, segnala
from tests.sostegno.guardie import NetworkInTest, UndefinedVariable


def test_a_page_without_lapses_passes(db, client: Client) -> None:
    assert client.get("/accedi/login/").status_code == 200


def test_a_template_of_ours_must_be_given_what_it_shows() -> None:
    with pytest.raises(UndefinedVariable, match=r"templates/components/segno\.html: parola is not defined"):
        render_to_string("components/segno.html", {})


def test_an_include_of_ours_is_watched_too() -> None:
    dentro = engines["django"].from_string("{% include 'components/segno.html' only %}")
    with pytest.raises(UndefinedVariable):
        dentro.render({})


def test_templates_of_others_may_be_careless() -> None:
    template = engines["django"].from_string("[{{ nobody_gave_it }}]").template
    assert template.render(Context({})) == "[]"


def test_naive_datetimes_fail(db) -> None:
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        User.objects.filter(date_joined__lt=datetime(2026, 1, 1)).exists()


def test_pages_of_an_unordered_list_fail(db) -> None:
    with pytest.raises(UnorderedObjectListWarning):
        Paginator(User.objects.all(), 2).page(1)


def test_any_warning_fails() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_nobody_calls_the_outside_world() -> None:
    with pytest.raises(NetworkInTest):
        socket.create_connection(("example.org", 443), timeout=1)
    with socket.socket() as bare, pytest.raises(NetworkInTest):
        bare.connect(("192.0.2.1", 80))


def _without(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<form method="POST" action="/qui/"><button>Invia</button></form>')


def _elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<form method="post" action="https://example.org/"><button>Vai</button></form>')


urlpatterns = [path("senza/", _without), path("altrove/", _elsewhere)]


@override_settings(ROOT_URLCONF=__name__)
def test_a_form_that_posts_to_us_carries_its_token(client: Client) -> None:
    with pytest.raises(AssertionError, match="/qui/"):
        client.get("/senza/")
    assert client.get("/altrove/").status_code == 200


@pytest.mark.parametrize("turn", [1, 2])
def test_the_cache_is_empty_at_the_start(turn: int) -> None:
    assert cache.get("left") is None
    cache.set("left", turn)
    assert cache.get("left") == turn


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_the_migrated_database(turn: int, buca: Segnalazione) -> None:
    """Append-only rows are gone, and what migrations write is still there."""
    assert Passaggio.objects.count() == 1
    assert Site.objects.filter(is_default_site=True).exists()
    assert connection.settings_dict["NAME"] != "lucca_partecipa"


@pytest.mark.parametrize("stato", [s for s in Stato if s not in (Stato.DA_CONFERMARE, Stato.SCARTATA)])
def test_a_case_can_be_brought_to_any_state(buca: Segnalazione, stato: Stato) -> None:
    caso = porta_a(buca, stato)
    assert caso.stato == stato
    assert caso.passaggi.latest("numero").a == stato


def test_a_guest_who_never_confirms(buche) -> None:
    caso = segnala(buche, email="ospite@example.org")
    assert caso.stato == Stato.DA_CONFERMARE
    assert porta_a(caso, Stato.SCARTATA).stato == Stato.SCARTATA
