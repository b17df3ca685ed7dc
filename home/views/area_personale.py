"""The page of who has an account: what waits for them, what they reported, what they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.templatetags.lp import giorno_settimana
from notifiche.models import Notifica
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.racconto import pillola, scadenza
from segnalazioni.workflow import PROCEDURA, RuoloCaso

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGINA = 10
RISPONDI = "rispondi"  # the step for which the office waits for the reporter


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def area_personale(request: HttpRequest) -> HttpResponse:
    """Cases of this person with their states; the ones that wait for an answer on top."""
    io = cast("User", request.user)
    tutte_mie = _mie(io)
    mie, seguite = _pagina(tutte_mie, request, "pagina"), _pagina(_seguite(io), request, "seguite")
    contesto = {
        "in_attesa": list(tutte_mie.filter(stato__in=_aspettano_me())[:PER_PAGINA]),
        "mie": mie,
        "righe_mie": [_riga(caso) for caso in mie],
        "seguite": seguite,
        "righe_seguite": [_riga(caso) for caso in seguite],
        "da_leggere": Notifica.objects.nel_sito(io).non_lette().count(),
    }
    return render(request, "home/area_personale.html", contesto)


def _mie(io: User) -> SegnalazioneQuerySet:
    return _di(io).filter(seguaci__utente=io, seguaci__segnalante=True)


def _seguite(io: User) -> SegnalazioneQuerySet:
    return _di(io).filter(seguaci__utente=io, seguaci__segnalante=False)


def _di(io: User) -> SegnalazioneQuerySet:
    return Segnalazione.objects.visibili_a(io).per_elenco().order_by("-aggiornata_il", "-pk")


def _aspettano_me() -> list[str]:
    """States in which the table lets the reporter answer."""
    segnalante = frozenset({RuoloCaso.SEGNALANTE})
    return [s for s in PROCEDURA.stati if any(r.passo == RISPONDI for r in PROCEDURA.possibili(s, segnalante))]


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
