"""Addresses of the register, under /scrivania/protocollo/."""

from __future__ import annotations

from django.urls import path

from protocollo import giornaliero, views

app_name = "protocollo"

urlpatterns = [
    path("", views.registro, name="registro"),
    path("giornaliero.csv", giornaliero.giornaliero, name="giornaliero"),
    path("<int:pk>/riprova/", views.riprova, name="riprova"),
]
