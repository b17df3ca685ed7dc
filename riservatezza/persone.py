"""Whose data: the rows of the register that belong to one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Model, Q, QuerySet

from riservatezza.registro import Regola

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who asks: by account (whose confirmed address is theirs too), or by a mailbox they proved to read."""

    utente: User | None = None
    email: str = ""

    @property
    def casella(self) -> str:
        """The mailbox, in small letters."""
        return (self.utente.email if self.utente else self.email).lower()


def righe_di(persona: Persona, regola: Regola) -> QuerySet[Model] | None:
    """The rows of a rule that are this person's; None where the rule knows no owner of this kind."""
    di_chi = regola.di_chi
    if di_chi is None:
        return None
    chi = Q()
    if persona.utente is not None and di_chi.account:
        chi |= Q(**{di_chi.account: persona.utente.pk}, **di_chi.inoltre)
    if persona.casella and di_chi.casella:
        chi |= Q(**{di_chi.casella: persona.casella}, **di_chi.inoltre)
    if not chi:
        return None
    righe: QuerySet[Model] = QuerySet(model=regola.classe)
    # By key: DISTINCT on whole rows is refused by PostgreSQL where one of them is JSON.
    trovate = righe.filter(chi, di_chi.quali).values("pk")
    return QuerySet(model=regola.classe).filter(pk__in=trovate).order_by("pk")
