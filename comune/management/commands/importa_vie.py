"""Takes in the streets of a viario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comune.importatori.comando import ComandoImporta
from comune.importatori.lettura import Lettura
from comune.importatori.vie import leggi_vie


class Command(ComandoImporta):
    """importa_vie FILE: CodiceVia;DUG;DUF."""

    help = "Importa le vie di un viario (CSV: CodiceVia, DUG, DUF). Rifarlo non cambia nulla."
    fonte = "stradario"

    def leggi(self, percorso: Path, opzioni: dict[str, Any]) -> Lettura:
        """The streets of the file."""
        return leggi_vie(percorso, fonte=opzioni["fonte"])
