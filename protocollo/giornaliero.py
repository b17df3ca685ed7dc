"""The register of one day as CSV, as it goes to conservation."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.timezone import get_default_timezone, localtime, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, solo_urp
from core.tabelle import in_csv
from protocollo.models import Registrazione, StatoProtocollo

logger = logging.getLogger(__name__)

_COLONNE = ("registro", "anno", "numero", "registrata_il", "verso", "mittente", "oggetto", "impronta", "documento")


@require_safe
@solo_urp
def giornaliero(request: RichiestaDiServizio) -> HttpResponse:
    """The register of one day as CSV, for conservation (DPCM 3 December 2013, art. 7, c. 5). 400 without a day."""
    giorno = _giorno(request.GET.get("giorno", ""))
    if giorno is None:
        return HttpResponse(_("Manca il giorno, fatto così: 2026-11-25."), status=400, content_type="text/plain")
    logger.info("register of %s taken away by %s", giorno, request.user.uid)
    risposta = HttpResponse(_testo(giorno), content_type="text/csv; charset=utf-8")
    risposta["Content-Disposition"] = f'attachment; filename="registro-{giorno}.csv"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta


def _giorno(scritto: str) -> date | None:
    try:
        return parse_date(scritto)
    except ValueError:  # 2026-02-30
        return None


def _testo(giorno: date) -> str:
    inizio = make_aware(datetime.combine(giorno, time.min), get_default_timezone())
    fine = make_aware(datetime.combine(giorno + timedelta(days=1), time.min), get_default_timezone())
    righe = Registrazione.objects.select_related("contributo").filter(
        stato=StatoProtocollo.PROTOCOLLATO, registrata_il__gte=inizio, registrata_il__lt=fine
    )
    return in_csv([("", [_COLONNE, *map(_riga, righe.order_by("registro", "anno", "numero"))])])


def _riga(riga: Registrazione) -> list[Any]:
    quando = localtime(riga.registrata_il, get_default_timezone()).isoformat() if riga.registrata_il else ""
    parole = (riga.mittente, riga.oggetto)
    return [riga.registro, riga.anno, riga.numero, quando, "entrata", *parole, riga.impronta, riga.chiave]
