"""Canned answers where words are written: put after those that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from segnalazioni.models import RispostaPronta, Segnalazione
from segnalazioni.racconto.variabili import riempi

if TYPE_CHECKING:
    from accounts.models import User


def con_la_pronta(user: User, passo: str, post: Mapping[str, str], caso: Segnalazione | None = None) -> str:
    """The words of the form with the chosen answer after them; its variables in words where the case is known."""
    pronte = {str(r.pk): r.testo for r in RispostaPronta.objects.per_passo(user, passo)}
    pronta = pronte.get(post.get("pronta", ""), "")
    if caso is not None:
        pronta = riempi(pronta, caso)
    return "\n\n".join(filter(None, (post.get("testo", "").strip(), pronta)))
