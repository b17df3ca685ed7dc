"""Web socket addresses."""

from __future__ import annotations

from typing import Any

from django.urls import path

from segnalazioni.consumers import CasoScrivaniaConsumer, CodaConsumer, SegnalazioneConsumer

websocket_urlpatterns: list[Any] = [
    path("ws/segnalazioni/<str:codice>/", SegnalazioneConsumer.as_asgi()),
    path("ws/scrivania/segnalazioni/", CodaConsumer.as_asgi()),
    path("ws/scrivania/segnalazioni/<str:codice>/", CasoScrivaniaConsumer.as_asgi()),
]
