"""Addresses of booking, under /prenota/, and of what has been booked."""

from __future__ import annotations

from django.urls import path

from sportelli.views import appuntamento, prenota

app_name = "prenota"

urlpatterns = [
    path("", prenota.cosa, name="cosa"),
    path("quando/", prenota.giorno_e_ora, name="quando"),
    path("chi/", prenota.chi, name="chi"),
    path("rivedi/", prenota.rivedi, name="rivedi"),
    path("ritrova/", appuntamento.ritrova, name="ritrova"),
    path("<str:codice>/", appuntamento.pagina, name="appuntamento"),
    path("<str:codice>/calendario.ics", appuntamento.calendario, name="calendario"),
    path("<str:codice>/disdici/", appuntamento.disdici, name="disdici"),
    path("<str:codice>/chiave/<str:segreto>/", appuntamento.chiave, name="chiave"),
]
