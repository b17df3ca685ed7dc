"""Pages that somebody should read again: when, and which are they."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate

from cms.models import BasePage, aggiungi_mesi
from core.tempo import oggi

PRIMA = timedelta(days=30)  # from then on the date is near


def _ultima() -> Any:
    """The day of the last reading: said to be right, or published, whichever is later."""
    uscita = TruncDate("last_published_at")
    return Case(
        When(verificata_il__gte=uscita, then=F("verificata_il")),
        default=Coalesce(uscita, F("verificata_il")),
        output_field=DateField(),
    )


def da_rivedere(pagine: QuerySet[Any], entro: date | None = None) -> QuerySet[Any]:
    """Live pages whose date falls by this day (default: in a month), the oldest reading first."""
    limite = entro or oggi() + PRIMA
    vive = pagine.filter(live=True, depth__gt=1, rivedere_ogni__isnull=False)
    mesi = BasePage.objects.filter(rivedere_ogni__isnull=False).order_by().values_list("rivedere_ogni", flat=True)
    quali = Q(pk__in=[])
    for ogni in sorted(set(mesi)):
        quali |= Q(rivedere_ogni=ogni, ultima__lte=aggiungi_mesi(limite, -ogni))
    vecchie: QuerySet[Any] = vive.annotate(ultima=_ultima()).filter(quali).order_by("ultima", "pk")
    return vecchie


def in_scadenza(pagine: QuerySet[Any]) -> QuerySet[Any]:
    """Live pages that leave the site by themselves within a month, the next first."""
    vive: QuerySet[Any] = pagine.filter(live=True, expire_at__isnull=False)
    presto: QuerySet[Any] = vive.filter(expire_at__date__lte=oggi() + PRIMA).order_by("expire_at", "pk")
    return presto
