"""A Redis that does not answer is an empty cache, and delays nobody."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextvars import Context
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client, RequestFactory
from redis.connection import Connection

from accounts.models import User
from core.cache import PatientClient, RedisCache
from core.ratelimit import troppe
from tests.aiuti import PASSWORD


@pytest.fixture(autouse=True)
def _nobody_has_failed_yet() -> Iterator[None]:
    PatientClient.away_until = 0.0
    yield
    PatientClient.away_until = 0.0


@pytest.fixture
def morta() -> RedisCache:
    """A port where nobody listens."""
    return RedisCache("redis://127.0.0.1:1/0", {})


@pytest.fixture
def muta() -> Iterator[RedisCache]:
    """A server that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as presa:
        porta = presa.getsockname()[1]
        yield RedisCache(f"redis://127.0.0.1:{porta}/0", {"OPTIONS": {"socket_timeout": 0.2}})


def test_it_answers_like_an_empty_cache(morta: RedisCache, caplog: pytest.LogCaptureFixture) -> None:
    assert morta.get("a", "niente") == "niente"
    assert morta.add("a", 1) is True
    assert morta.get_many(["a", "b"]) == {}
    assert morta.has_key("a") is False
    assert morta.touch("a") is False
    assert morta.delete("a") is False
    assert morta.set_many({"a": 1}) == []
    assert morta.get_or_set("a", 7) == 7
    morta.set("a", 1)
    morta.delete_many(["a"])
    morta.clear()
    with pytest.raises(ValueError, match="not found"):
        morta.incr("a")
    assert caplog.messages == ["cache not answering: ConnectionError"]


def test_it_is_asked_again_after_a_pause(morta: RedisCache, caplog: pytest.LogCaptureFixture) -> None:
    morta.get("a")
    assert PatientClient.away_until > time.monotonic()
    PatientClient.away_until = time.monotonic()
    morta.get("a")
    assert len(caplog.messages) == 2


def test_a_server_that_hangs_holds_up_one_request_for_a_moment(muta: RedisCache) -> None:
    inizio = time.perf_counter()
    for _ in range(50):
        assert muta.get("a") is None
    assert time.perf_counter() - inizio < 10


def test_mistakes_of_ours_are_not_hidden(morta: RedisCache) -> None:
    with pytest.raises(AttributeError, match="pickle"):
        morta.set("a", lambda: None)


@pytest.fixture
def senza_redis(settings: Any) -> None:
    """The site as it is in production when Redis dies."""
    settings.CACHES = {"default": {"BACKEND": "core.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"


@pytest.mark.usefixtures("senza_redis")
def test_anna_still_logs_in_and_nobody_is_refused(anna: User) -> None:
    client = Client()
    inizio = time.perf_counter()
    risposta = client.post("/accedi/login/", {"login": anna.email, "password": PASSWORD})
    assert risposta.status_code == 302
    assert client.session.get("_auth_user_id") == str(anna.pk)
    assert isinstance(caches["default"], RedisCache)
    assert [troppe(RequestFactory().get("/"), "invia", quante=1, secondi=60) for _ in range(5)] == [False] * 5
    assert time.perf_counter() - inizio < 10


@pytest.mark.services
def test_with_a_redis_that_answers_it_is_an_ordinary_cache() -> None:
    assert cache.get("a") is None
    assert cache.add("a", 1) is True
    assert cache.add("a", 2) is False
    assert cache.incr("a") == 2
    cache.set_many({"b": [1], "c": None})
    assert cache.get_many(["a", "b", "d"]) == {"a": 2, "b": [1]}
    assert cache.has_key("c")
    cache.delete_many(["a", "b"])
    assert cache.get("a", "niente") == "niente"
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_requests_share_one_client_though_each_has_caches_of_its_own() -> None:
    """Django makes its caches anew in every context, and a request runs in one: a connection each would be opened."""
    prima, seconda = (RedisCache("redis://127.0.0.1:1/5", {"OPTIONS": {"db": 5}}) for _volta in range(2))
    assert prima._cache is seconda._cache
    assert prima._cache.get_client() is seconda._cache.get_client()
    assert prima._cache is not RedisCache("redis://127.0.0.1:1/6", {})._cache


@pytest.mark.services
def test_many_requests_open_one_connection(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(caches["default"], RedisCache), "needs REDIS_URL"
    aperte: list[Connection] = []
    vera = Connection._connect

    def apre(self: Connection) -> object:
        aperte.append(self)
        return vera(self)

    monkeypatch.setattr(Connection, "_connect", apre)
    caches["default"]._cache.get_client().connection_pool.disconnect()
    for _volta in range(10):
        Context().run(client.get, "/crediti/")  # as the server runs one: with nothing of the others
    assert len(aperte) == 1
