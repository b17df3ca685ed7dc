"""Addresses of the figures, under /scrivania/statistiche/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import statistiche

app_name = "scrivania_statistiche"

urlpatterns = [
    path("", statistiche.statistiche, name="pagina"),
    path("elenco/", statistiche.elenco, name="elenco"),
    path("dati.csv", statistiche.dati_csv, name="csv"),
    path("dati.xlsx", statistiche.dati_xlsx, name="xlsx"),
]
