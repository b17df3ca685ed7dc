"""The survey of the front offices: a list, a page for each, a table to take away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.tabelle import scrivi_csv
from sportelli.models import Prestazione, Sportello
from sportelli.orari import Adesso, come_sta, settimana
from sportelli.strutturati import per_macchine

Riga = tuple[Sportello, Adesso]


@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """All of them with how they stand now; ?aperti=si only those where somebody may go."""
    tutti: list[Riga] = [(uno, come_sta(uno)) for uno in Sportello.objects.attivi().con_gli_orari()]
    aperti = [riga for riga in tutti if riga[1].aperto]
    solo_aperti = request.GET.get("aperti") == "si"
    mostrati = aperti if solo_aperti else tutti
    contesto = {
        "righe": mostrati,
        "filtri": [
            {"url": "?", "testo": _("Tutti"), "conto": len(tutti), "attiva": not solo_aperti},
            {"url": "?aperti=si", "testo": _("Aperti adesso"), "conto": len(aperti), "attiva": solo_aperti},
        ],
        "solo_aperti": solo_aperti,
        "punti": [_punto(sportello) for sportello, _stato in mostrati if sportello.lat is not None],
        "si_prenota": Prestazione.objects.prenotabili().exists(),
    }
    return render(request, "sportelli/elenco.html", contesto)


def _punto(sportello: Sportello) -> dict[str, Any]:
    return {"nome": sportello.nome, "lat": sportello.lat, "lon": sportello.lon, "url": sportello.get_absolute_url()}


@require_safe
def scheda(request: HttpRequest, slug: str) -> HttpResponse:
    """One counter: when, where, how to reach it, what one may book."""
    sportello = get_object_or_404(Sportello.objects.attivi().con_gli_orari(), slug=slug)
    contesto = {
        "sportello": sportello,
        "adesso": come_sta(sportello),
        "settimana": settimana(sportello),
        "chiusure": list(sportello.chiusure.all()),
        "aperture": list(sportello.aperture.all()),
        "prestazioni": list(sportello.prestazioni.filter(attiva=True)),
        "recapiti": _recapiti(sportello),
        "dati": per_macchine(sportello),
        "briciole": [(_("Sportelli"), reverse("sportelli:elenco"))],
    }
    return render(request, "sportelli/scheda.html", contesto)


def _recapiti(sportello: Sportello) -> list[tuple[str, str, str]]:
    """(what, as it is read, address of the link)."""
    tutti = [
        (_("Telefono"), sportello.telefono, f"tel:{sportello.telefono.replace(' ', '')}"),
        (_("E-mail"), sportello.email, f"mailto:{sportello.email}"),
        (_("PEC"), sportello.pec, f"mailto:{sportello.pec}"),
    ]
    return [riga for riga in tutti if riga[1]]


@require_safe
def csv(request: HttpRequest) -> HttpResponse:
    """The survey as open data: a row for each counter."""
    risposta = HttpResponse(content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = 'attachment; filename="sportelli.csv"'
    colonne = ["sigla", "nome", "a_che_serve", "ufficio", "indirizzo", "lat", "lon", "telefono", "email", "pec"]
    colonne += ["come_arrivare", "orari", "chiusure", "pagina"]
    sportelli = Sportello.objects.attivi().select_related("ufficio").con_gli_orari()
    scrivi_csv(risposta, [colonne, *(_in_riga(request, sportello) for sportello in sportelli)])
    return risposta


def _in_riga(request: HttpRequest, sportello: Sportello) -> list[Any]:
    orari = [f"{orario} ({orario.get_accesso_display().lower()})" for orario in sportello.orari.all()]
    chiusure = [f"{chiusura} {chiusura.motivo}" for chiusura in sportello.chiusure.all()]
    return [
        sportello.slug,
        sportello.nome,
        sportello.scopo,
        sportello.ufficio.nome if sportello.ufficio else "",
        sportello.indirizzo,
        sportello.lat,
        sportello.lon,
        sportello.telefono,
        sportello.email,
        sportello.pec,
        sportello.come_arrivare,
        " | ".join(orari),
        " | ".join(chiusure),
        request.build_absolute_uri(sportello.get_absolute_url()),
    ]
