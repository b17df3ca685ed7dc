"""Addresses of asking for help, under /assistenza/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.views import assistenza

app_name = "assistenza"
urlpatterns = [
    path("", assistenza.aiuto, name="aiuto"),
    path("chi/", assistenza.chi, name="chi"),
    path("rivedi/", assistenza.rivedi, name="rivedi"),
]
