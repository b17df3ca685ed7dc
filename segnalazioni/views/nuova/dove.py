"""Step 2, where: places by name, the point on the map, words; and the reports that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from comune import luoghi, territorio
from comune.models import Luogo
from core.ratelimit import troppe
from core.templatetags.lp import giorno_settimana
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.forms.nuova import DoveForm, leggi_punto
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.racconto import Pillola, pillola
from segnalazioni.views.nuova._bozza import (
    apri,
    avanti,
    frasi_di,
    indietro,
    pagina,
    passo,
    salva,
    scritto,
    si_tiene,
    verso,
    voci_di,
)
from segnalazioni.views.nuova.anche_a_me import firma
from segnalazioni.workflow import Stato

_CAMPI = ("cerca", "posto", "punto_di", "lat", "lon", "parole", "va_bene", "fuori_va_bene")
VICINO = 150  # metres within which an open report may be the same one
MOSTRATE = 5
PARTI_AL_MINUTO = 120
_LETTERE = "ABCDE"


@passo("dove")
def dove(request: HttpRequest, comp: Compilazione) -> HttpResponse:
    """A place, a point or words: one is enough. What is near is shown before going on."""
    if request.method != "POST":
        return _mostra(request, comp, comp.di("dove"))
    dati = scritto(request, _CAMPI)
    if _solo_da_tenere(request) and si_tiene(dati):
        return _tieni(request, comp, dati)
    form = DoveForm(dati, categoria=_categoria(comp))
    if not form.is_valid():
        return _mostra(request, comp, dati, form=form)
    punto = form.cleaned_data["punto"]
    vicino_a = luoghi.descrivi(*punto) if punto and not form.luogo else ""
    comp = salva(request, comp, dove={**dati, "vicino_a": vicino_a})
    if _da_guardare(request, comp, form):
        return verso(request, "dove", "vicine", guarda="si")
    return avanti(request, comp, "dove")


def _categoria(comp: Compilazione) -> Categoria:
    if comp.categoria is None:
        raise RuntimeError("the guard of this step lets nobody in without a category")
    return comp.categoria


def _solo_da_tenere(request: HttpRequest) -> bool:
    return "anche_a_me" in request.POST or request.POST.get("vai") in ("cerca", "indietro")


def _tieni(request: HttpRequest, comp: Compilazione, dati: dict[str, str]) -> HttpResponse:
    """A button that leads elsewhere: what was typed is kept as it is."""
    if request.POST.get("vai") == "cerca":
        dati = _per_la_ricerca(comp, dati)
    comp = salva(request, comp, dove=dati)
    if codice := request.POST.get("anche_a_me"):
        return firma(request, codice)
    if request.POST.get("vai") == "indietro":
        return indietro(request, comp, "dove")
    return verso(request, "dove", "posti")


def _per_la_ricerca(comp: Compilazione, dati: dict[str, str]) -> dict[str, str]:
    """A new search leaves the place chosen before; a single answer is chosen."""
    if dati["cerca"] == comp.di("dove").get("cerca"):
        return dati
    trovati = luoghi.cerca(dati["cerca"], quanti=2)
    unico = str(trovati[0].pk) if len(trovati) == 1 else ""
    return {**dati, "posto": unico, "punto_di": "", "lat": "", "lon": "", "fuori_va_bene": ""}


def _da_guardare(request: HttpRequest, comp: Compilazione, form: DoveForm) -> bool:
    """Is something near that the page just sent did not show?"""
    viste = set(request.POST.getlist("vista"))
    trovate = _trova_vicine(form.cleaned_data["punto"], _categoria(comp))
    return any(caso.codice not in viste for caso, _metri in trovate)


def _mostra(
    request: HttpRequest, comp: Compilazione, dati: Mapping[str, Any], *, form: DoveForm | None = None
) -> HttpResponse:
    letto = form or DoveForm(dati, categoria=_categoria(comp))
    letto.is_valid()
    punto = letto.cleaned_data.get("punto")
    contesto = {
        "dati": {nome: dati.get(nome, "") for nome in _CAMPI},
        "form": form,
        "sbagli": frasi_di(form, "cerca", "posto", "parole", "fuori_va_bene"),
        "letto": letto,
        "punto": punto,
        "vicino_a": luoghi.descrivi(*punto) if punto else "",
        "facoltativo": not _categoria(comp).luogo_obbligatorio,
        **_posti(str(dati.get("cerca", "")), letto.luogo),
        "fermata": "guarda" in request.GET,
        **_vicine(punto, _categoria(comp)),
    }
    primo = contesto["posti"][0]["id"] if contesto["posti"] else "id_cerca"
    voci = voci_di(form, posto=primo, fuori_va_bene="fuori-va-bene")
    return pagina(request, comp, "dove", contesto, errori=voci)


# --- places by name ---------------------------------------------------------------------------------------


def _posti(cerca: str, scelto: Luogo | None) -> dict[str, Any]:
    """Context of _luoghi.html: what was found, the place chosen before if it is not among them."""
    trovati = luoghi.cerca(cerca)
    mostrati = [scelto, *trovati] if scelto and scelto not in trovati else trovati
    return {
        "cercato": cerca,
        "frase_posti": _frase_posti(cerca, len(trovati)),
        "posti": [_posto(luogo, scelto) for luogo in mostrati],
    }


def _posto(luogo: Luogo, scelto: Luogo | None) -> dict[str, Any]:
    return {
        "id": f"l-{luogo.pk}",
        "valore": luogo.pk,
        "titolo": luogo.nome,
        "testo": luogo.descrizione,
        "scelto": luogo == scelto,
        "lat": luogo.lat,
        "lon": luogo.lon,
    }


def _frase_posti(cerca: str, trovati: int) -> str:
    if not cerca.strip():
        return ""
    if not trovati:
        return _("Nessun posto trovato per «%(cerca)s». Prova con meno parole, o dillo qui sotto con parole tue.") % {
            "cerca": cerca
        }
    frase = ngettext("%(n)d posto trovato per «%(cerca)s».", "%(n)d posti trovati per «%(cerca)s».", trovati)
    return frase % {"n": trovati, "cerca": cerca}


# --- is it there already? ---------------------------------------------------------------------------------


def _trova_vicine(punto: tuple[float, float] | None, categoria: Categoria) -> list[tuple[Segnalazione, int]]:
    return Segnalazione.objects.vicine_a(*punto, VICINO, categoria)[:MOSTRATE] if punto else []


def _vicine(punto: tuple[float, float] | None, categoria: Categoria) -> dict[str, Any]:
    """Context of _vicine.html."""
    trovate = _trova_vicine(punto, categoria)
    voci = [_vicina(lettera, *voce) for lettera, voce in zip(_LETTERE, trovate, strict=False)]
    return {"vicine": voci, "frase_vicine": _frase_vicine(len(voci), categoria) if voci else ""}


def _vicina(lettera: str, caso: Segnalazione, metri: int) -> dict[str, Any]:
    persone = max(1, caso.firme)  # type: ignore[attr-defined]  # con_firme; who reported anonymously is one too
    return {
        "lettera": lettera,
        "caso": caso,
        "dove": _("a %(metri)d m") % {"metri": metri if metri < 10 else round(metri, -1)},
        "persone": ngettext("%(n)d persona", "%(n)d persone", persone) % {"n": persone},
        "pillola": Pillola(_("Oltre il termine"), "s-mattone pieno") if caso.in_ritardo() else pillola(caso),
        "quando": _quando(caso),
    }


def _quando(caso: Segnalazione) -> str:
    if caso.stato == Stato.PROGRAMMATA:
        return _("L’intervento è previsto per %(giorno)s.") % {"giorno": giorno_settimana(caso.prevista_il)}
    if caso.scadenza is None or caso.sospesa:
        return ""
    giorno = {"giorno": giorno_settimana(caso.scadenza)}
    if caso.in_ritardo():
        return _("La risposta era attesa entro %(giorno)s.") % giorno
    return _("L’ufficio risponde entro %(giorno)s.") % giorno


def _frase_vicine(quante: int, categoria: Categoria) -> str:
    frase = ngettext(
        "Qui intorno c’è %(n)d segnalazione aperta: %(categoria)s.",
        "Qui intorno ci sono %(n)d segnalazioni aperte: %(categoria)s.",
        quante,
    )
    return frase % {"n": quante, "categoria": categoria.nome.lower()}


# --- fragments for the page that is open ------------------------------------------------------------------


def _senza_fine(request: HttpRequest) -> bool:
    return troppe(request, "parti_del_dove", quante=PARTI_AL_MINUTO, secondi=60)


@never_cache
@require_POST
def luoghi_frammento(request: HttpRequest) -> HttpResponse:
    """Places for what was typed in the search field; 429 for who asks without end."""
    if _senza_fine(request):
        return HttpResponse(status=429)
    contesto = _posti(scritto(request, ["cerca"])["cerca"], None)
    return render(request, "segnalazioni/nuova/_luoghi.html", {**contesto, "errore": ""})


@never_cache
@require_POST
def punto_frammento(request: HttpRequest) -> HttpResponse:
    """About a point: near what it is, whether it is in the Comune, which open reports are there.

    400 for what is no point; without a category in the draft nothing is near; 429 for who asks without end.
    """
    if _senza_fine(request):
        return HttpResponse(status=429)
    try:
        punto = leggi_punto(request.POST.get("lat", ""), request.POST.get("lon", ""))
    except ValueError:
        return HttpResponseBadRequest()
    categoria = apri(request).categoria
    contesto = {
        "punto": punto,
        "vicino_a": luoghi.descrivi(*punto),
        "fuori": not territorio.dentro(*punto),
        "fermata": False,
        **(_vicine(punto, categoria) if categoria else {"vicine": [], "frase_vicine": ""}),
    }
    return render(request, "segnalazioni/nuova/_punto.html", contesto)
