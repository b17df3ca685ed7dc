"""`manage.py prepara`: what a new or updated installation needs before it is served. Again, it changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from home.sito import allinea


class Command(BaseCommand):
    help = "Migrazioni, categorie, indirizzo del sito, indice di ricerca. Rifatto, non cambia nulla."

    def handle(self, *args: Any, **options: Any) -> None:
        quanto = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=0 if quanto < 2 else 1, stdout=self.stdout)
        call_command("importa_categorie", stdout=self.stdout, verbosity=quanto)
        allinea()
        call_command("update_index", verbosity=0, stdout=self.stdout)
