"""The page of one case, and the part of it that changes by itself. One renderer for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.templatetags.lp import giorno
from core.tempo import oggi
from segnalazioni.accesso import Accesso, Visitatore, seguaci_di
from segnalazioni.forms.pagina import RispostaForm, RitiroForm, SeguiForm
from segnalazioni.models import Foto, Segnalazione, Seguace
from segnalazioni.racconto import domanda_aperta, orologio, pillola, voci
from segnalazioni.views.porta import del_caso
from segnalazioni.workflow import PROCEDURA

# Steps of the table that a citizen finds a door for (segnalazioni.views.passi): no others are shown.
PORTE = frozenset({"rispondi", "ritira"})
FRAMMENTO_VALE = 300  # seconds; its key holds the version, so that age alone never shows an old state


@dataclass(frozen=True)
class Moduli:
    """The forms of the page; one of them comes back bound when it could not be accepted."""

    rispondi: RispostaForm = field(default_factory=RispostaForm)
    ritira: RitiroForm = field(default_factory=RitiroForm)
    segui: SeguiForm = field(default_factory=SeguiForm)


@require_safe
@del_caso
def scheda(request: HttpRequest, accesso: Accesso) -> HttpResponse:
    """State in words, clock, line, what I can do now, who else has the problem, where, photos."""
    return mostra(request, accesso)


def mostra(request: HttpRequest, accesso: Accesso, *, moduli: Moduli | None = None, status: int = 200) -> HttpResponse:
    """The page, with the forms as they were sent where one was refused."""
    moduli = moduli or Moduli()
    contesto = _vivo(accesso, moduli) | {
        "altri": _altri(accesso, Visitatore.di(request)),
        "foto": list(Foto.objects.filter(segnalazione=accesso.caso, passaggio__isnull=True)),
        "risposte": _risposte(accesso.caso),
        "madre": _madre(accesso.caso),
    }
    return render(request, "segnalazioni/scheda.html", contesto, status=status)


@require_safe
@del_caso
def stato(request: HttpRequest, accesso: Accesso) -> HttpResponseBase:
    """The parts that change, as a fragment: 304 when the browser has them already."""
    segno = _segno(accesso)
    uguale = get_conditional_response(request, etag=segno)
    if uguale is not None:
        return uguale
    return HttpResponse(_frammento(request, accesso), headers={"ETag": segno, "Cache-Control": "private, no-cache"})


def _segno(accesso: Accesso) -> str:
    """What the fragment depends on: the case, who reads, the day that terms are counted from, the language."""
    caso = accesso.caso
    return f'"{caso.codice}-{caso.versione}-{accesso.vista.value}-{oggi():%Y%m%d}-{get_language()}"'


def _frammento(request: HttpRequest, accesso: Accesso) -> str:
    def scrivi(di_chi: HttpRequest | None) -> str:
        return render_to_string("segnalazioni/_frammento.html", _vivo(accesso, Moduli()), request=di_chi)

    if accesso.segnalante:
        return scrivi(request)
    # For everybody else it is the same text, with no form in it: when a step sends a crowd to fetch it, one writes it.
    return cache.get_or_set(f"frammento:{_segno(accesso)}", lambda: scrivi(None), FRAMMENTO_VALE) or ""


def _vivo(accesso: Accesso, moduli: Moduli) -> dict[str, Any]:
    caso = accesso.caso
    mosse = [riga.passo for riga in PROCEDURA.possibili(caso.stato, accesso.ruoli) if riga.passo in PORTE]
    return {
        "accesso": accesso,
        "caso": caso,
        "pillola": pillola(caso),
        "orologio": orologio(caso, vista=accesso.vista),
        "voci": voci(caso, vista=accesso.vista),
        "mosse": mosse,
        "domanda": domanda_aperta(caso) if "rispondi" in mosse else "",
        "moduli": moduli,
        "segno": _segno(accesso),
        "breve": _breve(caso),
    }


def _altri(accesso: Accesso, chi: Visitatore) -> dict[str, Any]:
    caso = accesso.caso
    return {
        "firme": Seguace.objects.filter(segnalazione=caso, firma=True).count(),
        "mio": seguaci_di(caso, chi).order_by("-segnalante", "-firma", "pk").first(),
        "si_scrive": seguaci_di(caso, chi).filter(sessione="", confermato_il__isnull=False).exists(),
    }


def _breve(caso: Segnalazione) -> list[tuple[str, str]]:
    fatti = [(_("Categoria"), caso.categoria.nome)]
    if caso.ufficio:
        fatti.append((_("Ufficio"), caso.ufficio.nome))
    fatti.append((_("Arrivata da"), caso.contributo.get_canale_display()))
    return fatti


def _risposte(caso: Segnalazione) -> list[tuple[str, str]]:
    """The questions of the category that were answered, in their order."""
    date_e_scelte = ((d, caso.risposte.get(d["chiave"], "")) for d in caso.categoria.domande)
    return [(d["testo"], _in_parole(d.get("tipo", ""), valore)) for d, valore in date_e_scelte if valore]


def _in_parole(tipo: str, valore: str) -> str:
    if tipo == "si_no":
        return {"si": _("sì"), "no": _("no")}.get(valore, valore)
    if tipo == "data":
        try:
            return giorno(date.fromisoformat(valore))
        except ValueError:
            return valore
    return valore


def _madre(caso: Segnalazione) -> Segnalazione | None:
    """The case this one was joined to, when anybody may read it."""
    if caso.originale_id is None:
        return None
    return Segnalazione.objects.pubbliche().per_elenco().filter(pk=caso.originale_id).first()
