"""Places and hamlets, from a gazetteer: JSON list, CSV, or GeoJSON points.

Columns (or properties): name; optionally kind (luogo, localita, via), lat, lon, in_lucca, source, source_id.
What the file says is not in Lucca is left out; a name without a position can be found but not shown on the map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comune.actions import Voce
from comune.importatori.lettura import (
    FileNonValido,
    Lettura,
    RigaScartata,
    Scarto,
    Tabella,
    leggi_json,
    nome_di,
    punto,
)
from comune.models import TipoLuogo
from comune.parole import chiave_di

_TIPI = {t.value: t for t in (TipoLuogo.LUOGO, TipoLuogo.LOCALITA, TipoLuogo.VIA)}
_NO = ("false", "no", "0")

Oggetto = dict[str, Any]


def leggi_luoghi(percorso: Path, *, fonte: str) -> Lettura:
    """What the file holds; `fonte` where a row names no source. Raises FileNonValido."""
    righe = list(_righe(percorso))
    # A number that several rows share (a postcode, say) identifies none of them alone.
    usi = Counter(_numero(riga) for _linea, riga in righe if isinstance(riga, dict))
    lettura = Lettura()
    visti: dict[tuple[str, str], int] = {}
    for linea, riga in righe:
        try:
            if isinstance(riga, str):
                raise RigaScartata(riga)
            if str(riga.get("in_lucca", "")).strip().casefold() in _NO:
                lettura.saltati += 1
                continue
            voce = _voce(riga, fonte, da_solo=usi[_numero(riga)] == 1)
            prima = visti.setdefault((voce.fonte, voce.fonte_id), linea)
            if prima != linea:
                raise RigaScartata(f"è lo stesso luogo della riga {prima}")
            lettura.voci.append(voce)
        except RigaScartata as motivo:
            lettura.scarti.append(Scarto(linea, str(motivo), riga))
    return lettura


def _righe(percorso: Path) -> Iterator[tuple[int, Oggetto | str]]:
    if percorso.suffix.lower() == ".csv":
        tabella = Tabella(percorso)
        tabella.servono("name")
        yield from tabella.righe()
        return
    dati = leggi_json(percorso)
    if isinstance(dati, dict) and isinstance(dati.get("features"), list):
        elementi = [_da_geojson(elemento) for elemento in dati["features"]]
    elif isinstance(dati, list):
        elementi = [e if isinstance(e, dict) else "non è un oggetto JSON" for e in dati]
    else:
        raise FileNonValido(f"{percorso.name}: ci vuole un elenco di luoghi (JSON) o di punti (GeoJSON).")
    yield from enumerate(elementi, 1)


def _da_geojson(elemento: Any) -> Oggetto | str:
    geometria = elemento.get("geometry") if isinstance(elemento, dict) else None
    if not isinstance(geometria, dict) or geometria.get("type") != "Point":
        return "non è un punto"
    coordinate = geometria.get("coordinates")
    if not isinstance(coordinate, list) or len(coordinate) < 2:
        return "il punto non ha due coordinate"
    proprieta = elemento.get("properties")
    return {**(proprieta if isinstance(proprieta, dict) else {}), "lon": coordinate[0], "lat": coordinate[1]}


def _numero(riga: Oggetto) -> tuple[str, str, str]:
    return tuple(str(riga.get(c) or "").strip() for c in ("source", "kind", "source_id"))  # type: ignore[return-value]


def _voce(riga: Oggetto, fonte: str, *, da_solo: bool) -> Voce:
    nome = nome_di(riga.get("name"))
    chiave = chiave_di(nome)
    if not chiave:
        raise RigaScartata("il nome non ha lettere con cui cercarlo")
    detta, detto, numero = _numero(riga)
    tipo = _TIPI.get(detto or "luogo")
    if tipo is None:
        raise RigaScartata(f"“{detto}” non è un tipo di luogo ({', '.join(_TIPI)})")
    lat, lon = punto(riga.get("lat"), riga.get("lon"))
    identita = numero if numero and da_solo else f"{numero}:{chiave}" if numero else chiave
    return Voce(tipo, nome, (detta or fonte)[:40], f"{tipo.value}:{identita}"[:80], lat, lon)
