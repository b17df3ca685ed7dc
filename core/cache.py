"""The cache of production: a Redis that does not answer is an empty cache, not a broken page.

Sessions, rate limits and allauth ask the cache in the middle of a request. When Redis is away they find nothing in it
and go on; after a failure the process leaves Redis alone for PAUSE seconds, so that only a few requests wait for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends import redis as django_redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisDown
from redis.exceptions import TimeoutError as RedisSlow
from redis.retry import Retry

logger = logging.getLogger(__name__)

PAUSE = 5.0
# The library would try again for seconds. Once is right: a pooled connection may have been closed meanwhile.
OPTIONS: dict[str, Any] = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)}


def _missing(key: str, *args: Any) -> Any:
    raise ValueError(f"Key '{key}' not found.")


def _or(method: str, otherwise: Callable[..., Any]) -> Any:
    """The client's `method`; while Redis is away, what `otherwise` answers to the same arguments."""
    ask = getattr(django_redis.RedisCacheClient, method)

    def patient(self: PatientClient, *args: Any) -> Any:
        if time.monotonic() >= PatientClient.away_until:
            try:
                return ask(self, *args)
            except (RedisDown, RedisSlow) as error:
                PatientClient.away_until = time.monotonic() + PAUSE
                logger.warning("cache not answering: %s", type(error).__name__)
        return otherwise(*args)

    return patient


class PatientClient(django_redis.RedisCacheClient):
    """Django's client, which answers like an empty cache while Redis is away."""

    away_until = 0.0  # monotonic seconds; one for all threads of the process

    def __init__(self, servers: list[str], **options: Any) -> None:
        super().__init__(servers, **{**OPTIONS, **options})

    # Who asks "am I the first?" is, as far as anybody knows: allauth waits for a lock until it is told so.
    add = _or("add", lambda *args: True)
    get = _or("get", lambda key, default: default)
    set = _or("set", lambda *args: None)
    touch = _or("touch", lambda *args: False)
    delete = _or("delete", lambda *args: False)
    get_many = _or("get_many", lambda *args: {})
    has_key = _or("has_key", lambda *args: False)
    incr = _or("incr", _missing)
    set_many = _or("set_many", lambda *args: None)
    delete_many = _or("delete_many", lambda *args: None)
    clear = _or("clear", lambda *args: False)


class RedisCache(django_redis.RedisCache):
    """Django's Redis cache with the client above."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = PatientClient
