"""What people think of pages, counted: of one page, of all of them, the last ninety days beside ever."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from chiarezza.domande import STELLE, Motivo
from chiarezza.models import Giudizio
from cms.models import BasePage
from comune.ruoli import e_urp
from core.tempo import adesso

if TYPE_CHECKING:
    from accounts.models import User

RECENTI = timedelta(days=90)


def visti_da(user: User | AnonymousUser) -> QuerySet[Giudizio]:
    """The opinions this editor may read: of pages they may change; the URP and who runs the site, all."""
    if user.is_superuser or e_urp(user):
        return Giudizio.objects.all()
    return Giudizio.objects.filter(pagina__in=_modificabili(user).values("pk"))


def si_legge(user: User | AnonymousUser, pagina: BasePage) -> bool:
    """May this editor read what is thought of this page?"""
    if user.is_superuser or e_urp(user):
        return True
    return bool(pagina.permissions_for_user(user).can_edit())


def _modificabili(user: User | AnonymousUser) -> QuerySet[Any]:
    pagine: QuerySet[Any] = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return pagine


def media_in_parole(media: float | None) -> str:
    """ "3,4"; "–" without opinions."""
    return "–" if media is None else f"{media:.1f}".replace(".", ",")


@dataclass
class Conto:
    """Opinions counted: how many of each number of stars, and which reasons."""

    voti: Counter[int] = field(default_factory=Counter)
    motivi: Counter[str] = field(default_factory=Counter)

    @property
    def quanti(self) -> int:
        """How many."""
        return self.voti.total()

    @property
    def media(self) -> float | None:
        """Mean of the stars."""
        return sum(voto * n for voto, n in self.voti.items()) / self.quanti if self.quanti else None

    @property
    def in_parole(self) -> str:
        """ "3,4 su 5"."""
        return _("%(media)s su 5") % {"media": media_in_parole(self.media)}

    @property
    def distribuzione(self) -> list[tuple[int, int, int]]:
        """(stars, how many, per cent), from five down."""
        tutti = self.quanti or 1
        return [(n, self.voti[n], round(100 * self.voti[n] / tutti)) for n in reversed(STELLE)]

    @property
    def perche(self) -> list[tuple[str, int]]:
        """(reason in words, how many), the most frequent first. «Altro» says whether it pleased or not."""
        return [(_parole(motivo), n) for motivo, n in self.motivi.most_common()]


def _parole(motivo: str) -> str:
    detto = {Motivo.ALTRO_BENE: _("Altro, fra gli aspetti preferiti"), Motivo.ALTRO_MALE: _("Altro, fra le difficoltà")}
    return str(detto.get(Motivo(motivo), Motivo(motivo).label))


def conti_di(giudizi: QuerySet[Giudizio]) -> tuple[Conto, Conto]:
    """(the last ninety days, what came before): one query."""
    recenti, prima = Conto(), Conto()
    righe = (
        giudizi.order_by().values_list("voto", "motivo").annotate(n=Count("pk"), di_adesso=Count("pk", filter=_ora()))
    )
    for voto, motivo, n, di_adesso in righe:
        for conto, quanti in ((recenti, di_adesso), (prima, n - di_adesso)):
            if quanti:
                conto.voti[voto] += quanti
                conto.motivi.update({motivo: quanti} if motivo else {})
    return recenti, prima


def _ora() -> Q:
    return Q(created_at__gte=adesso() - RECENTI)


def per_pagina(giudizi: QuerySet[Giudizio]) -> Any:
    """One row for each page, the worst of the last ninety days first: {pagina, percorso, sezione, media, recenti,
    media_recente, tutti, con_parole}. Pages that are no more stand by their address."""
    righe: Any = giudizi.order_by().values("pagina", "percorso", "sezione")
    return righe.annotate(
        recenti=Count("pk", filter=_ora()),
        media_recente=Avg("voto", filter=_ora()),
        tutti=Count("pk"),
        media=Avg("voto"),
        con_parole=Count("pk", filter=~Q(parole="")),
    ).order_by(F("media_recente").asc(nulls_last=True), "media", "-tutti", "percorso")
