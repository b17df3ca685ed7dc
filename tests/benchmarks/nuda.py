"""A bare Django: one view that answers JSON, no middleware, no database; served as ours is (uvicorn, a2wsgi)."""

from __future__ import annotations

from typing import Any

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, JsonResponse
from django.urls import path

if not settings.configured:
    settings.configure(
        SECRET_KEY="nuda", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=[]
    )


def risposta(request: HttpRequest) -> JsonResponse:
    """The least that Django does."""
    return JsonResponse({"ok": True})


urlpatterns = [path("", risposta), path("healthz", risposta)]


def _applicazione() -> Any:
    import django

    django.setup()
    costruttore: Any = WSGIMiddleware
    return costruttore(WSGIHandler(), workers=16)


application = _applicazione()
