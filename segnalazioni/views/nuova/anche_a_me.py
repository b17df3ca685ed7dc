"""«Anche a me» while filing: the report is there already, so one more person counts on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.codici import leggi_codice
from core.ratelimit import troppe
from segnalazioni import actions
from segnalazioni.accesso import Visitatore, segno_del_browser, seguaci_di
from segnalazioni.forms.pagina import IndirizzoForm
from segnalazioni.models import Segnalazione, Seguace
from segnalazioni.views.nuova._bozza import apri, briciole, modulo, troppo_spesso, voci_di

FIRME_ALL_ORA = 30
MAIL_ALL_ORA = 10


def firma(request: HttpRequest, codice: str) -> HttpResponse:
    """Counts this browser, or this account, once on a public report, then leads to the page that says so."""
    caso = _pubblica(codice)
    if troppe(request, "anche_a_me", quante=FIRME_ALL_ORA, secondi=3600):
        return troppo_spesso(request)
    chi = Visitatore.di(request)
    sessione = "" if chi.account else segno_del_browser(request.session, nuovo=True)
    actions.segui(caso, firma=True, utente=chi.account, sessione=sessione)
    return redirect("segnalazioni:nuova_anche_a_me", codice=caso.codice)


@modulo
def anche_a_me(request: HttpRequest, codice: str) -> HttpResponse:
    """You count too; an address, if you like, to know how it goes on; and what about the draft?"""
    caso = _pubblica(codice)
    if not seguaci_di(caso, Visitatore.di(request)).filter(firma=True).exists():
        return redirect(caso)
    form = IndirizzoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _segui_per_mail(request, caso, form.cleaned_data["email"])
    voci = voci_di(form) if form.is_bound else []
    contesto = {
        "caso": caso,
        "persone": Seguace.objects.filter(segnalazione=caso, firma=True).count(),
        "form": form,
        "voci": voci,
        "briciole": briciole(),
        "bozza": apri(request).bozza,
    }
    return render(request, "segnalazioni/nuova/anche_a_me.html", contesto, status=422 if voci else 200)


def _segui_per_mail(request: HttpRequest, caso: Segnalazione, email: str) -> HttpResponse:
    if troppe(request, "segui_per_mail", quante=MAIL_ALL_ORA, secondi=3600):
        return troppo_spesso(request)
    # The signature has been counted already: this row only follows.
    actions.segui(caso, firma=False, email=email)
    messages.success(request, _("Ti abbiamo mandato una mail: aprila e conferma, poi ricevi ogni novità."))
    return redirect("segnalazioni:nuova_anche_a_me", codice=caso.codice)


def _pubblica(codice: str) -> Segnalazione:
    proprio = leggi_codice(codice)
    caso = Segnalazione.objects.pubbliche().per_codice(proprio).first() if proprio else None
    if caso is None:
        raise Http404
    return caso
