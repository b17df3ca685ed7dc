"""The page of an appointment, for whoever has it: what, when, where; and the way not to come."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts import magic
from core.codici import leggi_codice
from core.ratelimit import troppe
from sportelli import actions
from sportelli.accesso import appuntamento_di
from sportelli.forms import IndirizzoForm
from sportelli.ics import in_ics
from sportelli.models import Appuntamento
from sportelli.racconto import dove, pillola, quando
from sportelli.workflow import Stato

QUANTI, IN_SECONDI = 5, 900


@require_safe
def pagina(request: HttpRequest, codice: str) -> HttpResponse:
    """What its state says, and what one can do now."""
    contesto = _contesto(appuntamento_di(request, codice))
    return _chiusa(render(request, "sportelli/appuntamento/pagina.html", contesto))


def _contesto(appuntamento: Appuntamento) -> dict[str, object]:
    parola, classi = pillola(appuntamento)
    fatti = [
        (_("Quando"), quando(appuntamento.inizio)),
        (_("Dove"), dove(appuntamento.sportello)),
        (_("Per che cosa"), appuntamento.prestazione.nome),
        (_("Quanto dura"), appuntamento.prestazione.get_minuti_display()),
    ]
    return {
        "appuntamento": appuntamento,
        "parola": parola,
        "classi": classi,
        "fatti": fatti,
        "portare": [riga for riga in appuntamento.prestazione.da_portare.splitlines() if riga.strip()],
        "da_confermare": appuntamento.stato == Stato.DA_CONFERMARE,
        "si_disdice": appuntamento.atteso and not appuntamento.passato,
    }


@require_safe
def calendario(request: HttpRequest, codice: str) -> HttpResponse:
    """The appointment for a calendar."""
    appuntamento = appuntamento_di(request, codice)
    risposta = HttpResponse(in_ics(appuntamento), content_type="text/calendar; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="{appuntamento.codice}.ics"'
    return _chiusa(risposta)


@require_http_methods(["GET", "HEAD", "POST"])
def disdici(request: HttpRequest, codice: str) -> HttpResponse:
    """A page that asks, and the button on it."""
    appuntamento = appuntamento_di(request, codice)
    if request.method == "POST":
        actions.disdici(appuntamento)
        messages.success(request, _("Disdetto: il posto è di nuovo libero. Grazie di averlo detto."))
        return redirect(appuntamento)
    if not appuntamento.atteso or appuntamento.passato:
        return redirect(appuntamento)
    return _chiusa(render(request, "sportelli/appuntamento/disdici.html", _contesto(appuntamento)))


# --- the mailed link --------------------------------------------------------------------------------------


@sensitive_variables("segreto")
@require_http_methods(["GET", "HEAD", "POST"])
def chiave(request: HttpRequest, codice: str, segreto: str) -> HttpResponse:
    """The appointment and its buttons. Looking changes nothing (mail scanners look too).

    A link that cannot be used and a number that does not exist answer alike: 404, and the way to a new link.
    """
    percorso = reverse("prenota:appuntamento", kwargs={"codice": leggi_codice(codice) or codice})
    appuntamento = _di_chi(magic.casella(segreto, percorso), codice)
    if appuntamento is None:
        contesto = {"modulo": IndirizzoForm(), "non_vale": True}
        return _chiusa(render(request, "sportelli/appuntamento/ritrova.html", contesto, status=404))
    if request.method == "POST":
        return _chiusa(_usa(request, appuntamento, segreto, percorso))
    return _chiusa(render(request, "sportelli/appuntamento/chiave.html", _contesto(appuntamento)))


def _di_chi(email: str, codice: str) -> Appuntamento | None:
    """The appointment of this mailbox."""
    if not email:
        return None
    return Appuntamento.objects.per_elenco().filter(codice=leggi_codice(codice) or "", email=email).first()


def _usa(request: HttpRequest, appuntamento: Appuntamento, segreto: str, percorso: str) -> HttpResponse:
    che = request.POST.get("che")
    with transaction.atomic():  # a refused step leaves the link good
        email = magic.consuma(segreto, percorso)
        if che == "conferma" and appuntamento.stato == Stato.DA_CONFERMARE:
            actions.conferma(appuntamento)
    magic.ricorda(request, email)
    if che == "disdici":
        return redirect("prenota:disdici", codice=appuntamento.codice)
    if che == "conferma":
        messages.success(request, _("Confermato: ti aspettiamo. Il giorno prima ti mandiamo un promemoria."))
    return redirect(appuntamento)


@require_http_methods(["GET", "HEAD", "POST"])
def ritrova(request: HttpRequest) -> HttpResponse:
    """For who has lost the link: the same answer whether or not we know the address."""
    modulo = IndirizzoForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "sportelli/appuntamento/ritrova.html", {"modulo": modulo, "non_vale": False})
    if modulo.is_valid() and troppe(request, "ritrova-appuntamento", quante=QUANTI, secondi=IN_SECONDI):
        modulo.add_error(None, _("Hai già chiesto diversi collegamenti: aspetta un quarto d’ora e guarda nella posta."))
    if not modulo.is_valid():
        contesto = {"modulo": modulo, "non_vale": False}
        return render(request, "sportelli/appuntamento/ritrova.html", contesto, status=422)
    actions.chiedi_collegamento(modulo.cleaned_data["email"])
    return render(request, "sportelli/appuntamento/chiesto.html", {"email": modulo.cleaned_data["email"]})


def _chiusa(risposta: HttpResponse) -> HttpResponse:
    """For nobody's cache, for no index; other pages learn only our host, not the secret in the address."""
    risposta["Cache-Control"] = "private, no-store"
    risposta["X-Robots-Tag"] = "noindex"
    # Not "no-referrer": browsers then send "Origin: null" with our own form, which is what a forgery looks like.
    risposta["Referrer-Policy"] = "strict-origin"
    return risposta
