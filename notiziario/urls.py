"""Addresses under /novita/newsletter/; «newsletter» is no name that a page of the news may take."""

from __future__ import annotations

from django.urls import path

from notiziario import views

app_name = "notiziario"
urlpatterns = [
    path("", views.newsletter, name="newsletter"),
    path("conferma/", views.scaduta, name="conferma"),
    path("conferma/chiave/<str:segreto>/", views.conferma, name="chiave"),
    path("chiave/<str:segno>/", views.gestisci, name="gestisci"),
    path("chiave/<str:segno>/ferma/", views.ferma, name="ferma"),
]
