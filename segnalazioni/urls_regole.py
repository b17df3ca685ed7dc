"""Addresses of the rules of assignment, under /scrivania/regole/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import regole

app_name = "regole"

urlpatterns = [
    path("", regole.elenco, name="elenco"),
    path("nuova/", regole.nuova, name="nuova"),
    path("prova/", regole.che_cosa_succederebbe, name="prova"),
    path("<int:pk>/", regole.modifica, name="modifica"),
    path("<int:pk>/sposta/", regole.sposta, name="sposta"),
    path("<int:pk>/accendi/", regole.accendi, name="accendi"),
]
