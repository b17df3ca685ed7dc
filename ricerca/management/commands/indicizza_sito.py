"""manage.py indicizza_sito: makes what the site says findable anew. It may be stopped, and run while people search."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from ricerca.actions import rifai


class Command(BaseCommand):
    """For after an update of the program: a type of page that says more, other words for its doors."""

    help = "Rifà l’indice della ricerca del sito: pagine, documenti, categorie, porte"

    def handle(self, *args: Any, **options: Any) -> None:
        quante = rifai()
        if options["verbosity"]:
            frase = ngettext("%(n)d cosa da trovare nel sito", "%(n)d cose da trovare nel sito", quante)
            self.stdout.write(frase % {"n": quante})
