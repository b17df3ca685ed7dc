"""The file of a case on paper: everything that the page tells, with its dates, in the order in which it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ascolto.models import Canale
from comune.luoghi import descrivi
from comune.porte import RichiestaDiServizio, di_servizio
from core.tempo import adesso
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.fascicolo import CANALI, seguito_di, visibilita_di
from segnalazioni.models import Foto, Passaggio, Segnalazione, eventi_di
from segnalazioni.racconto import Vista, orologio, pillola, registrazione_di, voci
from segnalazioni.racconto.note import note_di
from segnalazioni.racconto.risposte import risposte
from segnalazioni.termini import TipoEvento, calcola


@dataclass(frozen=True, slots=True)
class Spostamento:
    """One thing that moved the clock: on which day, what, and the due date that came of it."""

    giorno: date
    che: str
    scade: date


@require_safe
@never_cache
@di_servizio
def fascicolo(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The case as a document to print; `?note=si` with what colleagues wrote for themselves alone."""
    caso = caso_di(request.user, codice)
    con_note = request.GET.get("note") == "si"
    passi = [voce for voce in reversed(voci(caso, vista=Vista.SCRIVANIA)) if voce.quando is not None]
    dati: dict[str, Any] = {
        "caso": caso,
        "pillola": pillola(caso),
        "canale": CANALI[Canale(caso.contributo.canale)],
        "visibilita": visibilita_di(caso),
        "protocollo": registrazione_di(caso),
        "seguito": seguito_di(caso),
        "orologio": orologio(caso, vista=Vista.SCRIVANIA),
        "spostamenti": spostamenti(caso),
        "risposte": risposte(caso),
        "attorno": _attorno(caso),
        "foto": Foto.objects.filter(segnalazione=caso, passaggio__isnull=True),
        "passi": passi,
        "con_note": con_note,
        "note": list(reversed(note_di(caso))) if con_note else [],
        "impronta": Passaggio.objects.filter(segnalazione=caso).values_list("impronta", flat=True).last() or "",
        "stampato_il": adesso(),
    }
    return render(request, "segnalazioni/scrivania/fascicolo.html", dati)


def _attorno(caso: Segnalazione) -> str:
    """Where it is, for who has no map in hand."""
    return descrivi(caso.lat, caso.lon) if caso.lat is not None and caso.lon is not None else ""


def spostamenti(caso: Segnalazione) -> list[Spostamento]:
    """How the due date came about, one line for each event of the clock."""
    eventi = eventi_di(caso)
    parole = {
        TipoEvento.AVVIO: _("comincia il termine"),
        TipoEvento.SOSPENSIONE: _("si ferma"),
        TipoEvento.RIPRESA: _("riparte"),
    }
    righe = []
    for n, riga in enumerate(eventi, 1):
        termine = calcola(eventi[:n])
        if termine is not None:
            che = str(parole.get(TipoEvento(riga.evento), riga.evento))
            righe.append(Spostamento(riga.giorno, che, termine.scade))
    return righe
