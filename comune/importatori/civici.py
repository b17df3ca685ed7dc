"""House numbers, in two forms.

Of a municipal register: CodiceVia, DUG, DUF, Civico, Esponente, CoordX, CoordY (metres, EPSG:3003 unless said
otherwise), joined to the streets of the viario by CodiceVia. Or simply: via, civico, lat, lon; there a row without
a number is a point of its street.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

from comune.actions import Voce
from comune.importatori.lettura import (
    FileNonValido,
    Lettura,
    Riga,
    RigaScartata,
    Scarto,
    Tabella,
    grado,
    nome_di,
    punto,
)
from comune.importatori.vie import voce_via
from comune.models import TipoLuogo
from comune.parole import chiave_di, numero_di
from comune.territorio import metri

DEL_REGISTRO = ("CodiceVia", "DUG", "DUF", "Civico", "Esponente", "CoordX", "CoordY")
SEMPLICI = ("via", "civico", "lat", "lon")
GAUSS_BOAGA = 3003  # Monte Mario / Italy zone 1: what Tuscany and Piedmont measure in
SENZA_NUMERO = ("", "snc", "sn", "s.n.", "s.n.c.", "s.n", "s.n.c")

Punto = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class _Civico:
    """A row that could be read. numero "": a point of the street. est, nord: as the file has them."""

    linea: int
    riga: Riga
    via: Voce
    numero: str
    est: float | None
    nord: float | None


def leggi_civici(percorso: Path, *, fonte: str, epsg: int = GAUSS_BOAGA) -> Lettura:
    """The streets, each at the most central of its numbers, and the numbers. Raises FileNonValido."""
    tabella = Tabella(percorso)
    registro = "CodiceVia" in tabella.colonne
    tabella.servono(*(DEL_REGISTRO if registro else SEMPLICI))
    lettura = Lettura()
    civici: list[_Civico] = []
    for linea, riga in tabella.righe():
        try:
            if isinstance(riga, str):
                raise RigaScartata(riga)
            civici.append((_dal_registro if registro else _dal_semplice)(linea, riga, fonte))
        except RigaScartata as motivo:
            lettura.scarti.append(Scarto(linea, str(motivo), riga))
    dove = _in_gradi(civici, epsg) if registro else [_punto(c.nord, c.est) for c in civici]
    _voci(civici, dove, lettura)
    return lettura


# --- the two forms ----------------------------------------------------------------------------------------


def _dal_registro(linea: int, riga: Riga, fonte: str) -> _Civico:
    numero = numero_di(riga["Civico"], riga["Esponente"])
    if not numero:
        raise RigaScartata(f"“{riga['Civico']}” non è un numero civico")
    est, nord = grado(riga["CoordX"], "CoordX"), grado(riga["CoordY"], "CoordY")
    if est is None or nord is None:
        raise RigaScartata("manca la posizione")
    return _Civico(linea, riga, voce_via(riga, fonte), numero, est, nord)


def _dal_semplice(linea: int, riga: Riga, fonte: str) -> _Civico:
    nome = nome_di(riga["via"])
    if not (chiave := chiave_di(nome)):
        raise RigaScartata("il nome non ha lettere con cui cercarlo")
    numero = "" if riga["civico"].casefold() in SENZA_NUMERO else numero_di(riga["civico"])
    if not numero and riga["civico"].casefold() not in SENZA_NUMERO:
        raise RigaScartata(f"“{riga['civico']}” non è un numero civico")
    lat, lon = punto(riga["lat"], riga["lon"])
    if numero and lat is None:
        raise RigaScartata("manca la posizione")
    via = Voce(TipoLuogo.VIA, nome, fonte, f"via:{chiave}"[:66])
    return _Civico(linea, riga, via, numero, lon, lat)


def _in_gradi(civici: Sequence[_Civico], epsg: int) -> list[Punto | None]:
    """Latitude and longitude of metres east and north; None for a point outside where the system holds."""
    from pyproj import Transformer  # slow to import
    from pyproj.exceptions import CRSError

    try:
        trasforma = Transformer.from_crs(epsg, 4326, always_xy=True)
    except CRSError as errore:
        raise FileNonValido(f"EPSG:{epsg} non è un sistema di coordinate.") from errore
    lon, lat = trasforma.transform([c.est for c in civici], [c.nord for c in civici])
    return [_punto(nord, est) for nord, est in zip(lat, lon, strict=True)]


def _punto(lat: float | None, lon: float | None) -> Punto | None:
    if lat is None or lon is None or not (isfinite(lat) and isfinite(lon)):
        return None
    # Seven decimals are a centimetre: the noise below would make every run differ.
    return round(float(lat), 7), round(float(lon), 7)


# --- what comes of them -----------------------------------------------------------------------------------


def _voci(civici: Sequence[_Civico], dove: Sequence[Punto | None], lettura: Lettura) -> None:
    """Fills in the streets, then their numbers."""
    vie: dict[str, Voce] = {}
    punti: dict[str, list[Punto]] = defaultdict(list)
    voci: dict[str, tuple[int, Voce]] = {}
    for civico, qui in zip(civici, dove, strict=True):
        via = vie.setdefault(civico.via.fonte_id, civico.via)
        fonte_id = f"{via.fonte_id}:{civico.numero}"
        try:
            if civico.numero and qui is None:
                raise RigaScartata("la posizione è fuori dal sistema di coordinate")
            if civico.numero and fonte_id in voci:
                raise RigaScartata(f"questo numero della via è già alla riga {voci[fonte_id][0]}")
        except RigaScartata as motivo:
            lettura.scarti.append(Scarto(civico.linea, str(motivo), civico.riga))
            continue
        if qui is not None:
            punti[via.fonte_id].append(qui)
            if civico.numero:
                nome = f"{via.nome} {civico.numero}"
                voci[fonte_id] = (
                    civico.linea,
                    Voce(TipoLuogo.CIVICO, nome, via.fonte, fonte_id, *qui, via=via.fonte_id, numero=civico.numero),
                )
    lettura.voci = [_al_centro(via, punti[via.fonte_id]) for via in vie.values()]
    lettura.voci += [voce for _linea, voce in voci.values()]
    lettura.scarti.sort(key=lambda scarto: scarto.linea)


def _al_centro(via: Voce, punti: Sequence[Punto]) -> Voce:
    """The street at the known point nearest to the middle of all: a mean alone may lie in a field."""
    if not punti:
        return replace(via, solo_se_manca=True)
    mezzo = sum(lat for lat, _lon in punti) / len(punti), sum(lon for _lat, lon in punti) / len(punti)
    lat, lon = min(punti, key=lambda qui: metri(*mezzo, *qui))
    return replace(via, lat=lat, lon=lon, solo_se_manca=True)
