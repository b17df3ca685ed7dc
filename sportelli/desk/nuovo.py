"""An appointment for somebody who calls or stands at the counter: certain at once."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comune.porte import RichiestaDiServizio, di_servizio
from core.errors import DomainError
from core.tempo import giorno_di
from sportelli import actions
from sportelli.desk.agenda import indirizzo, sportelli_di
from sportelli.forms import BancoForm, PerCheCosaForm, leggi_istante
from sportelli.liberi import liberi
from sportelli.models import Prestazione
from sportelli.racconto import quando


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def nuovo(request: RichiestaDiServizio) -> HttpResponse:
    """First what for (?per=), then when and who, on one page."""
    quali = Prestazione.objects.prenotabili().filter(sportello__in=sportelli_di(request.user))
    scelta = PerCheCosaForm(request.GET if "per" in request.GET else None, quali=quali)
    if not scelta.is_bound or not scelta.is_valid():
        contesto = {"scelta": scelta, "form": None, "chiave": ""}
        return render(request, "sportelli/scrivania/nuovo.html", contesto, status=422 if scelta.errors else 200)
    prestazione = scelta.cleaned_data["per"]
    form = BancoForm(request.POST if request.method == "POST" else None, liberi=liberi(prestazione))
    if request.method == "POST" and form.is_valid():
        return _prenota(request, prestazione, scelta, form)
    return _mostra(request, scelta, form, status=422 if form.errors else 200)


def _mostra(request: RichiestaDiServizio, scelta: PerCheCosaForm, form: BancoForm, status: int) -> HttpResponse:
    contesto = {"scelta": scelta, "form": form, "chiave": _chiave(request)}
    return render(request, "sportelli/scrivania/nuovo.html", contesto, status=status)


def _chiave(request: RichiestaDiServizio) -> UUID:
    try:
        return UUID(request.POST.get("chiave", ""))
    except ValueError:
        return uuid4()


def _prenota(
    request: RichiestaDiServizio, prestazione: Prestazione, scelta: PerCheCosaForm, form: BancoForm
) -> HttpResponse:
    dati = {nome: form.cleaned_data[nome] for nome in ("nome", "email", "telefono", "parole")}
    inizio = leggi_istante(form.cleaned_data["quando"])
    assert inizio is not None  # noqa: S101  # one of the choices
    dati_nuovo = actions.NuovoAppuntamento(prestazione, inizio, chiave=_chiave(request), **dati)
    try:
        appuntamento = actions.prenota(dati_nuovo, operatore=request.user)
    except DomainError as rifiuto:
        form.add_error("quando", rifiuto.messaggio)
        return _mostra(request, scelta, form, status=409)
    messages.success(request, _("Preso: %(quando)s.") % {"quando": quando(appuntamento.inizio)})
    giorno = giorno_di(appuntamento.inizio)
    return redirect(f"{indirizzo(giorno, appuntamento.sportello)}#{appuntamento.codice}")
