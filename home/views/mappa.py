"""The map of the site, for people; robot.py has the one for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.lingue import IN_ITALIANO
from cms.models import BasePage
from core.public_cache import shared

PROFONDITA = 4  # first level and what stands right under it: lists open the rest


@require_safe
def mappa(request: HttpRequest) -> HttpResponse:
    """Sections with the pages right under them, and the doors that no editor writes. Two queries."""
    pagine = BasePage.objects.live().public().filter(IN_ITALIANO, depth__in=(3, PROFONDITA)).order_by("path")
    sezioni: list[tuple[BasePage, list[BasePage]]] = []
    for pagina in pagine:
        if pagina.depth == PROFONDITA and sezioni and pagina.path.startswith(sezioni[-1][0].path):
            sezioni[-1][1].append(pagina)
        elif pagina.depth < PROFONDITA:
            sezioni.append((pagina, []))
    porte = [
        (reverse("segnalazioni:nuova"), _("Segnala disservizio")),
        (reverse("segnalazioni:elenco"), _("Tutte le segnalazioni")),
        (reverse("sportelli:elenco"), _("Sportelli")),
        (reverse("prenota:cosa"), _("Prenota appuntamento")),
        (reverse("home:argomenti"), _("Argomenti")),
        (reverse("home:crediti"), _("Crediti e dati")),
    ]
    return shared(render(request, "home/mappa.html", {"sezioni": sezioni, "porte": porte}), "pagine")
