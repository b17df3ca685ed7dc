"""`manage.py prepara`: what a new or updated installation needs before it is served. Again, it changes nothing."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from home.contenuti import posa
from home.sito import allinea
from redazione.actions import allinea_tutte
from redazione.fondazione import fonda


class Command(BaseCommand):
    help = "Migrazioni, categorie, indirizzo e pagine iniziali del sito, redazioni, indice. Rifatto, non cambia nulla."

    def handle(self, *args: Any, **options: Any) -> None:
        quanto = options["verbosity"]
        call_command("migrate", interactive=False, verbosity=0 if quanto < 2 else 1, stdout=self.stdout)
        call_command("importa_categorie", stdout=self.stdout, verbosity=quanto)
        call_command("indicizza", mancanti=True, stdout=self.stdout, stderr=self.stderr)
        allinea()
        posate = posa()
        if quanto and posate:
            self.stdout.write(f"Pagine iniziali: {len(posate)}")
        fonda()
        allinea_tutte()
        call_command("update_index", verbosity=0, stdout=self.stdout)
        call_command("indicizza_sito", verbosity=0, stdout=self.stdout)
