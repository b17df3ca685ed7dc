"""manage.py verifica_registro: reads the internal register and names every number that is missing or out of place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from protocollo.models import INTERNO, Registrazione
from protocollo.verifica import guasti


class Command(BaseCommand):
    """Exit status 1 and one line per fault; 0 and a count when every number is in its place."""

    help = "Verifica il registro di protocollo interno: nessun numero manca, nessuno è doppio"

    def handle(self, *args: Any, **options: Any) -> None:
        trovati = list(guasti())
        for guasto in trovati:
            self.stderr.write(guasto)
        if trovati:
            raise CommandError(ngettext("%(n)d guasto", "%(n)d guasti", len(trovati)) % {"n": len(trovati)})
        quante = Registrazione.objects.filter(registro=INTERNO).count()
        frase = ngettext("%(n)d registrazione, tutte al loro posto", "%(n)d registrazioni, tutte al loro posto", quante)
        self.stdout.write(frase % {"n": quante})
