"""One case: its page, and its history alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from segnalazioni.desk._permessi import RichiestaDiServizio, caso_di, di_servizio
from segnalazioni.desk.coda import posto_di
from segnalazioni.desk.fascicolo import contesto, storia_di
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Segnalazione


@require_safe
@di_servizio
def caso(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The page of a case; `?passo=` opens the form of a step."""
    return pagina(request, caso_di(request.user, codice), scelto=request.GET.get("passo", ""))


@require_safe
@di_servizio
def storia(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The history alone, for a page that is open while the case changes."""
    segnalazione = caso_di(request.user, codice)
    dati = {"caso": segnalazione, "storia": storia_di(segnalazione, request.GET.get("storia", ""))}
    dati["query"] = posto_di(segnalazione, request.user, request.GET)[1]
    return render(request, "segnalazioni/scrivania/_storia.html", dati)


def pagina(
    request: RichiestaDiServizio,
    segnalazione: Segnalazione,
    *,
    scelto: str = "",
    form: PassoForm | None = None,
    status: int = 200,
    **altro: Any,
) -> HttpResponse:
    """The page of a case, also as the answer to a step that was not taken: then with its form as it was filled."""
    posto, query = posto_di(segnalazione, request.user, request.GET)
    dati = contesto(
        segnalazione,
        request.user,
        query=query,
        filtro=request.GET.get("storia", ""),
        scelto=scelto,
        form=form,
        originale=request.GET.get("originale", ""),
    )
    return render(request, "segnalazioni/scrivania/caso.html", {**dati, "posto": posto, **altro}, status=status)
