"""What every template may ask for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def sito(request: HttpRequest) -> dict[str, Any]:
    """`demo`: is this the demonstration (a ribbon says so); `tile_url`: the tile server of the map, or ""."""
    return {"demo": settings.DEMO, "tile_url": settings.MAPPA_TILE_URL}
