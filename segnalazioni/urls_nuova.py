"""Addresses of filing, under /segnalazioni/nuova/. Included by segnalazioni.urls, in its namespace."""

from __future__ import annotations

from django.urls import path

from segnalazioni.views.nuova import anche_a_me, chi, cosa, dove, foto, rivedi

urlpatterns = [
    path("", cosa.cosa, name="nuova"),
    path("categorie/", cosa.categorie, name="nuova_categorie"),
    path("domande/", cosa.domande, name="nuova_domande"),
    path("dove/", dove.dove, name="nuova_dove"),
    path("foto/", foto.foto, name="nuova_foto"),
    path("foto/<uuid:uid>/", foto.miniatura, name="nuova_miniatura"),
    path("chi/", chi.chi, name="nuova_chi"),
    path("rivedi/", rivedi.rivedi, name="nuova_rivedi"),
    path("cancella/", cosa.cancella, name="nuova_cancella"),
    path("anche-a-me/<str:codice>/", anche_a_me.anche_a_me, name="nuova_anche_a_me"),
    # parts of a page that is open, fetched by its script
    path("parti/suggerimenti/", cosa.suggerimenti, name="nuova_suggerimenti"),
    path("parti/domande/", cosa.domande_frammento, name="nuova_domande_parte"),
    path("parti/luoghi/", dove.luoghi_frammento, name="nuova_luoghi_parte"),
    path("parti/punto/", dove.punto_frammento, name="nuova_punto_parte"),
]
