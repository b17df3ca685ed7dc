"""manage.py verifica_catena [CODICE …]: reads every chain of history and names each link that does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from segnalazioni.catena import guasti_fra
from segnalazioni.models import Segnalazione


class Command(BaseCommand):
    """Exit status 1 and one line per broken link; 0 and a count when all hold."""

    help = "Verifica la catena dei passaggi di tutte le segnalazioni, o di quelle indicate"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codici", nargs="*", metavar="CODICE")

    def handle(self, *args: Any, codici: list[str], **options: Any) -> None:
        casi = Segnalazione.objects.select_related("contributo").order_by("pk")
        if codici:
            casi = casi.filter(contributo__codice__in=codici)
            if mancano := set(codici) - {c.codice for c in casi}:
                raise CommandError("Numeri sconosciuti: " + ", ".join(sorted(mancano)))
        visti, rotti = casi.count(), 0
        for guasto in guasti_fra(casi.iterator(chunk_size=500)):
            rotti += 1
            self.stderr.write(str(guasto))
        if rotti:
            raise CommandError(ngettext("%(n)d anello rotto", "%(n)d anelli rotti", rotti) % {"n": rotti})
        self.stdout.write(ngettext("%(n)d catena integra", "%(n)d catene integre", visti) % {"n": visti})
