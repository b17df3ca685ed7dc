"""Addresses of the desk, under /scrivania/segnalazioni/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import caso, coda, foto, passi

app_name = "scrivania"

urlpatterns = [
    path("", coda.coda, name="coda"),
    path("righe/", coda.coda_righe, name="coda_righe"),
    path("<str:codice>/", caso.caso, name="caso"),
    path("<str:codice>/storia/", caso.storia, name="storia"),
    path("<str:codice>/foto/<uuid:uid>/", foto.foto, name="foto"),
    path("<str:codice>/passi/<slug:passo>/", passi.passo, name="passo"),
    path("<str:codice>/passi/<slug:passo>/anteprima/", passi.anteprima, name="anteprima"),
]
