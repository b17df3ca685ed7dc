"""`manage.py servi`: HTTP and web sockets on one port."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home import server


class Command(BaseCommand):
    help = "Serve il sito con uvicorn. Più di un processo solo con REDIS_URL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=1, help="processi")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port, workers = options["host"], options["port"], options["workers"]
        server.controlla(host, port, workers)
        self.stdout.write(f"Il sito è su {server.indirizzo(host, port)} (Ctrl-C per chiudere).")
        server.servi(host, port, workers=workers)
