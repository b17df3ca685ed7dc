"""All groups counted in one statement: the cases are read once, then counted by each dimension.

The statement is built from a queryset, so that who may see what and the filters are those of everywhere else, and is
the same on SQLite and PostgreSQL. It answers one row for group, class and number of days: some thousands, whatever the
number of cases; medians and shares are made of them in Python, hence alike on both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, DateField, Exists, F, Func, IntegerField, OuterRef, Value, When
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from segnalazioni.models import Passaggio
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.statistiche.misure import QUALI, SENZA, Conteggio, giorno_locale
from segnalazioni.statistiche.pareri import Pareri, quale_parere

# Dimension → the field that its groups are told apart by; a category counts with its group.
DIMENSIONI = {
    "ufficio": F("ufficio_id"),
    "categoria": Coalesce(F("categoria__madre_id"), F("categoria_id")),
    "quartiere": F("contributo__quartiere_id"),
    "canale": F("contributo__canale"),
    "mese": ExtractYear("arrivata") * 100 + ExtractMonth("arrivata"),
}
# Those that opinions are told apart by.
DEI_PARERI = ("ufficio", "categoria", "quartiere")
_CLASSI = ("oltre", "aperte", "altre", "senza_termine", "tardi")


class _Giorni(Func):
    """Whole days between two dates."""

    output_field = IntegerField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **altro: Any) -> Any:
        """date - date is an integer there."""
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" - ", **altro)

    def as_sqlite(self, compiler: Any, connection: Any, **altro: Any) -> Any:
        """Julian days of midnights differ by whole numbers, but for the last digit."""
        a, pa = compiler.compile(self.source_expressions[0])
        da, pda = compiler.compile(self.source_expressions[1])
        return f"CAST(ROUND(julianday({a}) - julianday({da})) AS INTEGER)", (*pa, *pda)


def conta(casi: SegnalazioneQuerySet, oggi: date) -> dict[str, dict[str, Conteggio]]:
    """Dimension → group (its key as text, SENZA for none) → its figures. One query."""
    gruppi: dict[str, dict[str, Conteggio]] = {d: defaultdict(Conteggio) for d in DIMENSIONI}
    contate = _contate(_righe(casi, oggi), DIMENSIONI, "classe, giorni, contestata")
    for dimensione, gruppo, classe, giorni, contestata, quante in contate:
        gruppi[dimensione][gruppo or SENZA].aggiungi(classe, giorni, bool(contestata), quante)
    return {dimensione: dict(righe) for dimensione, righe in gruppi.items()}


def conta_pareri(risposte: SegnalazioneQuerySet) -> dict[str, dict[str, Pareri]]:
    """Dimension (of DEI_PARERI) → group → what is thought of these answers (of risposte_in). One query."""
    righe = (
        risposte.order_by()
        .annotate(parere=quale_parere(), **{f"d_{nome}": DIMENSIONI[nome] for nome in DEI_PARERI})
        .values(*(f"d_{nome}" for nome in DEI_PARERI), "parere")
    )
    gruppi: dict[str, dict[str, Pareri]] = {d: defaultdict(Pareri) for d in DEI_PARERI}
    for dimensione, gruppo, parere, quante in _contate(righe, DEI_PARERI, "parere"):
        gruppi[dimensione][gruppo or SENZA].aggiungi(parere, quante)
    return {dimensione: dict(pareri) for dimensione, pareri in gruppi.items()}


def _contate(righe: Any, dimensioni: Iterable[str], colonne: str) -> Iterator[tuple[Any, ...]]:
    """(dimension, group, these columns, how many): rows of one for each case, counted by every dimension at once."""
    sql, parametri = righe.query.sql_with_params()
    pezzi = [
        f"SELECT '{d}', COALESCE(CAST(d_{d} AS text), ''), {colonne}, COUNT(*) "  # noqa: S608
        f"FROM base GROUP BY d_{d}, {colonne}"  # no name here is anybody's but ours
        for d in dimensioni
    ]
    with connection.cursor() as cursore:
        cursore.execute(f"WITH base AS MATERIALIZED ({sql}) {' UNION ALL '.join(pezzi)}", parametri)
        yield from cursore


def _righe(casi: SegnalazioneQuerySet, oggi: date) -> Any:
    """One row for each case: its group in every dimension, its class, its days."""
    rami = [When(QUALI[nome](oggi), then=Value(nome)) for nome in _CLASSI]
    contestate = Passaggio.objects.filter(segnalazione=OuterRef("pk"), passo="contesta")
    return (
        casi.order_by()
        .alias(arrivata=giorno_locale("confermata_il"), chiusa_il=giorno_locale("conclusa_il"))
        .annotate(
            **{f"d_{nome}": campo for nome, campo in DIMENSIONI.items()},
            classe=Case(*rami, default=Value("in_tempo"), output_field=CharField()),
            giorni=_Giorni(Coalesce("chiusa_il", Value(oggi, output_field=DateField())), "arrivata"),
            contestata=Exists(contestate),
        )
        .values(*(f"d_{nome}" for nome in DIMENSIONI), "classe", "giorni", "contestata")
    )
