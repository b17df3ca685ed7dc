"""Addresses of the territory, under /luoghi/."""

from __future__ import annotations

from django.urls import path

from comune import views

app_name = "comune"
urlpatterns = [
    path("cerca/", views.cerca, name="cerca"),
    path("mappa/", views.mappa, name="mappa"),
]
