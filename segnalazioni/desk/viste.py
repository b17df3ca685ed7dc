"""Views of the queue that people keep under a name: what they ask for, and how many cases they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import QueryDict

from segnalazioni.desk.elenchi import Elenco, Sguardo, elenco_di
from segnalazioni.forms.scrivania import FiltriCoda
from segnalazioni.models import VistaSalvata

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Salvata:
    """One of them. quali: its list and condition; None where counting would cost too much on every page (the whole
    archive, a search). sua: it belongs to who looks."""

    pk: int
    nome: str
    url: str
    quali: tuple[Elenco, Q] | None
    sua: bool

    @property
    def chiave(self) -> str:
        """Its name among the counts."""
        return f"vista_{self.pk}"


def viste_salvate(user: User, sguardo: Sguardo) -> list[Salvata]:
    """Those of a colleague and of their offices, in order: one query."""
    return [
        Salvata(v.pk, v.nome, f"?{v.query}", _quali(v.query, sguardo), v.utente_id == user.pk)
        for v in VistaSalvata.objects.di(user)
    ]


def _quali(query: str, sguardo: Sguardo) -> tuple[Elenco, Q] | None:
    valori = QueryDict(query).dict()
    elenco = elenco_di(valori.get("elenco", ""), sguardo)
    if not elenco.contato or valori.get("q"):
        return None
    return elenco, elenco.quali(sguardo) & FiltriCoda.condizioni(valori)
