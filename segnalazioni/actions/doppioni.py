"""Cases about the same thing: joined, detached, and what becomes of them when the one they follow ends.

A merged case keeps its parent (`originale`) and the end of the chain (`radice`). Whoever changes the shape of a group
first locks all of it (blocca_gruppo); two at once from two sides wait for one another, and the second finds out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import DomainError
from segnalazioni.actions.avvisi import dopo
from segnalazioni.actions.passi import Dati, compi, compi_sulla_bloccata
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import PROCEDURA, RuoloCaso

if TYPE_CHECKING:
    from accounts.models import User

# Steps that change the shape of a group: their doors lock it before they look at anything.
DI_GRUPPO = frozenset({"unisci", "stacca"})


def blocca_gruppo(*casi: Segnalazione | None) -> None:
    """Locks these cases and all those of their groups, in the order of their keys.

    Raises DomainError "caso_cambiato" when a group has changed shape while we were waiting.
    """
    chiavi = {caso.pk for caso in casi if caso is not None}
    prima = _insieme(chiavi)
    list(Segnalazione.objects.select_for_update().filter(pk__in=prima).order_by("pk").values_list("pk", flat=True))
    if _insieme(chiavi) != prima:
        raise DomainError("caso_cambiato", _("Nel frattempo una di queste è stata unita o staccata: guarda di nuovo."))


def _insieme(chiavi: set[int]) -> set[int]:
    """Keys of the groups of these cases: the ends of their chains, and all that hangs there."""
    righe = Segnalazione.objects.filter(pk__in=chiavi).values_list("pk", "radice")
    radici = {radice or pk for pk, radice in righe}
    return radici | chiavi | set(Segnalazione.objects.filter(radice__in=radici).values_list("pk", flat=True))


@transaction.atomic
def unisci(
    segnalazione: Segnalazione, *, operatore: User, originale: Segnalazione, testo: str = "", nota: str = ""
) -> Segnalazione:
    """The same as another open case; the cases joined to it so far follow it there."""
    blocca_gruppo(segnalazione, originale)
    madre = Segnalazione.objects.per_elenco().get(pk=originale.pk)
    dati = Dati(originale=madre, testo=testo, nota=nota)
    caso, passaggio = compi("unisci", segnalazione, autore=operatore, dati=dati)
    dopo(caso, passaggio, testo=testo)
    Segnalazione.objects.filter(radice=caso).update(radice=madre)
    return caso


@transaction.atomic
def stacca(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """Not the same after all: it goes on, with those that had been joined to it and its own clock."""
    blocca_gruppo(segnalazione)
    dati = Dati(testo=testo, nota=nota)
    return _staccata(*compi("stacca", segnalazione, autore=operatore, dati=dati), testo)


def _staccata(caso: Segnalazione, passaggio: Passaggio, testo: str) -> Segnalazione:
    _riprende_le_sue(caso)
    dopo(caso, passaggio, testo=testo)
    return caso


def _riprende_le_sue(caso: Segnalazione) -> None:
    """What hangs from the case hangs from it alone again, however deep."""
    livello = {caso.pk}
    while livello:
        livello = set(Segnalazione.objects.filter(originale__in=livello).values_list("pk", flat=True))
        Segnalazione.objects.filter(pk__in=livello).update(radice=caso)


def stacca_le_unite(madre: Segnalazione) -> None:
    """The case they were joined to has been taken back: those joined to it live on, each on its own.

    To be called by the step that ends it, in its transaction: the engine has locked them with it.
    """
    testo = _("La segnalazione a cui era unita è stata ritirata: questa va avanti da sola.")
    for unita in _unite(madre, "stacca", diretta=True):
        mossa = compi_sulla_bloccata("stacca", unita, autore=None, come=RuoloCaso.SISTEMA, dati=Dati(testo=testo))
        _staccata(*mossa, testo)


def chiudi_le_unite(madre: Segnalazione) -> None:
    """The case they were joined to is closed: they close with it.

    To be called by whatever closes it, in its transaction. Where its people have already heard of the parent's
    closing they are not told twice; of a parent that they may not read they hear only this.
    """
    for unita in _unite(madre, "archivia"):
        caso, passaggio = compi_sulla_bloccata("archivia", unita, autore=None, come=RuoloCaso.SISTEMA)
        if not madre.pubblica:
            dopo(caso, passaggio)


def _unite(madre: Segnalazione, passo: str, *, diretta: bool = False) -> list[Segnalazione]:
    """The cases of the group that may take this step now; diretta: those joined to this very one."""
    quali = Q(originale=madre) if diretta else Q(radice=madre)
    unite = Segnalazione.objects.per_elenco().filter(quali).order_by("pk")
    return [caso for caso in unite if PROCEDURA.cerca(caso.stato, passo)]
