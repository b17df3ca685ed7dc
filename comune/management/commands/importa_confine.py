"""Takes in the exact boundary of the Comune."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comune.actions import carica_confine
from comune.importatori.confine import leggi_confine
from comune.importatori.lettura import FileNonValido


class Command(BaseCommand):
    """importa_confine FILE.geojson."""

    help = "Importa il confine del Comune (GeoJSON, WGS84). Vale l’ultimo importato; rifarlo non cambia nulla."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, --fonte."""
        parser.add_argument("file", type=Path, help="il file da leggere (GeoJSON, UTF-8)")
        parser.add_argument("--fonte", default="", help="di chi sono i dati (il nome del file)")

    def handle(self, *args: Any, **opzioni: Any) -> None:
        """Refuses an area that is not one, not valid, or not in degrees."""
        fonte = opzioni["fonte"] or opzioni["file"].name
        if len(fonte) > 120:
            raise CommandError("--fonte: al massimo 120 caratteri.")
        try:
            geometria = leggi_confine(opzioni["file"])
        except FileNonValido as errore:
            raise CommandError(str(errore)) from errore
        nuovo = carica_confine(geometria, fonte=fonte)
        self.stdout.write("Confine creato: da ora vale questo." if nuovo else "Confine invariato.")
