"""The notices of who is in, on the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.tempo import adesso
from notifiche import actions
from notifiche.emails import oggetto
from notifiche.models import Notifica

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGINA = 20


@dataclass(frozen=True, slots=True)
class Voce:
    """One notice as its row shows it."""

    oggetto: str
    titolo: str
    url: str
    quando: datetime
    letta: bool


def _voce(notifica: Notifica) -> Voce:
    return Voce(
        oggetto=oggetto(notifica.tipo, notifica.dati),
        titolo=notifica.dati.get("titolo", ""),
        url=notifica.percorso,
        quando=notifica.created_at,
        letta=notifica.letta_il is not None,
    )


@login_required
@require_safe
def elenco(request: HttpRequest) -> HttpResponse:
    """What we told this person, newest first. Who works for the Comune reads it within the desk."""
    utente = cast("User", request.user)
    notifiche = Notifica.objects.nel_sito(utente)
    pagina = Paginator(notifiche, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "cornice": "_scrivania.html" if utente.di_servizio else "base.html",
        "briciole": [] if utente.di_servizio else [(_("Area personale"), settings.LOGIN_REDIRECT_URL)],
        "pagina": pagina,
        "voci": [_voce(notifica) for notifica in pagina],
        "da_leggere": notifiche.non_lette().count(),
        "fino_a": adesso().isoformat(),
    }
    return render(request, "notifiche/elenco.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def segna_lette(request: HttpRequest) -> HttpResponse:
    """Marks as read what was there when the page was shown; what has come since stays to be read.

    Opened by hand, or by a login that led back here, it marks nothing and leads to the notices.
    """
    if request.method != "POST":
        return redirect("notifiche:elenco")
    try:
        letto = parse_datetime(request.POST.get("fino_a", ""))
        fino_a = letto.astimezone(UTC) if letto is not None and is_aware(letto) else None
    except (ValueError, OverflowError):  # no instant, or one that lies beyond the calendar
        fino_a = None
    if fino_a is not None:
        actions.segna_lette(cast("User", request.user), fino_a=fino_a)
    return redirect("notifiche:elenco")
