"""What every file has in common: opening it, its columns, its numbers; and what goes wrong, in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from comune.actions import Voce
from comune.parole import MASSIMO

Riga = dict[str, str]


class FileNonValido(ValueError):
    """The file cannot be used at all: not found, not of this kind, a column missing. Nothing was written."""


class RigaScartata(ValueError):
    """One row cannot become a place; the others go on. Its text is the reason, for a person."""


@dataclass(frozen=True, slots=True)
class Scarto:
    """A row that did not come in: its line (or its position in a JSON list, from 1), why, and what it held."""

    linea: int
    motivo: str
    contenuto: Any


@dataclass(slots=True)
class Lettura:
    """What a file holds. saltati: rows that are right, and about somewhere else."""

    voci: list[Voce] = field(default_factory=list)
    scarti: list[Scarto] = field(default_factory=list)
    saltati: int = 0


def leggi_testo(percorso: Path) -> str:
    """The whole file as text. Raises FileNonValido."""
    try:
        return percorso.read_text(encoding="utf-8-sig")
    except OSError as errore:
        raise FileNonValido(f"Non riesco a leggere {percorso}: {errore.strerror}.") from errore
    except UnicodeDecodeError as errore:
        raise FileNonValido(f"{percorso.name} non è scritto in UTF-8.") from errore


def leggi_json(percorso: Path) -> Any:
    """The file as JSON. Raises FileNonValido."""
    try:
        return json.loads(leggi_testo(percorso))
    except (ValueError, RecursionError) as errore:
        if isinstance(errore, FileNonValido):
            raise
        raise FileNonValido(f"{percorso.name} non è JSON.") from errore


class Tabella:
    """A CSV file: with commas or semicolons, whichever its first line has more of.

    `righe` gives (line, row), or (line, reason) for a row that has not as many cells as there are columns.
    """

    def __init__(self, percorso: Path) -> None:
        self.nome = percorso.name
        testo = leggi_testo(percorso)
        intestazione = testo.partition("\n")[0]
        separatore = ";" if intestazione.count(";") > intestazione.count(",") else ","
        self._lettore = csv.DictReader(io.StringIO(testo, newline=""), delimiter=separatore)
        self.colonne = frozenset(self._dal_csv())

    def _dal_csv(self) -> Sequence[str]:
        try:
            return self._lettore.fieldnames or ()
        except csv.Error as errore:
            raise FileNonValido(f"{self.nome} non è un CSV leggibile ({errore}).") from errore

    def servono(self, *colonne: str) -> None:
        """Raises FileNonValido when one of these columns is missing."""
        mancano = [colonna for colonna in colonne if colonna not in self.colonne]
        if mancano:
            raise FileNonValido(f"{self.nome}: mancano le colonne {', '.join(mancano)}.")

    def righe(self) -> Iterator[tuple[int, Riga | str]]:
        """Every row of the table. Raises FileNonValido when it stops being one."""
        try:
            for riga in self._lettore:
                intera = None not in riga and None not in riga.values()
                pulita = {nome: valore.strip() for nome, valore in riga.items()} if intera else ""
                yield self._lettore.line_num, pulita or "non ha tante celle quante sono le colonne"
        except csv.Error as errore:
            dove = f"{self.nome}, dopo la riga {self._lettore.line_num}"
            raise FileNonValido(f"{dove}: non è un CSV leggibile ({errore}).") from errore


def nome_di(valore: object) -> str:
    """A name as it will be shown: on one line, not empty, not too long."""
    nome = " ".join(valore.split()) if isinstance(valore, str) else ""
    if not nome:
        raise RigaScartata("manca il nome")
    if len(nome) > MASSIMO - 10:  # a house number has still to fit behind it
        raise RigaScartata("il nome è troppo lungo")
    if not nome.isprintable():
        raise RigaScartata("il nome ha caratteri che non si possono scrivere")
    return nome


def grado(valore: object, quale: str) -> float | None:
    """A number, or None for an empty cell. Raises RigaScartata for anything else."""
    if valore is None or valore == "":
        return None
    if isinstance(valore, bool) or not isinstance(valore, int | float | str):
        raise RigaScartata(f"{quale} non è un numero")
    try:
        numero = float(valore)
    except ValueError:
        raise RigaScartata(f"{quale} non è un numero") from None
    if not isfinite(numero):
        raise RigaScartata(f"{quale} non è un numero")
    return numero


def punto(lat: object, lon: object) -> tuple[float, float] | tuple[None, None]:
    """(lat, lon) in WGS84 degrees; (None, None) when both are empty. Raises RigaScartata for half a point."""
    nord, est = grado(lat, "la latitudine"), grado(lon, "la longitudine")
    if nord is None and est is None:
        return None, None
    if nord is None or est is None:
        raise RigaScartata("ha solo metà della posizione")
    if not (-90 <= nord <= 90 and -180 <= est <= 180):
        raise RigaScartata("la posizione non è in gradi (latitudine, longitudine)")
    return nord, est
