"""The boundary of the Comune from a GeoJSON file: one area, valid, in degrees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comune.importatori.lettura import FileNonValido, leggi_json

AREE = ("Polygon", "MultiPolygon")


def leggi_confine(percorso: Path) -> dict[str, object]:
    """The only area of a FeatureCollection, Feature or geometry, as a GeoJSON geometry. Raises FileNonValido."""
    trovate = [g for g in _geometrie(leggi_json(percorso)) if g.get("type") in AREE]
    if len(trovate) != 1:
        quante = "nessuna area" if not trovate else f"{len(trovate)} aree"
        raise FileNonValido(f"{percorso.name}: ci vuole una sola area, qui ce n’è {quante}.")
    geometria = {"type": trovate[0]["type"], "coordinates": trovate[0].get("coordinates")}
    _controlla(geometria, percorso.name)
    return geometria


def _geometrie(dati: Any) -> list[dict[str, Any]]:
    if not isinstance(dati, dict):
        return []
    if dati.get("type") == "FeatureCollection":
        elementi = dati.get("features")
        return [g for e in elementi for g in _geometrie(e)] if isinstance(elementi, list) else []
    if dati.get("type") == "Feature":
        return _geometrie(dati.get("geometry"))
    return [dati]


def _controlla(geometria: dict[str, object], nome: str) -> None:
    from shapely import GEOSException  # slow to import
    from shapely.geometry import shape
    from shapely.validation import explain_validity

    try:
        area = shape(geometria)
    except (GEOSException, ValueError, TypeError, IndexError) as errore:
        raise FileNonValido(f"{nome}: l’area non è scritta come vuole il GeoJSON.") from errore
    if area.is_empty:
        raise FileNonValido(f"{nome}: l’area è vuota.")
    if not area.is_valid:
        raise FileNonValido(f"{nome}: l’area non è valida ({explain_validity(area)}).")
    ovest, sud, est, nord = area.bounds
    if ovest < -180 or est > 180 or sud < -90 or nord > 90:
        raise FileNonValido(f"{nome}: le coordinate non sono in gradi (longitudine, latitudine, WGS84).")
