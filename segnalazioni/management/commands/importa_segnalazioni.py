"""`manage.py importa_segnalazioni FILE`: reports that another system has kept, from a CSV or NDJSON file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.avanzamento import Avanzamento
from segnalazioni.importatori.errori import FileNonValido
from segnalazioni.importatori.lavoro import Importazione, Resoconto, scrivi_scarti
from segnalazioni.importatori.segnalazioni import corrispondenza_di, leggi_righe
from segnalazioni.models import Categoria


class Command(BaseCommand):
    help = (
        "Importa segnalazioni da un file .csv o .ndjson di un altro sistema, con le loro date e senza avvisare "
        "nessuno. Rifatto, non cambia nulla; le righe scartate vanno in un file, ciascuna con il motivo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--fonte", help="da quale sistema (di norma la prima parola del nome del file)")
        parser.add_argument("--scarti", type=Path, help="dove scrivere le righe scartate (di norma sotto VAR_DIR)")
        parser.add_argument("--prova", action="store_true", help="controlla tutto e non scrive nulla")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        fonte = options["fonte"] or file.stem.split("_")[0].lower()[:40]
        if not Categoria.objects.foglie().exists():
            raise CommandError("Non ci sono categorie: prima `manage.py importa_categorie`.")
        try:
            righe = leggi_righe(file)
        except FileNonValido as errore:
            raise CommandError(str(errore)) from errore
        avanzamento = Avanzamento("Segnalazioni", len(righe), self.stderr)
        importazione = Importazione(corrispondenza_di(fonte), prova=options["prova"])
        resoconto = importazione.esegui(righe, avanti=avanzamento.avanti)
        avanzamento.fine()
        self._racconta(resoconto, options["scarti"] or settings.VAR_DIR / f"scarti-{file.stem}.csv", options["prova"])

    def _racconta(self, resoconto: Resoconto, scarti: Path, prova: bool) -> None:
        self.stdout.write(
            f"{'Prova: ' if prova else ''}{resoconto.nuove} importate, {resoconto.gia} c’erano già, "
            f"{len(resoconto.scarti)} scartate."
        )
        if resoconto.scarti:
            scrivi_scarti(resoconto.scarti, scarti)
            self.stdout.write(f"Le righe scartate, con il motivo, sono in {scarti}.")
