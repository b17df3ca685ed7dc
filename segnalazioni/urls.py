"""Addresses of the segnalazioni: of the citizens (namespace `segnalazioni`) and of the desk, whose parts have files and
namespaces of their own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

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
    path("<str:codice>/osserva/", passi.osserva, name="osserva"),
    path("<str:codice>/contesta/", passi.contesta, name="contesta"),
    path("<str:codice>/sollecita/", passi.sollecita, name="sollecita"),
    path("<str:codice>/valuta/", passi.valuta, name="valuta"),
    path("<str:codice>/ritira/", passi.ritira, name="ritira"),
]

urlpatterns = [
    path("segnalazioni/", include((pubbliche, "segnalazioni"))),
    path("assistenza/", include("segnalazioni.urls_assistenza")),
    path("scrivania/", RedirectView.as_view(pattern_name="scrivania:coda", query_string=True)),
    path("scrivania/statistiche/", include("segnalazioni.urls_statistiche")),
    path("scrivania/campo/", include("segnalazioni.urls_campo")),
    path("scrivania/sportello/", include("segnalazioni.urls_sportello")),
    path("scrivania/segnalazioni/", include("segnalazioni.urls_scrivania")),
    path("scrivania/regole/", include("segnalazioni.urls_regole")),
]
