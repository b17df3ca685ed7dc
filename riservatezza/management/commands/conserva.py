"""manage.py conserva [--prova]: applies the terms of retention, or says what it would do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from riservatezza.actions import conserva


class Command(BaseCommand):
    """One line per kind of row, and how many."""

    help = "Svuota o cancella i dati personali il cui termine di conservazione è passato (CONSERVA_*_ANNI)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--prova", action="store_true", help="conta soltanto: non tocca niente")

    def handle(self, *args: Any, prova: bool, **options: Any) -> None:
        conti = conserva(prova=prova)
        for specie, quante in sorted(conti.items()):
            self.stdout.write(f"{specie}: {quante}")
        if not conti:
            self.stdout.write("Niente da togliere.")
