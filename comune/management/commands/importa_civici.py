"""Takes in house numbers; their streets are those of the viario with the same --fonte, or are made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from comune.importatori.civici import GAUSS_BOAGA, leggi_civici
from comune.importatori.comando import ComandoImporta
from comune.importatori.lettura import Lettura


class Command(ComandoImporta):
    """importa_civici FILE: a municipal register (CodiceVia… CoordX, CoordY) or via, civico, lat, lon."""

    help = (
        "Importa i numeri civici (CSV: CodiceVia, DUG, DUF, Civico, Esponente, CoordX, CoordY; oppure via, civico, "
        "lat, lon). Rifarlo non cambia nulla."
    )
    fonte = "stradario"

    def add_arguments(self, parser: CommandParser) -> None:
        """Also --epsg."""
        super().add_arguments(parser)
        parser.add_argument(
            "--epsg", type=int, default=GAUSS_BOAGA, help="sistema di CoordX e CoordY (%(default)s: Gauss-Boaga)"
        )

    def leggi(self, percorso: Path, opzioni: dict[str, Any]) -> Lettura:
        """The house numbers of the file, and their streets."""
        return leggi_civici(percorso, fonte=opzioni["fonte"], epsg=opzioni["epsg"])
