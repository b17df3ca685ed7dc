"""Which things come first. One statement gives, for each word asked, how much it counts in each thing; the order is
made here.

A word that few things have says more than one that all have (inverse document frequency); a title more than keywords,
those more than a summary, that more than the text (the weight kept in Occorrenza); the form as typed more than its
stem, because stems confuse porto with porta. No word has to be there: people ask «come prenotare ritiro divano», and no
page says all that. What a thing is worth is the sum of what its words say, the more the larger the part of the
question it answers: things with all the words come before those with some.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, F, FloatField, Max, Value, When
from django.db.models.functions import Coalesce

from ricerca.domande import Richiesta, Termine
from ricerca.models import Occorrenza
from segnalazioni.suggerimenti import CONDIZIONI

CANDIDATI = 300  # things that are put in order; further ones share one common word with the question
_ESATTA, _RADICE, _ALTRA = 1.0, 0.85, 0.7
_VIE = frozenset({"via", "vial", "piazz"})  # stems: a street is said by its name
_CONDIZIONE = 0.5  # what state a thing is in says less than what thing it is
_SOGLIA = 0.2  # of the best: what is worth less is noise


@dataclass(frozen=True, slots=True)
class Posto:
    """A thing found: key of its row, its kind, what it is worth, and whether it has every word that any thing has."""

    pk: int
    specie: str
    punti: float
    intero: bool


def quante_volte(richiesta: Richiesta) -> dict[str, int]:
    """In how many things each word asked for stands, in some form: forma → how many. One query."""
    righe = (
        Occorrenza.objects.filter(radice__in=richiesta.radici)
        .values_list("radice")
        .annotate(quante=Count("trovabile", distinct=True))
        .order_by()
    )
    volte = dict(righe)
    return {t.forma: max((volte.get(r, 0) for r in t.radici), default=0) for t in richiesta.termini}


def classifica(richiesta: Richiesta, volte: Mapping[str, int], *, tutte: int) -> list[Posto]:
    """The things that answer a question, best first: one query, none for nothing.

    volte: what `quante_volte` said; tutte: how many things there are.
    """
    noti = [termine for termine in richiesta.termini if volte.get(termine.forma)]
    if not noti:
        return []
    valori = {t.forma: _valore(t, volte[t.forma], tutte) for t in noti}
    return _in_ordine(_candidati(richiesta, noti, valori), list(valori.values()))


def _valore(termine: Termine, quante: int, tutte: int) -> float:
    raro = math.log(1 + tutte / quante)
    return raro * (_CONDIZIONE if termine.radice in CONDIZIONI | _VIE else 1.0)


def _candidati(
    richiesta: Richiesta, noti: list[Termine], valori: Mapping[str, float]
) -> Iterable[tuple[int, str, list[float]]]:
    """(key, kind, worth of each word there) of the things worth most."""
    colonne = {f"t{n}": _conta(termine, valori[termine.forma]) for n, termine in enumerate(noti)}
    somma = sum((F(nome) for nome in colonne), start=Value(0.0, output_field=FloatField()))
    occorrenze = Occorrenza.objects.filter(radice__in=frozenset().union(*(t.radici for t in noti)))
    if richiesta.unite:
        occorrenze = occorrenze.filter(trovabile__parole__trova=richiesta.unite)
    righe = (
        occorrenze.values("trovabile", "trovabile__specie")
        .annotate(**colonne)
        .annotate(punti=somma)
        .order_by("-punti", "trovabile")
        .values_list("trovabile", "trovabile__specie", *colonne)[:CANDIDATI]
    )
    return [(pk, specie, list(punti)) for pk, specie, *punti in righe]


def _conta(termine: Termine, valore: float) -> Coalesce:
    """How much the word counts in a thing, at best."""
    quanto = Case(
        When(forma=termine.forma, then=F("peso") * (valore * _ESATTA)),
        When(radice=termine.radice, then=F("peso") * (valore * _RADICE)),
        When(radice__in=termine.altre, then=F("peso") * (valore * _ALTRA)),
        output_field=FloatField(),
    )
    return Coalesce(Max(quanto), 0.0)


def _in_ordine(candidati: Iterable[tuple[int, str, list[float]]], valori: list[float]) -> list[Posto]:
    tutto = sum(valori)
    posti = []
    for pk, specie, punti in candidati:
        coperto = sum(valore for valore, p in zip(valori, punti, strict=True) if p) / tutto
        posti.append(Posto(pk, specie, sum(punti) * (0.5 + 0.5 * coperto), intero=all(punti)))
    posti.sort(key=lambda posto: (-posto.punti, posto.pk))
    soglia = posti[0].punti * _SOGLIA if posti else 0.0
    return [posto for posto in posti if posto.punti >= soglia]
