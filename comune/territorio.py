"""Where a point lies: in the Comune or not, and in which quartiere. Degrees are WGS84, always (lat, lon)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from comune.figure import CONFINE
from comune.models import Confine, Quartiere

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

METRI_PER_GRADO = 111_195.0  # of latitude, on the mean sphere

Geometria = dict[str, object]


def metri(lat: float, lon: float, altra_lat: float, altra_lon: float) -> float:
    """Metres between two points; on a flat earth, so good to 1 ‰ within some tens of kilometres."""
    x = (altra_lon - lon) * cos(radians((lat + altra_lat) / 2))
    return hypot(x, altra_lat - lat) * METRI_PER_GRADO


@dataclass(frozen=True, slots=True)
class Territorio:
    """The Comune at this moment: area and quartieri. For many points at once ask `territorio()` only once."""

    area: BaseGeometry
    quartieri: tuple[Quartiere, ...]

    def dentro(self, lat: float, lon: float) -> bool:
        """Within the Comune, or on its edge. A point that is no point (NaN) is nowhere."""
        import shapely

        return bool(shapely.intersects_xy(self.area, lon, lat))

    def quartiere_di(self, lat: float, lon: float) -> Quartiere | None:
        """The area whose centre is nearest; None outside the Comune."""
        if not self.quartieri or not self.dentro(lat, lon):
            return None
        return min(self.quartieri, key=lambda q: metri(lat, lon, q.lat, q.lon))


def territorio() -> Territorio:
    """The newest boundary (else the coarse outline) and the quartieri: two queries."""
    ultima = Confine.objects.values_list("impronta", flat=True).first()
    return Territorio(_area(ultima or ""), tuple(Quartiere.objects.all()))


def dentro(lat: float, lon: float) -> bool:
    """Does the point (WGS84 degrees) lie within the Comune?"""
    ultima = Confine.objects.values_list("impronta", flat=True).first()
    return Territorio(_area(ultima or ""), ()).dentro(lat, lon)


def quartiere_di(lat: float, lon: float) -> Quartiere | None:
    """The area whose centre is nearest; None outside the Comune."""
    return territorio().quartiere_di(lat, lon)


def confine_geojson() -> Geometria:
    """The boundary in force as a GeoJSON geometry, [lon, lat]: of the newest Confine, else the coarse outline."""
    ultimo = Confine.objects.first()
    return ultimo.geometria if ultimo else _a_grandi_linee()


def _a_grandi_linee() -> Geometria:
    anello = [[lon, lat] for lat, lon in (*CONFINE, CONFINE[0])]
    return {"type": "Polygon", "coordinates": [anello]}


@lru_cache(maxsize=4)
def _area(impronta: str) -> BaseGeometry:
    """The prepared area of the Confine with this digest; of the coarse outline for ""."""
    import shapely  # slow to import
    from shapely.geometry import shape

    geometria = _a_grandi_linee()
    if impronta:
        geometria = Confine.objects.filter(impronta=impronta).values_list("geometria", flat=True)[0]
    area = shape(geometria)
    shapely.prepare(area)
    # GEOS builds its index at the first question: ask it here, before threads share the area.
    shapely.intersects_xy(area, area.representative_point().x, area.representative_point().y)
    return area
