"""The cache of production: a Redis that does not answer is an empty cache, not a broken page.

Sessions, rate limits and allauth ask the cache in the middle of a request. When Redis is away they find nothing in it
and go on; after a failure the process leaves Redis alone for PAUSE seconds, so that only a few requests wait for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import cached_property
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
        self._made: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """Django makes one at every question; they are safe for threads, and hold the pool alone."""
        which: int = self._get_connection_pool_index(write)  # type: ignore[attr-defined]
        if which not in self._made:
            self._made[which] = super().get_client(key, write=write)
        return self._made[which]

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


_clients: dict[str, django_redis.RedisCacheClient] = {}


class RedisCache(django_redis.RedisCache):
    """Django's Redis cache with the client above, one for the whole process.

    Every request runs in a context of its own, where Django makes its caches anew: each would open a connection.
    """

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = PatientClient
        self._whose = repr((server, params.get("OPTIONS")))

    @cached_property
    def _cache(self) -> django_redis.RedisCacheClient:
        # Two threads at the first moment make two: setdefault keeps one, which all use from then on.
        return _clients.get(self._whose) or _clients.setdefault(self._whose, super()._cache)
