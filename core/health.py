"""/healthz: the process is alive. /readyz: what it stands on answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import loop

logger = logging.getLogger(__name__)
PATIENCE = 2  # seconds for each part that is a service


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@cache  # a failure is not kept; once everything is applied it stays so for the life of this process
def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations missing")


def _channel_layer() -> None:
    # To a group nobody is in: the layer has to answer, and nothing is left behind.
    layer = get_channel_layer()
    loop.run(layer.group_send("readyz", {"type": "readyz"}), timeout=PATIENCE)


def _broker() -> None:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    from celery import current_app

    with current_app.connection_for_read(connect_timeout=PATIENCE) as broker:
        broker.ensure_connection(max_retries=1, timeout=PATIENCE)


CHECKS: dict[str, Callable[[], None]] = {
    "database": _database,
    "migrations": _migrations,
    "channel_layer": _channel_layer,
    "broker": _broker,
}


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations, channel layer and broker answer; else 503. Words, never details."""
    result: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check()
            result[name] = "ok"
        except Exception as failure:  # whatever fails, the answer is "not ready"
            logger.warning("not ready: %s (%s)", name, type(failure).__name__)
            result[name] = "down"
    ready = all(v == "ok" for v in result.values())
    return JsonResponse({"ready": ready, **result}, status=200 if ready else 503)
