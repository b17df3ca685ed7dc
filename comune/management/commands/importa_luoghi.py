"""Takes in a gazetteer: places and hamlets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comune.importatori.comando import ComandoImporta
from comune.importatori.lettura import Lettura
from comune.importatori.luoghi import leggi_luoghi


class Command(ComandoImporta):
    """importa_luoghi FILE: .json, .csv or .geojson."""

    help = "Importa luoghi e località (.json, .csv, .geojson). Rifarlo non cambia nulla."
    fonte = "luoghi"

    def leggi(self, percorso: Path, opzioni: dict[str, Any]) -> Lettura:
        """The places of the file."""
        return leggi_luoghi(percorso, fonte=opzioni["fonte"])
