"""python -m tests.benchmarks: makes a database of its own on PostgreSQL, measures, prints JSON, drops it."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
NOME = "lucca_misure"


def _database() -> str:
    with psycopg.connect(POSTGRES, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {NOME} WITH (FORCE)")
        db.execute(f"CREATE DATABASE {NOME}")
    return POSTGRES.rsplit("/", 1)[0] + f"/{NOME}"


def _butta() -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {NOME} WITH (FORCE)")


def _misura(cartella: Path, quante: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from segnalazioni.models import Segnalazione
    from segnalazioni.workflow import Stato
    from tests.benchmarks import dati, diretta, pagine

    call_command("migrate", verbosity=0)
    persone = dati.prepara()
    dati.riempi(quante, persone["strade"])
    with connection.cursor() as cursore:
        cursore.execute("ANALYZE")
    chiunque, carla = Client(), Client()
    carla.force_login(persone["carla"])
    caso = Segnalazione.objects.per_elenco().filter(stato=Stato.IN_LAVORAZIONE).latest("pk")
    esito: dict[str, Any] = {"casi": quante}
    esito["pagine"] = pagine.misura(
        {
            "elenco": (chiunque, "/segnalazioni/"),
            "elenco, pagina 50": (chiunque, "/segnalazioni/?pagina=50"),
            "scheda": (chiunque, caso.url()),
            "frammento": (chiunque, caso.url("stato")),
            "coda": (carla, "/scrivania/segnalazioni/"),
            "caso": (carla, caso.url_scrivania()),
        }
    )
    ambiente = {n: os.environ[n] for n in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL")}
    esito["diretta"] = diretta.misura(cartella, {**ambiente, "VAR_DIR": str(cartella)}, persone["elena"])
    return esito


def main() -> None:
    """Measures and prints; --casi says how many cases the database holds."""
    parole = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parole.add_argument("--casi", type=int, default=20_000)
    scelte = parole.parse_args()
    with tempfile.TemporaryDirectory() as cartella:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="tests.benchmarks.impostazioni",
            DATABASE_URL=_database(),
            REDIS_URL=REDIS,
            VAR_DIR=cartella,
        )
        try:
            esito = _misura(Path(cartella), scelte.casi)
        finally:
            _butta()
    json.dump(esito, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
