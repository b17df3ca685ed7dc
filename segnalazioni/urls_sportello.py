"""Addresses of the counter, under /scrivania/sportello/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import ricevuta, sportello

app_name = "sportello"

urlpatterns = [
    path("", sportello.nuova, name="nuova"),
    path("suggerimenti/", sportello.suggerimenti, name="suggerimenti"),
    path("<str:codice>/", ricevuta.fatta, name="fatta"),
    path("<str:codice>/ricevuta/", ricevuta.ricevuta, name="ricevuta"),
]
