"""/healthz: the process is alive. /readyz: what it stands on answers."""

from __future__ import annotations

from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: touches nothing."""
    return HttpResponse("ok", content_type="text/plain")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("migrations missing")


def _channel_layer() -> None:
    layer = get_channel_layer()

    async def turn() -> None:
        name = await layer.new_channel()
        await layer.send(name, {"type": "pronto"})
        await layer.receive(name)

    async_to_sync(turn)()


def _broker() -> None:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    from celery import current_app

    with current_app.connection_for_read(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=1, timeout=2)


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
        except Exception:  # whatever fails, the answer is "not ready"
            result[name] = "down"
    ready = all(v == "ok" for v in result.values())
    return JsonResponse({"ready": ready, **result}, status=200 if ready else 503)
