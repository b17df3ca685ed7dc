"""Reports of another system, from a CSV or NDJSON file: read, put into our words, filed in batches.

Columns of both: id, created, closed, status, channel and category (CSV also category_src, subcategory), optionally
text, lat, lon, public. Dates: ISO 8601; without an hour they stand for noon, without a zone for Rome's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite
from pathlib import Path
from typing import Any

from django.utils.timezone import get_current_timezone, is_naive

from ascolto.models import Canale
from core.tempo import adesso
from segnalazioni.actions.importa import IMPORTABILI, Importata
from segnalazioni.importatori.errori import FileNonValido, RigaScartata
from segnalazioni.models import Categoria
from segnalazioni.workflow import Stato

CORRISPONDENZE = Path(__file__).resolve().parent.parent / "dati" / "corrispondenze.json"
SERVONO = ("id", "created", "closed", "status", "channel")
CATEGORIA = ("category", "subcategory", "category_src")  # the first that says something counts
MASSIMO_TESTO = 10_000  # characters; longer is not the text of a report

Riga = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corrispondenza:
    """Words of another system → ours. What is not listed must already be one of ours."""

    fonte: str
    nome: str
    categorie: dict[str, str] = field(default_factory=dict)
    stati: dict[str, str] = field(default_factory=dict)
    canali: dict[str, str] = field(default_factory=dict)


def corrispondenza_di(fonte: str) -> Corrispondenza:
    """What segnalazioni/dati/corrispondenze.json says of this source; an unknown one must use our own words."""
    note = json.loads(CORRISPONDENZE.read_text(encoding="utf-8"))
    return Corrispondenza(fonte, **note[fonte]) if fonte in note else Corrispondenza(fonte, fonte)


# --- the file ---------------------------------------------------------------------------------------------


def leggi_righe(percorso: Path) -> list[tuple[int, Riga | str]]:
    """(line number, row) of each row; a string instead of the row says why it cannot be read.

    Raises FileNonValido when the file as a whole is of no use.
    """
    try:
        testo = percorso.read_text(encoding="utf-8-sig")
    except OSError as errore:
        raise FileNonValido(f"Non riesco a leggere {percorso}: {errore.strerror}.") from errore
    except UnicodeDecodeError as errore:
        raise FileNonValido(f"{percorso.name} non è scritto in UTF-8.") from errore
    leggi = {".csv": _da_csv, ".ndjson": _da_ndjson, ".jsonl": _da_ndjson}.get(percorso.suffix.lower())
    if leggi is None:
        raise FileNonValido(f"{percorso.name}: si importano file .csv, .ndjson e .jsonl.")
    return list(leggi(testo, percorso.name))


def _da_csv(testo: str, nome: str) -> Iterator[tuple[int, Riga | str]]:
    lettore = csv.DictReader(io.StringIO(testo, newline=""))
    try:
        colonne = set(lettore.fieldnames or ())
        _controlla_colonne(colonne, nome)
        for riga in lettore:
            intera = None not in riga and None not in riga.values()
            yield lettore.line_num, dict(riga) if intera else "non ha tante colonne quante l’intestazione"
    except csv.Error as errore:
        raise FileNonValido(f"{nome}, riga {lettore.line_num}: non è un CSV leggibile ({errore}).") from errore


def _controlla_colonne(colonne: set[str], nome: str) -> None:
    mancano = [colonna for colonna in SERVONO if colonna not in colonne]
    if not colonne & {*CATEGORIA}:
        mancano.append(" o ".join(CATEGORIA))
    if mancano:
        raise FileNonValido(f"{nome}: mancano le colonne {', '.join(mancano)}.")


def _da_ndjson(testo: str, nome: str) -> Iterator[tuple[int, Riga | str]]:
    # Not splitlines(): a JSON string may hold U+2028, which is no end of line here.
    for numero, linea in enumerate(testo.split("\n"), 1):
        if not linea.strip():
            continue
        try:
            riga = json.loads(linea)
        except (ValueError, RecursionError):
            yield numero, "non è JSON"
            continue
        yield numero, riga if isinstance(riga, dict) else "non è un oggetto JSON"


# --- the row ----------------------------------------------------------------------------------------------


def traduci(riga: Riga, parole: Corrispondenza, categorie: dict[str, Categoria]) -> Importata:
    """The report that a row tells of. Raises RigaScartata with the reason."""
    creata = _istante(riga.get("created"), "di arrivo")
    if creata is None:
        raise RigaScartata("manca la data di arrivo")
    stato = _una_di(riga, ("status_src", "status"), parole.stati, IMPORTABILI, "lo stato")
    lat, lon = _posizione(riga)
    return Importata(
        fonte=parole.fonte,
        fonte_id=_numero(riga),
        nome_fonte=parole.nome,
        categoria=categorie[_una_di(riga, CATEGORIA, parole.categorie, frozenset(categorie), "la categoria")],
        stato=stato,
        canale=_una_di(riga, ("channel",), parole.canali, frozenset(Canale.values), "il canale"),
        creata_il=creata,
        chiusa_il=_chiusura(riga, stato, creata),
        testo=_testo(riga),
        lat=lat,
        lon=lon,
        pubblica=riga.get("public", True) not in (False, "False", "false", "0", "no"),
    )


def _parola(riga: Riga, colonna: str) -> str:
    valore = riga.get(colonna)
    if not isinstance(valore, str | int | None):
        raise RigaScartata(f"la colonna {colonna} non è fatta di parole")
    parola = "" if valore is None else str(valore).strip()
    # A zero byte and half a surrogate pair are no characters: databases refuse them.
    if "\0" in parola or any("\ud800" <= lettera <= "\udfff" for lettera in parola):
        raise RigaScartata(f"la colonna {colonna} ha caratteri non validi")
    return parola


def _numero(riga: Riga) -> str:
    numero = _parola(riga, "id")
    if not numero:
        raise RigaScartata("manca il numero (id)")
    if len(numero) > 60:
        raise RigaScartata("il numero (id) passa i 60 caratteri")
    return numero


def _una_di(riga: Riga, colonne: tuple[str, ...], nostre: dict[str, str], valide: frozenset[str], che: str) -> str:
    """The first of these columns that, translated or as it is, is one of ours."""
    dette = [parola for colonna in colonne if (parola := _parola(riga, colonna))]
    for parola in dette:
        if (nostra := nostre.get(parola, parola)) in valide:
            return nostra
    if not dette:
        raise RigaScartata(f"manca {che}")
    raise RigaScartata(f"{che} «{dette[0][:60]}» non è fra quelle che conosciamo")


def _istante(valore: Any, quale: str) -> datetime | None:
    if valore is None or valore == "":
        return None
    if not isinstance(valore, str):
        raise RigaScartata(f"la data {quale} non è scritta come una data")
    try:
        istante = datetime.fromisoformat(valore.strip())
    except ValueError:
        raise RigaScartata(f"la data {quale} «{valore[:40]}» non esiste") from None
    if len(valore.strip()) <= 10:
        istante = datetime.combine(istante, time(12))
    if is_naive(istante):
        istante = istante.replace(tzinfo=get_current_timezone())
    if istante.year < 1990 or istante > adesso():
        raise RigaScartata(f"la data {quale} «{valore[:40]}» è impossibile: prima del 1990 o nel futuro")
    return istante


def _chiusura(riga: Riga, stato: str, creata: datetime) -> datetime | None:
    chiusa = _istante(riga.get("closed"), "di chiusura")
    if chiusa is None:
        if stato == Stato.CHIUSA:
            raise RigaScartata("è chiusa, ma manca la data di chiusura")
        return None
    if stato in {Stato.RICEVUTA, Stato.ASSEGNATA, Stato.IN_LAVORAZIONE}:
        raise RigaScartata("ha una data di chiusura, ma non è chiusa")
    if chiusa < creata:
        raise RigaScartata("è chiusa prima di arrivare")
    return chiusa


def _testo(riga: Riga) -> str:
    testo = _parola(riga, "text")
    if len(testo) > MASSIMO_TESTO:
        raise RigaScartata(f"il testo passa i {MASSIMO_TESTO} caratteri")
    return testo


def _posizione(riga: Riga) -> tuple[float, float] | tuple[None, None]:
    detti = [riga.get("lat"), riga.get("lon")]
    if all(valore in (None, "") for valore in detti):
        return None, None
    try:
        lat, lon = (float(valore) for valore in detti if not isinstance(valore, bool) and valore is not None)
    except (TypeError, ValueError, OverflowError):
        raise RigaScartata("la posizione non è fatta di latitudine e longitudine") from None
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise RigaScartata("la posizione non è sulla Terra")
    return lat, lon
