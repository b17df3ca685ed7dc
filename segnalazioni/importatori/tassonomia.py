"""Reads the taxonomy of reports from its file (segnalazioni/dati/categorie.json is the project's own)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from segnalazioni.actions.categorie import VoceCategoria
from segnalazioni.importatori.errori import FileNonValido
from segnalazioni.termini import TipoTermine

PREDEFINITA = Path(__file__).resolve().parent.parent / "dati" / "categorie.json"
_DOMANDE = {"scelta", "si_no", "testo", "data"}
_CAMPI = ("giorni", "tipo_termine", "urgente", "luogo_obbligatorio", "foto_consigliata", "pubblica", "anonima")


def leggi_tassonomia(percorso: Path = PREDEFINITA) -> list[VoceCategoria]:
    """Groups, each followed by its categories. Raises FileNonValido with what is wrong and where."""
    try:
        dati = json.loads(percorso.read_text(encoding="utf-8"))
    except OSError as errore:
        raise FileNonValido(f"Non riesco a leggere {percorso}: {errore.strerror}.") from errore
    except ValueError as errore:
        raise FileNonValido(f"{percorso.name} non è un file JSON: {errore}.") from errore
    try:
        voci = list(_voci(dati))
    except KeyError as errore:
        raise FileNonValido(f"{percorso.name}: manca {errore}.") from errore
    except (TypeError, AttributeError) as errore:
        raise FileNonValido(f"{percorso.name} non ha la forma di una tassonomia: {errore}.") from errore
    codici = [voce.codice for voce in voci]
    if doppi := sorted({c for c in codici if codici.count(c) > 1}):
        raise FileNonValido(f"{percorso.name}: compare due volte {', '.join(doppi)}.")
    return voci


def _voci(dati: dict[str, Any]) -> Iterator[VoceCategoria]:
    for posto, gruppo in enumerate(dati["gruppi"], 1):
        yield VoceCategoria(codice=gruppo["codice"], nome=gruppo["nome"], ordine=posto)
        for ordine, categoria in enumerate(gruppo["categorie"], 1):
            yield _categoria(gruppo["codice"], ordine, categoria, dati["enti"])


def _categoria(madre: str, ordine: int, dati: dict[str, Any], enti: dict[str, str]) -> VoceCategoria:
    codice = dati["codice"]
    if dati["tipo_termine"] not in TipoTermine.values:
        raise FileNonValido(f"{codice}: tipo_termine {dati['tipo_termine']!r} non esiste.")
    for domanda in dati["domande"]:
        if domanda["tipo"] not in _DOMANDE or (domanda["tipo"] == "scelta" and not domanda.get("opzioni")):
            raise FileNonValido(f"{codice}: la domanda {domanda['chiave']!r} non si può fare così.")
    return VoceCategoria(
        codice=codice,
        nome=dati["nome"],
        madre=madre,
        ordine=ordine,
        domande=dati["domande"],
        parole=dati["parole"],
        competenze=[enti[ente] for ente in dati["enti"]],
        **{campo: dati[campo] for campo in _CAMPI},
    )
