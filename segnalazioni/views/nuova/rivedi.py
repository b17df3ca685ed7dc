"""Step 5, review and send. The key of the draft is the key of the report: sent twice it is filed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comune.territorio import quartiere_di
from core.calendario import lavorativo
from core.ratelimit import troppe
from core.templatetags.lp import giorno, giorno_breve
from core.tempo import oggi
from segnalazioni.accesso import ricorda_inviata
from segnalazioni.actions import invia
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.suggerimenti import ALTRO
from segnalazioni.termini import TipoTermine, scadenza
from segnalazioni.views.nuova._bozza import apri, dimentica, indietro, pagina, passo

INVII_ALL_ORA = 20


@dataclass(frozen=True, slots=True)
class Riga:
    """One row of the review: components/riga.html."""

    termine: str
    valore: str
    url: str
    che: str
    nota: str = ""


def rivedi(request: HttpRequest) -> HttpResponse:
    """The review; POST sends. A second press finds the report that the first one filed."""
    if request.method == "POST" and (gia := _gia_inviata(request)):
        ricorda_inviata(request.session, gia)
        dimentica(request)
        return redirect(gia.url("inviata"))
    return _rivedi(request)


def _gia_inviata(request: HttpRequest) -> Segnalazione | None:
    # 122 random bits that only the page of this draft has held.
    try:
        chiave = UUID(request.POST.get("chiave", ""))
    except ValueError:
        return None
    return Segnalazione.objects.per_elenco().filter(chiave_invio=chiave).first()


@passo("rivedi")
def _rivedi(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    if request.method != "POST":
        return pagina(request, comp, "rivedi", _contesto(comp))
    if request.POST.get("vai") == "indietro":
        return indietro(request, comp, "rivedi")
    if comp.bozza is None or request.POST.get("chiave") != str(comp.bozza.chiave):
        messages.info(request, _("Nel frattempo la bozza è cambiata: rileggi prima di inviare."))
        return redirect("segnalazioni:nuova_rivedi")
    if troppe(request, "invio", quante=INVII_ALL_ORA, secondi=3600):
        return _troppe(request)
    caso = invia(comp.nuova_segnalazione(), autore=comp.autore, bozza=comp.bozza)
    ricorda_inviata(request.session, caso)
    dimentica(request)
    return redirect(caso.url("inviata"))


def _troppe(request: HttpRequest) -> HttpResponse:
    return render(request, "segnalazioni/nuova/troppe.html", status=429, headers={"Retry-After": "3600"})
