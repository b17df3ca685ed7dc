"""Addresses of the street, under /scrivania/campo/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import campo

app_name = "scrivania_campo"

urlpatterns = [
    path("", campo.pagina, name="pagina"),
    path("vicine/", campo.vicine, name="vicine"),
    path("operaio.js", campo.operaio, name="operaio"),
    path("<str:codice>/fatto/", campo.fatto, name="fatto"),
]
