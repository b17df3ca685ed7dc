"""What the import commands have in common: arguments, progress, the file of rejected rows, the last word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comune.actions import Conto, carica_luoghi
from comune.importatori.lettura import FileNonValido, Lettura, Scarto
from core.avanzamento import Avanzamento
from core.tabelle import com_era, scrivi_csv


class ComandoImporta(BaseCommand):
    """Reads a file of places and takes it in. Subclasses say which, in `leggi`."""

    fonte = ""  # default of --fonte

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --fonte, --scarti."""
        parser.add_argument("file", type=Path, help="il file da leggere (UTF-8)")
        parser.add_argument("--fonte", default=self.fonte, help="di chi sono i dati (%(default)s)")
        parser.add_argument("--scarti", type=Path, help="dove scrivere le righe scartate (di norma sotto VAR_DIR)")

    def leggi(self, percorso: Path, opzioni: dict[str, Any]) -> Lettura:
        """What is in the file. Raises FileNonValido."""
        raise NotImplementedError

    def handle(self, *args: Any, **opzioni: Any) -> None:
        """Nothing is written when the file as a whole is of no use; else every row that can come in does."""
        percorso: Path = opzioni["file"]
        if not 0 < len(opzioni["fonte"]) <= 40:
            raise CommandError("--fonte: da 1 a 40 caratteri.")
        try:
            lettura = self.leggi(percorso, opzioni)
        except FileNonValido as errore:
            raise CommandError(str(errore)) from errore
        avanzamento = Avanzamento(percorso.name, len(lettura.voci), self.stderr)
        conto = carica_luoghi(lettura.voci, avanti=avanzamento.avanti)
        avanzamento.fine()
        scarti = Path(opzioni["scarti"] or settings.VAR_DIR / f"scarti-{percorso.stem}.csv")
        self._riassunto(conto, lettura, scarti)

    def _riassunto(self, conto: Conto, lettura: Lettura, scarti: Path) -> None:
        parti = [f"Creati {conto.creati}", f"cambiati {conto.cambiati}", f"invariati {conto.invariati}"]
        if lettura.saltati:
            parti.append(f"fuori dal Comune {lettura.saltati}")
        self.stdout.write(", ".join([*parti, f"scartati {len(lettura.scarti)}"]) + ".")
        if lettura.scarti:
            scrivi_scarti(lettura.scarti, scarti)
            self.stdout.write(f"Le righe scartate, con il motivo: {scarti}")


def scrivi_scarti(scarti: Sequence[Scarto], percorso: Path) -> None:
    """CSV with line, reason, and the row as it came (JSON). Raises CommandError when it cannot be written."""
    try:
        percorso.parent.mkdir(parents=True, exist_ok=True)
        with percorso.open("w", encoding="utf-8-sig", newline="") as file:
            righe = ([scarto.linea, scarto.motivo, com_era(scarto.contenuto)] for scarto in scarti)
            scrivi_csv(file, [["riga", "motivo", "contenuto"], *righe])
    except OSError as errore:
        raise CommandError(f"Non riesco a scrivere {percorso}: {errore.strerror}.") from errore
