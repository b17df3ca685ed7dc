"""The agenda of a day: who comes, who came; for the URP all counters, for others those of their office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import e_urp, uffici_di
from core.calendario import UN_GIORNO
from core.tempo import giorno_di, oggi
from sportelli import actions
from sportelli.forms import AnnullaForm
from sportelli.models import Appuntamento, Sportello
from sportelli.models.sportello import SportelloQuerySet
from sportelli.orari import chiuso_perche, ora
from sportelli.racconto import pillola, quando
from sportelli.workflow import PROCEDURA, Chi

if TYPE_CHECKING:
    from accounts.models import User

LONTANO = timedelta(days=3_660)  # how far the agenda may be leafed through, either way


def sportelli_di(user: User) -> SportelloQuerySet:
    """The counters whose agenda this colleague keeps."""
    tutti = Sportello.objects.order_by("ordine", "nome")
    return tutti if e_urp(user) else tutti.filter(ufficio__in=uffici_di(user))


@require_safe
@di_servizio
def agenda(request: RichiestaDiServizio) -> HttpResponse:
    """One day (?giorno=2026-11-30), of one counter or of all one's own."""
    giorno = _leggi_giorno(request.GET.get("giorno", ""))
    sportelli = list(sportelli_di(request.user).con_gli_orari())
    scelto = next((s for s in sportelli if s.slug == request.GET.get("sportello")), None)
    suoi = Appuntamento.objects.filter(sportello__in=[scelto] if scelto else sportelli)
    del_giorno = suoi.per_elenco().del_giorno(giorno).order_by("inizio", "sportello", "pk")
    righe = [_riga(appuntamento) for appuntamento in del_giorno]
    prossimo = None if righe else suoi.dopo_il_giorno(giorno).first()
    contesto = {
        "giorno": giorno,
        "righe": righe,
        "prossimo": prossimo,
        "al_prossimo": indirizzo(giorno_di(prossimo.inizio), scelto) if prossimo else "",
        "conto": ngettext("%(n)d appuntamento", "%(n)d appuntamenti", len(righe)) % {"n": len(righe)},
        "prima": indirizzo(giorno - UN_GIORNO, scelto),
        "dopo": indirizzo(giorno + UN_GIORNO, scelto),
        "qui_oggi": indirizzo(oggi(), scelto) if giorno != oggi() else "",
        "campi": [_campo_sportelli(sportelli, scelto)] if len(sportelli) > 1 else [],
        "ha_sportelli": bool(sportelli),
        "chiusi": _chiusi([scelto] if scelto else sportelli, giorno),
        "colonne": [("c-scade", _("Ora")), ("c-che", _("Chi")), ("c-cat", _("Per che cosa")),
                    ("c-stato", _("Stato")), ("c-fare", _("Che cosa fare"))],
    }  # fmt: skip
    return render(request, "sportelli/scrivania/agenda.html", contesto)


def _leggi_giorno(testo: str) -> date:
    try:
        giorno = date.fromisoformat(testo)
    except ValueError:
        return oggi()
    # Beyond, nobody has an agenda, and the calendar has an end.
    return giorno if abs(giorno - oggi()) <= LONTANO else oggi()


def indirizzo(giorno: date, sportello: Sportello | None) -> str:
    """The agenda of this day."""
    query = {"giorno": giorno.isoformat()} | ({"sportello": sportello.slug} if sportello else {})
    return f"{reverse('appuntamenti:agenda')}?{urlencode(query)}"


def _campo_sportelli(sportelli: list[Sportello], scelto: Sportello | None) -> dict[str, Any]:
    return {
        "id": "f-sportello",
        "nome": "sportello",
        "etichetta": _("Sportello"),
        "scelte": [("", _("tutti")), *((s.slug, s.nome) for s in sportelli)],
        "valore": scelto.slug if scelto else "",
        "sempre": True,
    }


def _chiusi(sportelli: list[Sportello], giorno: date) -> list[str]:
    """Why a counter is closed on this day, a line each."""
    perche = ((sportello, chiuso_perche(sportello, giorno)) for sportello in sportelli)
    return [f"{sportello}: {motivo}" for sportello, motivo in perche if motivo is not None]


def _riga(appuntamento: Appuntamento) -> dict[str, Any]:
    parola, classi = pillola(appuntamento)
    possibili = {riga.passo for riga in PROCEDURA.possibili(appuntamento.stato, [Chi.UFFICIO])}
    return {
        "appuntamento": appuntamento,
        "ore": f"{ora(appuntamento.inizio)}–{ora(appuntamento.fine)}",
        "nome": appuntamento.nome or _("nome cancellato"),
        "recapiti": " · ".join(filter(None, [appuntamento.telefono, appuntamento.casella])),
        "parola": parola,
        "classi": classi,
        "venuto": "segna_venuto" in possibili and appuntamento.si_segna,
        "assente": "segna_assente" in possibili and appuntamento.si_segna,
        "annulla": "annulla" in possibili and not appuntamento.passato,
    }


# --- one appointment --------------------------------------------------------------------------------------


def _suo(request: RichiestaDiServizio, codice: str) -> Appuntamento:
    """The appointment, if it is of this colleague's counters; else 404, as if it did not exist."""
    return get_object_or_404(Appuntamento.objects.per_elenco().del_servizio(request.user), codice=codice)


def _torna(appuntamento: Appuntamento) -> HttpResponse:
    giorno = giorno_di(appuntamento.inizio)
    return redirect(f"{indirizzo(giorno, None)}#{appuntamento.codice}")


def _segna(request: RichiestaDiServizio, codice: str, fai: Callable[[Appuntamento], Appuntamento]) -> HttpResponse:
    return _torna(fai(_suo(request, codice)))


@require_POST
@di_servizio
def venuto(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Whoever had it has come."""
    return _segna(request, codice, actions.segna_venuto)


@require_POST
@di_servizio
def assente(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Nobody came."""
    return _segna(request, codice, actions.segna_assente)


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def annulla(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Asks why, and cancels; whoever had it is told."""
    appuntamento = _suo(request, codice)
    form = AnnullaForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        appuntamento = actions.annulla(appuntamento, motivo=form.cleaned_data["testo"], operatore=request.user)
        detto = _("Annullato.") if not appuntamento.casella else _("Annullato: chi doveva venire riceve una mail.")
        messages.success(request, detto)
        return _torna(appuntamento)
    contesto = {"appuntamento": appuntamento, "form": form, "quando": quando(appuntamento.inizio)}
    return render(request, "sportelli/scrivania/annulla.html", contesto, status=422 if form.errors else 200)
