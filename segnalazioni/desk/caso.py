"""One case: its page, and the parts of it that change by themselves. One renderer for both."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.tempo import oggi
from segnalazioni.desk._permessi import RichiestaDiServizio, caso_di, di_servizio
from segnalazioni.desk.coda import posto_di
from segnalazioni.desk.fascicolo import contesto
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Segnalazione

# What the address of the page says beside its place in the queue, and its fragment has to know too.
_DELLA_PAGINA = ("passo", "originale", "storia")


@require_safe
@di_servizio
def caso(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The page of a case; `?passo=` opens the form of a step."""
    return pagina(request, caso_di(request.user, codice))


@require_safe
@di_servizio
def storia(request: RichiestaDiServizio, codice: str) -> HttpResponseBase:
    """State, work and history, for a page that is open while the case changes; 304 when it has them already."""
    segnalazione = caso_di(request.user, codice)
    segno = _segno(request, segnalazione)
    uguale = get_conditional_response(request, etag=segno)
    if uguale is not None:
        return uguale
    dati = _contesto(request, segnalazione, None) | {"con_lavoro": "senza_lavoro" not in request.GET}
    risposta = render(request, "segnalazioni/scrivania/_vivo.html", dati)
    risposta["ETag"], risposta["Cache-Control"] = segno, "private, no-cache"
    return risposta


def pagina(
    request: RichiestaDiServizio,
    segnalazione: Segnalazione,
    *,
    form: PassoForm | None = None,
    status: int = 200,
    **altro: Any,
) -> HttpResponse:
    """The page of a case, also as the answer to a step that was not taken: then with its form as it was filled."""
    dati = _contesto(request, segnalazione, form) | {
        "segno": _segno(request, segnalazione),
        "frammento": _frammento(request, segnalazione, rifiutata=status != 200),
        **altro,
    }
    return render(request, "segnalazioni/scrivania/caso.html", dati, status=status)


def _contesto(request: RichiestaDiServizio, segnalazione: Segnalazione, form: PassoForm | None) -> dict[str, Any]:
    posto, query = posto_di(segnalazione, request.user, request.GET)
    dati = contesto(
        segnalazione,
        request.user,
        query=query,
        filtro=request.GET.get("storia", ""),
        scelto=request.GET.get("passo", ""),
        originale=request.GET.get("originale", ""),
        form=form,
    )
    return dati | {"posto": posto}


def _segno(request: RichiestaDiServizio, segnalazione: Segnalazione) -> str:
    """What the fragment depends on: the case, who reads, the day that terms are counted from, the language."""
    return f'"{segnalazione.codice}-{segnalazione.versione}-{request.user.pk}-{oggi():%Y%m%d}-{get_language()}"'


def _frammento(request: RichiestaDiServizio, segnalazione: Segnalazione, *, rifiutata: bool) -> str:
    """Address of the fragment. A form that came back with its words is not fetched again: the words are in the page."""
    query = QueryDict(mutable=True)
    query.update({nome: request.GET[nome] for nome in request.GET if nome not in _DELLA_PAGINA})
    if rifiutata:
        query["senza_lavoro"] = "1"
    else:
        query.update({nome: request.GET[nome] for nome in _DELLA_PAGINA if request.GET.get(nome)})
    return f"{segnalazione.url_scrivania('storia')}?{query.urlencode()}"
