"""The page of who has an account: what waits for them, what they reported, what they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.templatetags.lp import giorno_settimana
from core.tempo import adesso, oggi
from notifiche.models import Notifica
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.racconto import pillola, scadenza
from segnalazioni.workflow import PROCEDURA, RuoloCaso
from sportelli.models import Appuntamento
from sportelli.models.appuntamento import AppuntamentoQuerySet
from sportelli.racconto import pillola as pillola_appuntamento
from sportelli.racconto import quando as quando_appuntamento
from sportelli.workflow import Stato as StatoAppuntamento

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGINA = 10
# Steps for which the office waits for the reporter. What they are told of the wait; the step is also the anchor of
# its form on the page of the case.
_TOCCA_A_TE = {
    "rispondi": _l("l’ufficio ti ha fatto una domanda."),
    "osserva": _l("l’ufficio pensa di non poterla accogliere. Prima che decida puoi scrivere le tue osservazioni."),
}


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def area_personale(request: HttpRequest) -> HttpResponse:
    """Cases of this person with their states; those for which the office waits for them on top."""
    io = cast("User", request.user)
    tutte_mie = _mie(io)
    mie, seguite = _pagina(tutte_mie, request, "pagina"), _pagina(_seguite(io), request, "seguite")
    contesto = {
        "in_attesa": [_tocca_a_te(caso) for caso in tutte_mie.filter(_aspettano_me())[:PER_PAGINA]],
        "mie": mie,
        "righe_mie": [_riga(caso) for caso in mie],
        "seguite": seguite,
        "righe_seguite": [_riga(caso) for caso in seguite],
        "appuntamenti": [_appuntamento(suo) for suo in _appuntamenti(io)],
        "da_leggere": Notifica.objects.nel_sito(io).non_lette().count(),
    }
    return render(request, "home/area_personale.html", contesto)


def _appuntamenti(io: User) -> AppuntamentoQuerySet:
    """What lies ahead, and what the office has cancelled of it."""
    tutti = Appuntamento.objects.filter(utente=io, inizio__gt=adesso()).exclude(stato=StatoAppuntamento.DISDETTO)
    return tutti.per_elenco().order_by("inizio")[:PER_PAGINA]


def _appuntamento(suo: Appuntamento) -> dict[str, Any]:
    """A row for components/righe.html."""
    parola, classi = pillola_appuntamento(suo)
    return {
        "url": suo.get_absolute_url(),
        "titolo": quando_appuntamento(suo.inizio),
        "testo": f"{suo.sportello.nome} · {suo.prestazione.nome}",
        "parola": parola,
        "classi": classi,
    }


def _mie(io: User) -> SegnalazioneQuerySet:
    return _di(io).filter(seguaci__utente=io, seguaci__segnalante=True)


def _seguite(io: User) -> SegnalazioneQuerySet:
    return _di(io).filter(seguaci__utente=io, seguaci__segnalante=False)


def _di(io: User) -> SegnalazioneQuerySet:
    return Segnalazione.objects.visibili_a(io).per_elenco().order_by("-aggiornata_il", "-pk")


def _aspettano_me() -> Q:
    """Cases whose table lets the reporter speak; a question may also be answered late, observations may not."""
    return Q(stato__in=_stati_con("rispondi")) | Q(stato__in=_stati_con("osserva"), attesa_fino_al__gte=oggi())


def _stati_con(passo: str) -> list[str]:
    """States from which the reporter may take this step."""
    segnalante = frozenset({RuoloCaso.SEGNALANTE})
    return [s for s in PROCEDURA.stati if any(r.passo == passo for r in PROCEDURA.possibili(s, segnalante))]


def _tocca_a_te(caso: Segnalazione) -> dict[str, Any]:
    """A line for home/_tocca_a_te.html: where to write, why, and the last day of it."""
    passo = next(p for p in _TOCCA_A_TE if caso.stato in _stati_con(p))
    return {
        "url": f"{caso.url()}#{passo}",
        "titolo": caso.titolo,
        "frase": _TOCCA_A_TE[passo],
        "fino_al": caso.attesa_fino_al if caso.attesa else None,
    }


def _pagina(casi: SegnalazioneQuerySet, request: HttpRequest, parametro: str) -> Page[Segnalazione]:
    return Paginator(casi, PER_PAGINA).get_page(request.GET.get(parametro))


def _riga(caso: Segnalazione) -> dict[str, Any]:
    """A row for components/righe.html."""
    stato = pillola(caso)
    return {
        "url": caso.url(),
        "titolo": caso.titolo,
        "testo": " · ".join(filter(None, (caso.codice, caso.dove, _quando(caso)))),
        "parola": stato.parola,
        "classi": stato.classi,
    }


def _quando(caso: Segnalazione) -> str:
    entro = scadenza(caso)
    if entro is None or caso.sospesa:
        return ""
    if entro.tono == "tardi":
        return entro.parole
    return _("risposta entro %(giorno)s") % {"giorno": giorno_settimana(entro.giorno)}
