"""The second step of the question, and its thanks. The first stands in every page, without a token: it only leads here.

Pages come to strangers from a cache that is everybody's, so their form cannot carry a token of one visitor. It asks
(GET) for this page, which has one, and this page writes (POST): ADR 0022. Each browser gets a sign here, before it can
write: by that it has one opinion of each page.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.utils.translation import activate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from chiarezza.actions import esprimi
from chiarezza.domande import BENE, MALE, STELLE
from chiarezza.forms import GiudizioForm
from chiarezza.posti import Posto, lingua_di, posto_di
from core.ratelimit import troppe
from core.views import too_often

ALL_ORA = 60  # opinions from one address: a library, an office, a telephone network
APERTURE_ALL_ORA = 300
_SEGNO = "chiarezza"


@cache_control(private=True, max_age=0)  # «back» finds the words
@require_http_methods(["GET", "HEAD", "POST"])
def giudizio(request: HttpRequest) -> HttpResponse:
    """The opinion of one page, `percorso`. GET shows what was chosen in the page and writes nothing."""
    arrivato = request.POST if request.method == "POST" else request.GET
    posto = posto_di(request, arrivato.get("percorso", ""))
    if posto is None:
        raise Http404
    activate(lingua_di(posto.indirizzo))  # we answer as the page speaks; the next request says its own
    return _ricevi(request, posto) if request.method == "POST" else _apri(request, posto)


def _apri(request: HttpRequest, posto: Posto) -> HttpResponse:
    if troppe(request, "chiarezza-apri", quante=APERTURE_ALL_ORA, secondi=3600):
        return too_often(request, 3600)
    request.session.setdefault(_SEGNO, secrets.token_urlsafe(16))
    scelti = {nome: request.GET.get(nome, "") for nome in ("voto", "motivo")}
    return _mostra(request, posto, scelti)


def _ricevi(request: HttpRequest, posto: Posto) -> HttpResponse:
    """POST keeps the stars even where the words are to be mended. `passo` "voto": the stars alone, the rest follows."""
    if troppe(request, "chiarezza", quante=ALL_ORA, secondi=3600):
        return too_often(request, 3600)
    form = GiudizioForm(request.POST)
    va_bene, visitatore = form.is_valid(), _visitatore(request, posto)
    solo_voto = request.POST.get("passo") == "voto"
    if voto := form.voto_scelto:
        dati = form.cleaned_data
        motivo, parole = dati.get("motivo", ""), "" if solo_voto else dati.get("parole", "")
        esprimi(posto, visitatore=visitatore, voto=voto, motivo=motivo, parole=parole, finito=va_bene and not solo_voto)
    if solo_voto and voto:
        return HttpResponse(status=204)
    if not va_bene:
        return _mostra(request, posto, request.POST.dict(), form)
    if _a_parte(request):
        return render(request, "chiarezza/_grazie.html", {"posto": posto})
    return redirect(f"{reverse('chiarezza:grazie')}?{urlencode({'percorso': posto.indirizzo})}")


def _visitatore(request: HttpRequest, posto: Posto) -> str:
    """Keyed digest of who and which page: tells one visitor from another, never who it is nor what else they read."""
    chi = f"account:{request.user.pk}" if request.user.is_authenticated else _segno(request)
    return salted_hmac("chiarezza.visitatore", f"{chi} {posto.chiave}", algorithm="sha256").hexdigest()


def _segno(request: HttpRequest) -> str:
    # The form that comes without its page having been opened has no sign yet: it gets one now.
    return f"segno:{request.session.setdefault(_SEGNO, secrets.token_urlsafe(16))}"


def _a_parte(request: HttpRequest) -> bool:
    """The page that is open asks for a part of it."""
    return "parte" in request.GET or "parte" in request.POST


def _mostra(
    request: HttpRequest, posto: Posto, scelti: dict[str, Any], form: GiudizioForm | None = None
) -> HttpResponse:
    errori = form.errors if form else {}
    contesto = {
        "posto": posto,
        "voci": [(f"giudizio-{nome}", str(e)) for nome, frasi in errori.items() for e in frasi],
        **campi(scelti, {nome: " ".join(str(e) for e in frasi) for nome, frasi in errori.items()}),
        "con_parole": True,
    }
    modello = "chiarezza/_modulo.html" if _a_parte(request) else "chiarezza/giudizio.html"
    return render(request, modello, contesto, status=422 if errori else 200)


def campi(scelti: dict[str, Any], sbagli: dict[str, str]) -> dict[str, Any]:
    """What components/chiarezza_campi.html wants."""
    return {
        "stelle": STELLE,
        "bene": BENE,
        "male": MALE,
        "voto": str(scelti.get("voto", "")),
        "motivo": scelti.get("motivo", ""),
        "parole": scelti.get("parole", ""),
        "sbagli": {nome: sbagli.get(nome, "") for nome in ("voto", "parole", "sito")},
    }


@cache_control(private=True, max_age=0)
@require_safe
def grazie(request: HttpRequest) -> HttpResponse:
    """Thanks, and the way back to the page."""
    posto = posto_di(request, request.GET.get("percorso", ""))
    if posto is None:
        raise Http404
    activate(lingua_di(posto.indirizzo))
    return render(request, "chiarezza/grazie.html", {"posto": posto})
