"""Work on many cases while it goes on, and what came of it. For others than who asked for it, it does not exist."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from core.tabelle import scrivi_csv
from core.templatetags.lp import istante
from segnalazioni.desk.massa import titolo_di
from segnalazioni.models import Lavoro, Segnalazione, StatoVoce, VoceLavoro

ULTIMI = 50


@require_safe
@di_servizio
def lavori(request: RichiestaDiServizio) -> HttpResponse:
    """Mine, newest first."""
    miei: Any = Lavoro.objects.filter(autore=request.user).con_conti().order_by("-created_at", "-pk")[:ULTIMI]
    righe = [(lavoro, titolo_di(lavoro.passo, lavoro.tutte), _frase(lavoro)) for lavoro in miei]
    return render(request, "segnalazioni/scrivania/lavori.html", {"righe": righe})


@require_safe
@di_servizio
def lavoro(request: RichiestaDiServizio, uid: Any) -> HttpResponse:
    """One of mine: how far it is, line by line."""
    return render(request, "segnalazioni/scrivania/lavoro.html", _contesto(request, uid))


@require_safe
@di_servizio
def lavoro_stato(request: RichiestaDiServizio, uid: Any) -> HttpResponse:
    """The part of the page that changes, for a page that is open while the work goes on."""
    return render(request, "segnalazioni/scrivania/_lavoro_vivo.html", _contesto(request, uid))


@require_safe
@di_servizio
def lavoro_csv(request: RichiestaDiServizio, uid: Any) -> HttpResponse:
    """The lines as a table to take away."""
    mio = _mio(request, uid)
    testate = [_("numero"), _("esito"), _("motivo"), _("quando")]
    risposta = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="lavoro-{mio.created_at:%Y%m%d-%H%M}.csv"'
    scrivi_csv(risposta, [testate, *map(_riga_csv, _voci(mio))])
    return risposta


def _riga_csv(voce: VoceLavoro) -> list[str]:
    quando = voce.mossa_il.isoformat(timespec="seconds") if voce.mossa_il else ""
    return [voce.segnalazione.codice, voce.get_stato_display(), voce.motivo, quando]


def _mio(request: RichiestaDiServizio, uid: Any) -> Any:
    return get_object_or_404(Lavoro.objects.con_conti().select_related("ufficio"), uid=uid, autore=request.user)


def _voci(mio: Lavoro) -> Any:
    """Those not done first: they are what is left to look at."""
    ordine = [StatoVoce.RIFIUTATA, StatoVoce.DA_FARE, StatoVoce.FATTA]
    voci = VoceLavoro.objects.filter(lavoro=mio).select_related("segnalazione__contributo").order_by("pk")
    return sorted(voci, key=lambda voce: ordine.index(StatoVoce(voce.stato)))


def _contesto(request: RichiestaDiServizio, uid: Any) -> dict[str, Any]:
    mio = _mio(request, uid)
    sue = Segnalazione.objects.del_servizio(request.user).filter(pk__in=mio.voci.values("segnalazione"))
    aperte = set(sue.values_list("pk", flat=True))
    # A case that has gone to others in the meantime keeps its number here, and nothing else.
    voci = [(voce, voce.segnalazione if voce.segnalazione_id in aperte else None) for voce in _voci(mio)]
    fatte = mio.fatte + mio.rifiutate
    return {
        "lavoro": mio,
        "titolo": titolo_di(mio.passo, mio.tutte),
        "frase": _frase(mio),
        "decise": fatte,
        "finito": fatte == mio.tutte,
        "voci": voci,
        "frammento": reverse("scrivania:lavoro_stato", kwargs={"uid": mio.uid}),
        "csv": reverse("scrivania:lavoro_csv", kwargs={"uid": mio.uid}),
        "quando": istante(mio.created_at),
    }


def _frase(mio: Any) -> str:
    """ "17 di 24 fatte, 2 non fatte"."""
    frase = _("%(fatte)d di %(tutte)d fatte") % {"fatte": mio.fatte, "tutte": mio.tutte}
    if mio.rifiutate:
        frase += ", " + ngettext("%(n)d non fatta", "%(n)d non fatte", mio.rifiutate) % {"n": mio.rifiutate}
    return frase
