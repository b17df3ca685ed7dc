"""Addresses under /notifiche/."""

from django.urls import path

from notifiche import views

app_name = "notifiche"
urlpatterns = [
    path("", views.elenco, name="elenco"),
    path("lette/", views.segna_lette, name="segna_lette"),
]
