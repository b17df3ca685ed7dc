"""The link of a mail. Looking at it changes nothing (mail scanners look too): the button on the page uses it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import magic
from core.codici import leggi_codice
from core.ratelimit import troppe
from segnalazioni import actions
from segnalazioni.accesso import di_carta, ricorda_inviata, ricorda_seguace, si_vede
from segnalazioni.forms.pagina import IndirizzoForm
from segnalazioni.models import Segnalazione, Seguace
from segnalazioni.views.porta import non_conservare

QUANTE, IN_SECONDI = 5, 900


@sensitive_variables("segreto")
@require_http_methods(["GET", "HEAD", "POST"])
def chiave(request: HttpRequest, codice: str, segreto: str) -> HttpResponse:
    """One button, which says what it does. A link that cannot be used leads to asking for a new one.

    Unknown, foreign, expired and used links answer alike, and so does a number that does not exist.
    """
    if (di_carta_sua := di_carta(leggi_codice(codice) or "", segreto)) is not None:
        return _chiusa(_dalla_carta(request, di_carta_sua))
    percorso = reverse("segnalazioni:scheda", kwargs={"codice": leggi_codice(codice) or codice})
    seguace = _di_chi(magic.casella(segreto, percorso), percorso, codice)
    if request.method == "POST" and request.POST.get("che") == "nuovo":
        return _chiusa(_nuovo(request, codice))
    if seguace is None:
        return _chiusa(_non_vale(request, status=410))
    if request.method == "POST":
        return _chiusa(_usa(request, seguace, segreto, percorso))
    return _chiusa(render(request, "segnalazioni/chiave.html", _pagina(seguace)))


def _di_chi(email: str, percorso: str, codice: str) -> Seguace | None:
    """Who the link was sent to, while it still leads somewhere: a corrected address or a removed case does not."""
    caso = Segnalazione.objects.per_codice(leggi_codice(codice) or "").first() if email else None
    if caso is None:
        return None
    seguace = Seguace.objects.filter(segnalazione=caso, email=email).first()
    if seguace is None or not si_vede(caso, segnalante=seguace.segnalante):
        return None
    seguace.segnalazione = caso
    return seguace


def _a_che(seguace: Seguace) -> str:
    """What the button does: "conferma", "segui" or "apri"."""
    if seguace.confermato_il is not None:
        return "apri"
    return "conferma" if seguace.segnalante else "segui"


def _pagina(seguace: Seguace) -> dict[str, Any]:
    aiuto = seguace.segnalazione.assistenza
    titolo, spiega = {
        "conferma": (
            _("Conferma la richiesta") if aiuto else _("Conferma la segnalazione"),
            _("Con la conferma arriva all’ufficio e si comincia a contare i giorni."),
        ),
        "segui": (_("Conferma che vuoi seguire"), _("Ti scriviamo quando cambia qualcosa; puoi smettere quando vuoi.")),
        "apri": (
            _("Apri la richiesta") if aiuto else _("Apri la segnalazione"),
            _("Per 24 ore questo dispositivo la vede come la vedi tu."),
        ),
    }[_a_che(seguace)]
    return {"caso": seguace.segnalazione, "titolo": titolo, "spiega": spiega}


def _usa(request: HttpRequest, seguace: Seguace, segreto: str, percorso: str) -> HttpResponse:
    serve_a = _a_che(seguace)
    with transaction.atomic():  # a refused step leaves the link good
        email = magic.consuma(segreto, percorso)
        caso = actions.email_dimostrata(seguace.segnalazione, email)
    magic.ricorda(request, email)
    if not seguace.segnalante:
        ricorda_seguace(request.session, seguace)
    messages.success(request, _FATTO[serve_a]())
    return redirect(caso)


_FATTO = {
    "conferma": lambda: _("Confermata: da oggi si contano i giorni. Ti scriviamo a ogni passo."),
    "segui": lambda: _("Fatto: ti scriviamo a ogni novità. Da questa pagina puoi smettere quando vuoi."),
    "apri": lambda: _("Abbiamo riconosciuto la tua casella: per 24 ore questo dispositivo vede la tua pagina."),
}


def _dalla_carta(request: HttpRequest, caso: Segnalazione) -> HttpResponse:
    """The key of a printed receipt: good as often as one likes, until it runs out or the receipt is printed again."""
    if request.method != "POST":
        spiega = _("Per 24 ore questo dispositivo la vede come la vedi tu. La ricevuta resta buona: conservala.")
        titolo = _("Apri la richiesta") if caso.assistenza else _("Apri la segnalazione")
        return render(request, "segnalazioni/chiave.html", {"caso": caso, "titolo": titolo, "spiega": spiega})
    ricorda_inviata(request.session, caso)
    request.session.cycle_key()  # a key planted beforehand gains nothing
    messages.success(request, _("Eccola: per 24 ore questo dispositivo la vede come la vedi tu."))
    return redirect(caso)


def _non_vale(request: HttpRequest, modulo: IndirizzoForm | None = None, *, status: int) -> HttpResponse:
    return render(request, "segnalazioni/chiave_scaduta.html", {"modulo": modulo or IndirizzoForm()}, status=status)


def _nuovo(request: HttpRequest, codice: str) -> HttpResponse:
    modulo = IndirizzoForm(request.POST)
    if not modulo.is_valid():
        return _non_vale(request, modulo, status=422)
    if troppe(request, "nuovo-collegamento", quante=QUANTE, secondi=IN_SECONDI):
        modulo.add_error(None, _("Hai già chiesto diversi collegamenti: aspetta un quarto d’ora e guarda nella posta."))
        return _non_vale(request, modulo, status=429)
    caso = Segnalazione.objects.per_codice(leggi_codice(codice) or "").first()
    if caso is not None:
        actions.chiedi_collegamento(caso, email=modulo.cleaned_data["email"])
    return render(request, "segnalazioni/chiave_chiesta.html", {"email": modulo.cleaned_data["email"]})


def _chiusa(risposta: HttpResponse) -> HttpResponse:
    """The secret in the address goes no further: no cache, no index, and other pages learn only our host."""
    non_conservare(risposta)
    # Not "no-referrer": browsers then send "Origin: null" with our own form, which is what a forgery looks like.
    risposta["Referrer-Policy"] = "strict-origin"
    return risposta
