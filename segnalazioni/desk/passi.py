"""The door of every step. Whatever refuses a step, the page comes back with all that the colleague typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comune.porte import RichiestaDiServizio, di_servizio, scritto
from comune.ruoli import uffici_di
from core.codici import leggi_numero
from core.errors import DomainError
from core.workflow import PassoNonPossibile, Transizione
from segnalazioni.actions import DI_GRUPPO, VERBI, blocca_gruppo, pretendi_versione
from segnalazioni.desk import anteprima as anteprime
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.caso import pagina
from segnalazioni.desk.coda import Posto, posto_di
from segnalazioni.desk.fascicolo import avvisa_quanti, modulo
from segnalazioni.desk.mosse import possibili
from segnalazioni.desk.pronte import con_la_pronta
from segnalazioni.forms.scrivania import PassoForm
from segnalazioni.models import Segnalazione
from segnalazioni.racconto import Vista, VoceLinea, pillola, voci

# Rules that say "somebody was faster": answered with what happened in the meantime.
_CAMBIATO = frozenset({"caso_cambiato", "passo_non_possibile"})


@dataclass(frozen=True, slots=True)
class Conflitto:
    """Why a step was not taken: what happened since the page was read. scritto: typed words that no form holds now."""

    fatti: list[VoceLinea]
    scritto: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@di_servizio
def passo(request: RichiestaDiServizio, codice: str, passo: str) -> HttpResponse:
    """Takes a step. 422: data missing or wrong; 409: a rule refuses, or the case moved since the page was read.

    Opened by hand it leads to the case, with the form of the step.
    """
    if passo not in VERBI:
        raise Http404
    if request.method != "POST":
        return redirect(f"{caso_di(request.user, codice).url_scrivania()}?passo={passo}#lavoro")
    try:
        caso = caso_di(request.user, codice)
    except Http404:
        return passata_ad_altri(request, codice)
    riga, vista = _riga(caso, passo, request), _versione_letta(request)
    if riga is None or vista != caso.versione:
        return _conflitto(request, caso, passo, vista)
    if "inserisci" in request.POST:
        return _con_la_pronta(request, caso, riga)
    if "solo_anteprima" in request.POST:
        return _guarda_prima(request, caso, riga)
    return _prova(request, caso, riga)


def _prova(request: RichiestaDiServizio, caso: Segnalazione, riga: Transizione) -> HttpResponse:
    form = modulo(riga, caso, request.user, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return pagina(request, caso, form=form, status=422)
    try:
        return _compi(request, caso, form)
    except DomainError as rifiuto:
        if rifiuto.codice in _CAMBIATO:
            return _conflitto(request, caso_di(request.user, caso.codice), riga.passo, caso.versione)
        form.add_error(None, rifiuto.messaggio)
        return pagina(request, caso, form=form, status=409)


def _con_la_pronta(request: RichiestaDiServizio, caso: Segnalazione, riga: Transizione) -> HttpResponse:
    """The form as it was filled, with the chosen canned answer in it: no step is taken."""
    scritto = {nome: valore for nome, valore in request.POST.items() if nome != "versione"}
    scritto["testo"] = con_la_pronta(request.user, riga.passo, request.POST, caso)
    return pagina(request, caso, form=modulo(riga, caso, request.user, initial=scritto))


@require_POST
@di_servizio
def anteprima(request: RichiestaDiServizio, codice: str, passo: str) -> HttpResponse:
    """What the citizen would read with the data typed so far: a fragment, nothing is written."""
    caso = caso_di(request.user, codice)
    riga = _riga(caso, passo, request)
    if riga is None:
        raise PassoNonPossibile(caso.stato, passo)
    form = modulo(riga, caso, request.user, data=request.POST)
    dati = {"caso": caso, "anteprima": anteprime.anteprima(form, caso), "avvisa": avvisa_quanti(caso)}
    return render(request, "segnalazioni/scrivania/_anteprima.html", dati)


def _guarda_prima(request: RichiestaDiServizio, caso: Segnalazione, riga: Transizione) -> HttpResponse:
    """Without JavaScript: the page again, what was typed beside what it will become. Nothing is written or refused."""
    form = modulo(riga, caso, request.user, data=request.POST)
    anteprime.anteprima(form, caso)
    form.errors.clear()  # what is missing the preview says, without calling it a mistake
    return pagina(request, caso, form=form)


def _riga(caso: Segnalazione, passo: str, request: RichiestaDiServizio) -> Transizione | None:
    return next((riga for riga in possibili(caso, request.user) if riga.passo == passo), None)


def _versione_letta(request: RichiestaDiServizio) -> int:
    return leggi_numero(request.POST.get("versione", "")) or 0


def _compi(request: RichiestaDiServizio, caso: Segnalazione, form: PassoForm) -> HttpResponse:
    posto, query = posto_di(caso, request.user, request.GET)  # before it leaves the list
    with transaction.atomic():
        if form.riga.passo in DI_GRUPPO:
            blocca_gruppo(caso, form.dati.get("originale"))
        attuale = pretendi_versione(caso, form.cleaned_data["versione"])
        fatto = VERBI[form.riga.passo](attuale, operatore=request.user, **form.dati)
    messages.success(request, _fatto(fatto, posto))
    if not Segnalazione.objects.del_servizio(request.user).filter(pk=fatto.pk).exists():
        return redirect(posto.elenco[1].partition("#")[0])
    return redirect(f"{fatto.url_scrivania()}{query}")


def _fatto(caso: Segnalazione, posto: Posto) -> str:
    frase = _("Fatto. La segnalazione ora è: %(stato)s.") % {"stato": pillola(caso).parola.lower()}
    if not posto.dopo:
        return frase
    return format_html('{} <a href="{}" rel="next">{}</a>', frase, posto.dopo, _("Vai alla successiva"))


def _conflitto(request: RichiestaDiServizio, caso: Segnalazione, passo: str, vista: int) -> HttpResponse:
    """The page as it is now, with who did what in the meantime and the words typed, to be sent again if they can."""
    nuovi = max(0, caso.versione - vista) if vista else 1
    fatti = [v for v in voci(caso, vista=Vista.SCRIVANIA) if v.quando is not None][:nuovi]
    riga = _riga(caso, passo, request)
    form = None
    if riga is not None:
        dati = request.POST.copy()
        dati["versione"] = str(caso.versione)
        form = modulo(riga, caso, request.user, data=dati)
    conflitto = Conflitto(fatti, [] if form else scritto(request))
    return pagina(request, caso, form=form, status=409, conflitto=conflitto)


def passata_ad_altri(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """A case that has left the office while somebody was writing: the words come back. Never theirs: 404."""
    era_nostra = Segnalazione.objects.per_codice(codice).filter(passaggi__ufficio__in=uffici_di(request.user))
    if not era_nostra.exists():
        raise Http404
    dati = {"codice": codice, "scritto": scritto(request)}
    return render(request, "segnalazioni/scrivania/passata.html", dati, status=409)
