"""`manage.py check --deploy` says what would break a promise of this house."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from core.checks import private_files_are_private
from core.storage import CartellaPrivata


@pytest.fixture
def produzione(settings: Any) -> Any:
    """Settings as production has them, as far as these checks look."""
    settings.TRUSTED_PROXIES = 1
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SITO_URL = "https://partecipa.comune.example"
    settings.ALLOWED_HOSTS = ["partecipa.comune.example"]
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer"}}
    settings.CACHES = {"default": {"BACKEND": "core.cache.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.CELERY_TASK_ALWAYS_EAGER = False
    return settings


def _nostri(*, deploy: bool = True) -> list[str]:
    trovati = run_checks(include_deployment_checks=deploy)
    return [str(m.id) for m in trovati if str(m.id).startswith("core.")]


def test_production_has_nothing_to_say(produzione: Any) -> None:
    assert _nostri() == []


def test_the_embedded_default_is_fine_outside_production(settings: Any) -> None:
    assert _nostri(deploy=False) == []


@pytest.mark.parametrize(
    ("nome", "valore", "che"),
    [
        ("TRUSTED_PROXIES", 0, "core.E003"),
        ("SITO_URL", "http://partecipa.comune.example", "core.E004"),
        ("SITO_URL", "https://altrove.example", "core.E004"),
        ("SITO_URL", "partecipa", "core.E004"),
        ("CODICE_ENTE", "lu", "core.E002"),
        ("CODICE_ENTE", "L1", "core.E002"),
        ("CODICE_ENTE", "COMUNELUCCA", "core.E002"),
        ("CELERY_TASK_ALWAYS_EAGER", True, "core.W001"),
        ("CHANNEL_LAYERS", {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}, "core.W001"),
        ("CACHES", {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, "core.W001"),
    ],
)
def test_each_mistake_is_named(produzione: Any, nome: str, valore: object, che: str) -> None:
    setattr(produzione, nome, valore)
    assert _nostri() == [che]


def test_any_subdomain_of_a_wildcard_host_is_ours(produzione: Any) -> None:
    produzione.ALLOWED_HOSTS = [".comune.example"]
    assert _nostri() == []


@pytest.mark.parametrize(("dove", "quanti"), [("media/privato", 1), ("media", 1), ("static/x", 1), ("privato", 0)])
def test_photos_in_a_public_folder_are_found(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dove: str, quanti: int
) -> None:
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    monkeypatch.setattr("core.checks.privato", lambda: CartellaPrivata(str(tmp_path / dove)))
    assert [m.id for m in private_files_are_private(None)] == ["core.E001"] * quanti
