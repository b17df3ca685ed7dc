"""Web socket addresses of every app."""

from __future__ import annotations

from typing import Any

from segnalazioni.routing import websocket_urlpatterns as segnalazioni

websocket_urlpatterns: list[Any] = [*segnalazioni]
