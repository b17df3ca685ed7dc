"""manage.py indicizza: makes the words of every case searchable anew. It may be stopped, and run while people work."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import ngettext

from core.avanzamento import Avanzamento
from segnalazioni.models import Segnalazione
from segnalazioni.ricerca import A_VOLTA, indicizza


class Command(BaseCommand):
    """For after a change of the taxonomy, of the names of places, or of the rules of the search; `--mancanti`, which
    `prepara` uses, for cases that were there before the search was."""

    help = "Rifà le parole con cui si cercano le segnalazioni"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mancanti", action="store_true", help="solo quelle che non si trovano ancora")

    def handle(self, *args: Any, **options: Any) -> None:
        tutte = Segnalazione.objects.order_by("pk")
        quali = tutte.filter(ricercabile__isnull=True) if options["mancanti"] else tutte
        chiavi = list(quali.values_list("pk", flat=True))
        if options["mancanti"] and not chiavi:
            return
        avanzamento = Avanzamento("segnalazioni", len(chiavi), self.stderr)
        for inizio in range(0, len(chiavi), A_VOLTA):
            manciata = chiavi[inizio : inizio + A_VOLTA]
            with transaction.atomic():
                # Locked: words that a step is just adding are not overwritten by those read before.
                list(Segnalazione.objects.select_for_update().filter(pk__in=manciata).order_by("pk").only("pk"))
                indicizza(*Segnalazione.objects.filter(pk__in=manciata).per_elenco().order_by("pk"))
            avanzamento.avanti(len(manciata))
        avanzamento.fine()
        frase = ngettext("%(n)d segnalazione da cercare", "%(n)d segnalazioni da cercare", len(chiavi))
        self.stdout.write(frase % {"n": len(chiavi)})
