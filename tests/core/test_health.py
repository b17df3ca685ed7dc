"""/healthz and /readyz, as a machine asks them."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core import health
from tests.core.guasti import database_giu


@pytest.fixture(autouse=True)
def _forgets_migrations() -> None:
    health._migrations.cache_clear()


def test_alive_touches_nothing(client: Client) -> None:
    # No `db` fixture: a query would fail the test.
    risposta = client.get("/healthz")
    assert (risposta.status_code, risposta.content) == (200, b"ok")
    assert "no-store" in risposta["Cache-Control"]
    assert risposta["Content-Type"] == "text/plain"
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_alive_while_the_database_is_down(client: Client) -> None:
    with database_giu():
        assert client.get("/healthz").status_code == 200


def test_ready(client: Client, db: None) -> None:
    risposta = client.get("/readyz")
    assert risposta.status_code == 200
    assert risposta.json() == {
        "ready": True, "database": "ok", "migrations": "ok", "channel_layer": "ok", "broker": "ok",
    }  # fmt: skip
    assert "no-store" in risposta["Cache-Control"]
    assert "Set-Cookie" not in risposta


def test_ready_again_costs_one_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")
    with django_assert_num_queries(1):
        client.get("/readyz")


def _giu(*args: object) -> None:
    raise ConnectionError("redis://:parola@10.1.2.3:6379 refused")


@pytest.mark.parametrize("parte", ["database", "migrations", "channel_layer", "broker"])
def test_each_part_that_is_down_is_named_without_details(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, parte: str
) -> None:
    monkeypatch.setitem(health.CHECKS, parte, _giu)
    risposta = client.get("/readyz")
    assert risposta.status_code == 503
    detto = risposta.json()
    assert detto.pop("ready") is False
    assert {nome for nome, stato in detto.items() if stato == "down"} == {parte}
    assert b"10.1.2.3" not in risposta.content
    assert caplog.messages[0] == f"not ready: {parte} (ConnectionError)"
    assert "10.1.2.3" not in caplog.text


def test_not_ready_without_its_database(client: Client, db: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), database_giu():
        risposta = client.get("/readyz")
    assert risposta.status_code == 503
    assert (risposta.json()["database"], risposta.json()["broker"]) == ("down", "ok")
    assert "10.1.2.3" not in caplog.text


def test_not_ready_with_a_migration_to_apply_until_it_is_applied(client: Client, db: None) -> None:
    with connection.cursor() as cursor:
        # The app's last one: no other depends on it, or the history would be refused as broken, not as incomplete.
        cursor.execute("SELECT id, name FROM django_migrations WHERE app = 'segnalazioni' ORDER BY id DESC LIMIT 1")
        pk, nome = cursor.fetchone()
        cursor.execute("UPDATE django_migrations SET name = 'altra' WHERE id = %s", [pk])
        risposta = client.get("/readyz")
        assert risposta.status_code == 503
        assert (risposta.json()["migrations"], risposta.json()["database"]) == ("down", "ok")
        cursor.execute("UPDATE django_migrations SET name = %s WHERE id = %s", [nome, pk])
    assert client.get("/readyz").status_code == 200


def test_not_ready_with_a_channel_layer_that_hangs(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Muto:
        async def group_send(self, gruppo: str, messaggio: dict[str, Any]) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr(health, "get_channel_layer", Muto)
    monkeypatch.setattr(health, "PATIENCE", 0.1)
    assert client.get("/readyz").json()["channel_layer"] == "down"


def test_not_ready_with_a_broker_nobody_serves(
    client: Client, db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(current_app.conf, "broker_read_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    assert client.get("/readyz").json()["broker"] == "down"
