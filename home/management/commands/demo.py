"""`make demo`: builds the demonstration the first time, then serves it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from core.avanzamento import Avanzamento
from home import dimostrazione, server
from home.demo import scrivi_il_sito
from segnalazioni.demo.costruzione import QUANTE, costruisci
from segnalazioni.demo.persone import ACCOUNT, PASSWORD
from sportelli.demo import allestisci


class Command(BaseCommand):
    help = "Costruisce la dimostrazione in var/demo, se non c’è, e la serve. Non tocca altro."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--tieni", action="store_true", help="non rifarla anche se è vecchia")
        parser.add_argument("--da-capo", action="store_true", help="rifalla in ogni caso")
        parser.add_argument("--solo-costruisci", action="store_true", help="costruiscila e finisci")
        parser.add_argument("--quante", type=int, default=QUANTE, help="quante segnalazioni, più o meno")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        dimostrazione.cartella()
        if not options["solo_costruisci"]:
            server.controlla(host, port)
        # Mails and the editors' «view live» must lead to this very server.
        settings.SITO_URL = settings.WAGTAILADMIN_BASE_URL = server.indirizzo(host, port)
        motivo = dimostrazione.da_rifare(tieni=options["tieni"])
        if options["da_capo"]:
            motivo = "La rifaccio da capo."
        if motivo:
            self._costruisci(motivo, options["quante"])
        else:
            call_command("prepara", stdout=self.stderr, verbosity=0)
        if not options["solo_costruisci"]:
            self._presenta(server.indirizzo(host, port))
            server.servi(host, port, log_level="warning")
            self.stdout.write("\nChiusa. A presto.")

    def _costruisci(self, motivo: str, quante: int) -> None:
        self.stdout.write(f"Dimostrazione. {motivo}")
        dimostrazione.svuota()
        call_command("prepara", stdout=self.stderr, verbosity=0)
        avanzamento = Avanzamento("Storie", 0, self.stderr)

        def avanti(_fatte: int, tutte: int) -> None:
            avanzamento.quanti = tutte
            avanzamento.avanti()

        costruisci(quante=quante, avanti=avanti)
        avanzamento.fine()
        scrivi_il_sito()
        allestisci()
        dimostrazione.incarica_redazione()
        dimostrazione.giudica_le_pagine()
        dimostrazione.scrivi_segno()

    def _presenta(self, dove: str) -> None:
        largo = max(len(email) for email, _nome, _che in ACCOUNT)
        righe = [
            "",
            f"  Partecipa Lucca, dimostrazione: {dove}",
            "",
            f"  Account (password di tutti: {PASSWORD})",
            *(f"    {email:<{largo}}  {che}" for email, _nome, che in ACCOUNT),
            "",
            f"  Le e-mail si leggono qui:  {dove}/demo/posta/",
            f"  La scrivania degli uffici: {dove}/scrivania/segnalazioni/",
            "",
            "  Ctrl-C per chiudere.",
            "",
        ]
        self.stdout.write("\n".join(righe))
