"""Addresses of the desk, under /scrivania/segnalazioni/."""

from __future__ import annotations

from django.urls import path

from segnalazioni.desk import (
    caso,
    coda,
    consulta,
    doppioni,
    foto,
    lavori,
    massa,
    moderazione,
    note,
    passi,
    presenti,
    stampa,
    strumenti,
)

app_name = "scrivania"

urlpatterns = [
    path("", coda.coda, name="coda"),
    path("righe/", coda.coda_righe, name="coda_righe"),
    path("consultazioni/", consulta.registro, name="consultazioni"),
    path("massa/", massa.massa, name="massa"),
    path("lavori/", lavori.lavori, name="lavori"),
    path("lavori/<uuid:uid>/", lavori.lavoro, name="lavoro"),
    path("lavori/<uuid:uid>/stato/", lavori.lavoro_stato, name="lavoro_stato"),
    path("lavori/<uuid:uid>/esito.csv", lavori.lavoro_csv, name="lavoro_csv"),
    path("elenchi/", strumenti.viste, name="viste"),
    path("elenchi/nuovo/", strumenti.vista_nuova, name="vista_nuova"),
    path("elenchi/<int:pk>/", strumenti.vista, name="vista"),
    path("risposte/", strumenti.risposte, name="risposte"),
    path("risposte/nuova/", strumenti.risposta_nuova, name="risposta_nuova"),
    path("risposte/<int:pk>/", strumenti.risposta, name="risposta"),
    path("scorciatoie/", strumenti.scorciatoie, name="scorciatoie"),
    path("<str:codice>/", caso.caso, name="caso"),
    path("<str:codice>/storia/", caso.storia, name="storia"),
    path("<str:codice>/confronta/<str:altro>/", doppioni.confronta, name="confronta"),
    path("<str:codice>/fascicolo/", stampa.fascicolo, name="fascicolo"),
    path("<str:codice>/nota/", note.nota, name="nota"),
    path("<str:codice>/presenti/", presenti.presenti, name="presenti"),
    path("<str:codice>/foto/<uuid:uid>/", foto.foto, name="foto"),
    path("<str:codice>/foto/<uuid:uid>/copri/", moderazione.foto_copri, name="foto_copri"),
    path("<str:codice>/foto/<uuid:uid>/originale/", consulta.foto, name="foto_originale"),
    path("<str:codice>/riservatezza/", moderazione.riservatezza, name="riservatezza"),
    path("<str:codice>/recapiti/", consulta.recapiti, name="recapiti"),
    path("<str:codice>/parole/", consulta.parole, name="parole"),
    path("<str:codice>/passi/<slug:passo>/", passi.passo, name="passo"),
    path("<str:codice>/passi/<slug:passo>/anteprima/", passi.anteprima, name="anteprima"),
]
