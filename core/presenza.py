"""Who is at a thing now, for a few seconds at a time: in the cache, so that every process of the site knows.

One key per thing and person, which holds the sheets (tabs) that the person has open on it: two people never write the
same key, and somebody with two tabs is one person. Nothing is written to the database, and nothing outlives SCADE.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache

from core.tempo import adesso

SCADE = 40  # seconds without a word, after which somebody has left
GUARDA, SCRIVE = "guarda", "scrive"

Schede = dict[str, tuple[str, float]]  # sheet → (what is done there, when it was last said)


def segna(cosa: str, persona: int, scheda: str, che: str) -> bool:
    """The person does this (GUARDA, SCRIVE) on this sheet; answers whether others now see something else."""
    schede = _vive(cache.get(_chiave(cosa, persona)))
    prima = _che(schede)
    schede[scheda] = (che, adesso().timestamp())
    cache.set(_chiave(cosa, persona), schede, SCADE)
    return _che(schede) != prima


def togli(cosa: str, persona: int, scheda: str) -> bool:
    """The sheet is closed; answers whether others now see something else."""
    schede = _vive(cache.get(_chiave(cosa, persona)))
    prima = _che(schede)
    schede.pop(scheda, None)
    if schede:
        cache.set(_chiave(cosa, persona), schede, SCADE)
    else:
        cache.delete(_chiave(cosa, persona))
    return _che(schede) != prima


def presenti(cosa: str, persone: Iterable[int]) -> dict[int, str]:
    """Of these people, those who are there now, and what they do. One question to the cache."""
    chiavi = {_chiave(cosa, persona): persona for persona in persone}
    trovati = cache.get_many(chiavi)
    fanno = {chiavi[chiave]: _che(_vive(schede)) for chiave, schede in trovati.items()}
    return {persona: che for persona, che in fanno.items() if che}


def _chiave(cosa: str, persona: int) -> str:
    return f"presenza:{cosa}:{persona}"


def _vive(schede: Schede | None) -> Schede:
    da = adesso().timestamp() - SCADE
    return {nome: voce for nome, voce in (schede or {}).items() if voce[1] > da}


def _che(schede: Schede) -> str:
    che = {voce[0] for voce in schede.values()}
    return SCRIVE if SCRIVE in che else GUARDA if che else ""
