"""Addresses of the site outside its tree of pages."""

from __future__ import annotations

from django.contrib.sitemaps.views import sitemap
from django.urls import path

from home.views.area_personale import area_personale
from home.views.argomenti import argomenti, argomento
from home.views.componenti import componenti, componenti_blocchi, componenti_scrivania
from home.views.crediti import crediti
from home.views.feed import feed
from home.views.mappa import mappa
from home.views.robot import SITEMAPS, Favicon, robots

app_name = "home"
urlpatterns = [
    path("area-personale/", area_personale, name="area_personale"),
    path("componenti/", componenti, name="componenti"),
    path("componenti/blocchi/", componenti_blocchi, name="componenti_blocchi"),
    path("componenti/scrivania/", componenti_scrivania, name="componenti_scrivania"),
    path("argomenti/", argomenti, name="argomenti"),
    path("argomenti/<slug:slug>/", argomento, name="argomento"),
    path("novita/<str:formato>.xml", feed, name="feed"),
    path("novita/<slug:rubrica>/<str:formato>.xml", feed, name="feed"),
    path("argomenti/<slug:argomento>/<str:formato>.xml", feed, name="feed"),
    path("mappa-del-sito/", mappa, name="mappa"),
    path("crediti/", crediti, name="crediti"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", Favicon.as_view(), name="favicon"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
]
