"""Addresses of one's own data, under /i-tuoi-dati/."""

from __future__ import annotations

from django.urls import path

from riservatezza import views

app_name = "riservatezza"
urlpatterns = [
    path("", views.dati, name="dati"),
    path("chiave/<str:segreto>/", views.chiave, name="chiave"),
    path("<uuid:uid>/", views.richiesta, name="richiesta"),
    path("<uuid:uid>/scarica/", views.scarica, name="scarica"),
    path("<uuid:uid>/cancella/", views.cancella, name="cancella"),
]
