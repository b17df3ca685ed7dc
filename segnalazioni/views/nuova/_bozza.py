"""What every step of filing does: find the draft of this browser, keep the order of the steps, save, go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core.templatetags.lp import istante
from core.tempo import adesso, oggi
from segnalazioni.actions.bozza import DURATA, salva_bozza
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.models import Bozza

P = ParamSpec("P")
Passo = Callable[[HttpRequest, Compilazione], HttpResponse]

_SESSIONE = "bozza"
_BOZZA_MASSIMA = 20_000  # characters of one step that are kept before they are valid
_NOMI = {
    "cosa": "segnalazioni:nuova",
    "domande": "segnalazioni:nuova_domande",
    "dove": "segnalazioni:nuova_dove",
    "foto": "segnalazioni:nuova_foto",
    "chi": "segnalazioni:nuova_chi",
    "rivedi": "segnalazioni:nuova_rivedi",
}
_ORDINE = list(_NOMI)
_SERVE = {
    "cosa": gettext_lazy("Prima scrivi che cosa succede e scegli una categoria."),
    "domande": gettext_lazy("Prima rispondi a una domanda in più."),
    "dove": gettext_lazy("Prima dicci dove succede."),
    "chi": gettext_lazy("Prima scegli come ti avvisiamo."),
}
# What the guard of a step looks at: photos may miss.
_PRIMA_DI = {"domande": "domande", "dove": "dove", "foto": "chi", "chi": "chi", "rivedi": ""}


# --- the draft of this browser ----------------------------------------------------------------------------


def apri(request: HttpRequest) -> Compilazione:
    """What this browser is writing; the address of no page ever holds its key."""
    chiave = request.session.get(_SESSIONE)
    bozza = Bozza.objects.valide().filter(chiave=chiave).first() if chiave else None
    return Compilazione(bozza, request.user)


def salva(request: HttpRequest, comp: Compilazione, **parti: Any) -> Compilazione:
    """Keeps what was typed in these steps; the draft begins with the first."""
    bozza = salva_bozza(comp.bozza, parti)
    if comp.bozza is None:
        request.session[_SESSIONE] = str(bozza.chiave)
    return Compilazione(bozza, request.user)


def dimentica(request: HttpRequest) -> None:
    """This browser has no draft any more."""
    request.session.pop(_SESSIONE, None)


def scritto(request: HttpRequest, nomi: Iterable[str]) -> dict[str, str]:
    """What was typed in these fields, as it is. Without NUL, which no database keeps."""
    return {nome: request.POST.get(nome, "").replace("\x00", "") for nome in nomi}


def si_tiene(dati: Mapping[str, str]) -> bool:
    """Small enough to be kept in the draft though not valid yet."""
    return sum(map(len, dati.values())) <= _BOZZA_MASSIMA


# --- the order of the steps -------------------------------------------------------------------------------


def passo(nome: str) -> Callable[[Passo], Callable[[HttpRequest], HttpResponse]]:
    """Makes a view a step: it gets the draft, and is reached only when the steps before it are in order."""

    def veste(vista: Passo) -> Callable[[HttpRequest], HttpResponse]:
        @modulo
        @wraps(vista)
        def porta(request: HttpRequest) -> HttpResponse:
            comp = apri(request)
            return guardia(request, comp, nome) or vista(request, comp)

        return porta

    return veste


def modulo(vista: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """A page with a form, for this browser alone."""
    # Not no-store: the browser's own «back» must find the page as it was left, words included.
    return cache_control(private=True, max_age=0)(require_http_methods(["GET", "HEAD", "POST"])(vista))


def guardia(request: HttpRequest, comp: Compilazione, nome: str) -> HttpResponse | None:
    """The way to the first step that is not in order before this one, with a word; None when all are."""
    manca = comp.manca(_PRIMA_DI[nome]) if nome in _PRIMA_DI else None
    if manca is None:
        return None
    messages.info(request, _SERVE[manca])
    return verso(request, manca)


def rivede(request: HttpRequest) -> bool:
    """Came from «Modifica» on the review page, and goes back there."""
    return request.GET.get("poi") == "rivedi"


def indirizzo(request: HttpRequest, nome: str, ancora: str = "", **query: str) -> str:
    """Address of a step, or of a door by its full name; keeps the wish to go back to the review."""
    if rivede(request):
        query["poi"] = "rivedi"
    url = reverse(_NOMI.get(nome, nome)) + (f"?{urlencode(query)}" if query else "")
    return f"{url}#{ancora}" if ancora else url


def verso(request: HttpRequest, nome: str, ancora: str = "", **query: str) -> HttpResponseRedirect:
    """Redirects to a step."""
    return HttpResponseRedirect(indirizzo(request, nome, ancora, **query))


def avanti(request: HttpRequest, comp: Compilazione, da: str) -> HttpResponseRedirect:
    """To the next step; after a «Modifica» back to the review, by way of what the change has left open."""
    if rivede(request):
        manca = comp.manca()
        return verso(request, manca) if manca else redirect(_NOMI["rivedi"])
    dopo = _ORDINE[_ORDINE.index(da) + 1]
    if dopo == "domande" and (comp.domande is None or comp.domande.is_valid()):
        dopo = "dove"
    return verso(request, dopo)


def indietro(request: HttpRequest, comp: Compilazione, da: str) -> HttpResponseRedirect:
    """To the step before, or back to the review."""
    if rivede(request):
        return redirect(_NOMI["rivedi"])
    prima = _ORDINE[_ORDINE.index(da) - 1]
    return verso(request, "cosa" if prima == "domande" and comp.domande is None else prima)


# --- the page ---------------------------------------------------------------------------------------------


def briciole() -> list[tuple[str, str]]:
    """The way to filing, for components/briciole.html."""
    return [(_("Segnalazioni"), reverse("segnalazioni:elenco"))]


def pagina(
    request: HttpRequest, comp: Compilazione, nome: str, contesto: dict[str, Any], *, errori: Iterable[Any] = ()
) -> HttpResponse:
    """Renders a step: 422 and a summary when there are errors, [(id of the field, sentence)]."""
    voci = list(errori)
    tutto = {
        "comp": comp,
        "azione": indirizzo(request, nome if nome in _NOMI else f"segnalazioni:nuova_{nome}"),
        "briciole": briciole(),
        "voci": voci,
        "scade": _scade(comp.bozza),
        "rivede": rivede(request),
        **contesto,
    }
    return render(request, f"segnalazioni/nuova/{nome}.html", tutto, status=422 if voci else 200)


def troppo_spesso(request: HttpRequest) -> HttpResponse:
    """429: says so, says when, and that nothing typed is lost."""
    risposta = render(request, "segnalazioni/nuova/troppe.html", {"comp": apri(request)}, status=429)
    risposta["Retry-After"] = "3600"
    return risposta


def _scade(bozza: Bozza | None) -> str:
    """Until when a draft is kept: «domani alle 18:40»."""
    quando = localtime(bozza.scade_il if bozza else adesso() + DURATA)
    giorni = (localdate(quando) - oggi()).days
    if giorni > 1:
        return istante(quando)
    alle = _("domani alle %(ora)s") if giorni else _("oggi alle %(ora)s")
    return alle % {"ora": f"{quando:%H:%M}"}


def voci_di(form: forms.Form | None, **bersagli: str) -> list[tuple[str, str]]:
    """Errors of a form for the summary: (id of the field, sentence). `bersagli` gives ids that are not Django's."""
    if form is None:
        return []
    voci = []
    for nome, errori in form.errors.items():
        bersaglio = bersagli.get(nome) or _bersaglio(form, nome)
        voci += [(bersaglio, str(errore)) for errore in errori]
    return voci


def frasi_di(form: forms.Form | None, *nomi: str) -> dict[str, str]:
    """What is wrong with each of these fields in one line, "" where nothing is."""
    return {nome: " ".join(str(e) for e in form.errors.get(nome, [])) if form else "" for nome in nomi}


def _bersaglio(form: forms.Form, nome: str) -> str:
    if nome not in form.fields:
        return ""
    campo = form[nome]
    return campo.id_for_label or f"{campo.auto_id}_0"
