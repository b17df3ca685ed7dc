"""`manage.py importa_categorie [FILE]`: the taxonomy of reports, from the project's file or another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from segnalazioni.actions import importa_categorie
from segnalazioni.importatori.errori import FileNonValido
from segnalazioni.importatori.tassonomia import PREDEFINITA, leggi_tassonomia


class Command(BaseCommand):
    help = "Porta le categorie delle segnalazioni al passo con un file. Rifatto, non cambia nulla."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=PREDEFINITA)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            conteggio = importa_categorie(leggi_tassonomia(options["file"]))
        except FileNonValido as errore:
            raise CommandError(str(errore)) from errore
        if options["verbosity"] == 0:
            return
        self.stdout.write(
            f"Categorie: {conteggio.nuove} nuove, {conteggio.cambiate} cambiate, "
            f"{conteggio.disattivate} disattivate, {conteggio.uguali} uguali."
        )
