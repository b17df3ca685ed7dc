"""Addresses of the question: of who answers it, and of the URP, which reads the words."""

from __future__ import annotations

from django.urls import include, path

from chiarezza import scrivania, views

pubblici = [
    path("", views.giudizio, name="giudizio"),
    path("grazie/", views.grazie, name="grazie"),
]
di_servizio = [
    path("", scrivania.parole, name="parole"),
    path("<int:pk>/oscura/", scrivania.oscura, name="oscura"),
]

urlpatterns = [
    path("chiarezza/", include((pubblici, "chiarezza"))),
    path("scrivania/chiarezza/", include((di_servizio, "scrivania_chiarezza"))),
]
