"""Addresses of the counters: their pages, booking, and the desk; each with a namespace of its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from sportelli.views import sportelli

pubbliche: list[URLPattern | URLResolver] = [
    path("", sportelli.elenco, name="elenco"),
    path("elenco.csv", sportelli.csv, name="csv"),
    path("<slug:slug>/", sportelli.scheda, name="scheda"),
]

urlpatterns = [
    path("sportelli/", include((pubbliche, "sportelli"))),
    path("prenota/", include("sportelli.urls_prenota")),
    path("scrivania/appuntamenti/", include("sportelli.urls_scrivania")),
]
