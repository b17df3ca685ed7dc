"""Running an import command as the office would."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command


@dataclass(frozen=True, slots=True)
class Esito:
    """What the command said, and the rows it turned down: (line, reason)."""

    detto: str
    scarti: list[tuple[int, str]]


def importa(comando: str, file: Path, scarti: Path, **opzioni: Any) -> Esito:
    """Runs the command. `scarti`: folder for the rejected rows."""
    uscita, elenco = io.StringIO(), scarti / f"{file.stem}-scarti.csv"
    elenco.unlink(missing_ok=True)
    call_command(comando, str(file), scarti=elenco, stdout=uscita, stderr=io.StringIO(), **opzioni)
    return Esito(uscita.getvalue().splitlines()[0], leggi_scarti(elenco))


def leggi_scarti(elenco: Path) -> list[tuple[int, str]]:
    """Line and reason of every rejected row; its content must be there too."""
    if not elenco.exists():
        return []
    with elenco.open(encoding="utf-8-sig", newline="") as file:
        righe = list(csv.DictReader(file))
    assert all(json.loads(riga["contenuto"]) for riga in righe)
    return [(int(riga["riga"]), riga["motivo"]) for riga in righe]
