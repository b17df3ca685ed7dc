"""Addresses of the agenda, under /scrivania/appuntamenti/."""

from __future__ import annotations

from django.urls import path

from sportelli.desk import agenda, nuovo

app_name = "appuntamenti"

urlpatterns = [
    path("", agenda.agenda, name="agenda"),
    path("nuovo/", nuovo.nuovo, name="nuovo"),
    path("<str:codice>/venuto/", agenda.venuto, name="venuto"),
    path("<str:codice>/assente/", agenda.assente, name="assente"),
    path("<str:codice>/annulla/", agenda.annulla, name="annulla"),
]
