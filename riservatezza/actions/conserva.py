"""Retention: what the register says is kept no longer goes, a batch at a time; run again it does nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CASCADE, FileField, JSONField, Model, Q, QuerySet
from django.db.models.fields.files import FieldFile

from core.storage import butta_dopo
from core.tempo import adesso
from riservatezza.models import Conservazione
from riservatezza.registro import REGOLE, Come, Regola, Termine
from segnalazioni.actions import svuota_parole, svuota_recapiti

LOTTO = 500  # rows of one transaction
# Rows that cannot simply be emptied: a title goes on being the name of a link, a person goes on being counted once.
_SU_MISURA: dict[str, Callable[[Iterable[int]], None]] = {
    "segnalazioni.Segnalazione": svuota_parole,
    "segnalazioni.Seguace": svuota_recapiti,
}


def conserva(*, prova: bool = False, lotto: int = LOTTO) -> dict[str, int]:
    """Applies every rule of the register whose term is over; answers how many rows of each kind it touched.

    prova: only counts. One transaction per batch, so that it may be stopped anywhere and go on another day. Writes a
    Conservazione when it touched something.
    """
    ora = adesso()
    conti: dict[str, int] = {}
    for regola in REGOLE:
        if regola.termine is Termine.PROPRIO:
            continue
        quante = scadute(regola, ora).count() if prova else _applica(regola, ora, lotto)
        if quante:
            chiave = f"{regola.modello}: {', '.join(regola.campi) or '*'}"
            conti[chiave] = conti.get(chiave, 0) + quante
    if conti and not prova:
        Conservazione.objects.create(conti=conti, created_at=ora)
    return conti


def scadute(regola: Regola, ora: datetime) -> QuerySet[Model]:
    """The rows of a rule whose term is over and that still hold something, oldest first."""
    limite = anni_prima(ora, getattr(settings, regola.termine.value))
    # A plain queryset: that of an append-only model refuses to delete, and this is the one who may.
    righe: QuerySet[Model] = QuerySet(model=regola.classe)
    righe = righe.filter(**{f"{regola.dal}__lt": limite}, **regola.solo)
    return (righe.filter(piene(regola)) if regola.come is Come.SVUOTA else righe).order_by("pk")


def anni_prima(ora: datetime, anni: int) -> datetime:
    """The same day so many years before; 29 February becomes the 28th."""
    try:
        return ora.replace(year=ora.year - anni)
    except ValueError:
        return ora.replace(year=ora.year - anni, day=28)


def piene(regola: Regola) -> Q:
    """At least one of the fields holds something."""
    condizione = Q()
    for campo, vuoto in vuoti(regola).items():
        condizione |= ~Q(**{campo: vuoto})
    return condizione


def vuoti(regola: Regola) -> dict[str, Any]:
    """Field → what it holds when it is empty."""
    campi = {nome: regola.classe._meta.get_field(nome) for nome in regola.campi}
    return {nome: {} if isinstance(campo, JSONField) else "" for nome, campo in campi.items()} | regola.aggiorna


def _applica(regola: Regola, ora: datetime, lotto: int) -> int:
    fatte = 0
    while True:
        with transaction.atomic():
            chiavi = list(scadute(regola, ora).values_list("pk", flat=True)[:lotto])
            esegui(regola, chiavi, regola.come)
        fatte += len(chiavi)
        if len(chiavi) < lotto:
            return fatte


def esegui(regola: Regola, chiavi: list[int], come: Come) -> None:
    """Empties or deletes these rows of a rule; files go once that is certain. To be called in a transaction."""
    if not chiavi:
        return
    righe: QuerySet[Model] = QuerySet(model=regola.classe).filter(pk__in=chiavi)
    if come is Come.SVUOTA and regola.modello in _SU_MISURA:
        _SU_MISURA[regola.modello](chiavi)
    elif come is Come.SVUOTA:
        righe.update(**vuoti(regola))
    else:
        _butta_i_file(regola, righe)
        righe.delete()


def _butta_i_file(regola: Regola, righe: QuerySet[Model]) -> None:
    for riga in righe:
        butta_dopo(*_file_di(riga))


def _file_di(riga: Model) -> Iterator[FieldFile]:
    """The files of a row, and of the one row that goes with it (the original of a covered photo)."""
    for campo in riga._meta.local_fields:
        if isinstance(campo, FileField) and getattr(riga, campo.name):
            yield getattr(riga, campo.name)
    for legame in riga._meta.related_objects:
        if legame.one_to_one and legame.on_delete is CASCADE and hasattr(riga, legame.get_accessor_name() or ""):
            yield from _file_di(getattr(riga, legame.get_accessor_name() or ""))
