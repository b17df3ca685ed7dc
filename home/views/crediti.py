"""Whose data and works the site stands on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

_CC_BY = "https://creativecommons.org/licenses/by/4.0/deed.it"

# (what, words that the licence asks for, licence, its address)
FONTI = (
    (_("Confini del Comune"), "ISTAT, elaborazione Openpolis", "CC BY 4.0", _CC_BY),
    (_("Località e luoghi"), "Who’s On First · GeoNames", "CC BY 4.0", _CC_BY),
    (_("Segnalazioni importate di prova"), "Comune di Alessandria, dati aperti", "CC BY 4.0", _CC_BY),
)


def crediti(request: HttpRequest) -> HttpResponse:
    """«Crediti e dati»: the attributions that the licences ask for; those of tiles only where tiles are on."""
    return render(request, "home/crediti.html", {"fonti": FONTI, "tessere": bool(settings.MAPPA_TILE_URL)})
