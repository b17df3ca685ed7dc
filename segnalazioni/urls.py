"""Addresses of the segnalazioni: of the citizens (namespace `segnalazioni`) and of the desk (`scrivania`)."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from segnalazioni.views import chiave, dati, elenco, foto, inviata, passi, scheda, segui

pubbliche: list[URLPattern | URLResolver] = [
    path("", elenco.elenco, name="elenco"),
    path("feed/", dati.FeedSegnalazioni(), name="feed"),
    path("dati.csv", dati.csv_pubblico, name="csv"),
    path("nuova/", include("segnalazioni.urls_nuova")),
    path("<str:codice>/", scheda.scheda, name="scheda"),
    path("<str:codice>/stato/", scheda.stato, name="stato"),
    path("<str:codice>/inviata/", inviata.inviata, name="inviata"),
    path("<str:codice>/chiave/<str:segreto>/", chiave.chiave, name="chiave"),
    path("<str:codice>/foto/<uuid:uid>/", foto.foto, name="foto"),
    path("<str:codice>/segui/", segui.segui, name="segui"),
    path("<str:codice>/rispondi/", passi.rispondi, name="rispondi"),
    path("<str:codice>/ritira/", passi.ritira, name="ritira"),
]

urlpatterns = [
    path("segnalazioni/", include((pubbliche, "segnalazioni"))),
    path("scrivania/segnalazioni/", include("segnalazioni.urls_scrivania")),
]
