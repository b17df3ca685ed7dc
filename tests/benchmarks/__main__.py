"""python -m tests.benchmarks: makes a database of its own on PostgreSQL, measures, prints JSON, drops it."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg

POSTGRES = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/test")
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/9")
NOME = "lucca_misure"
PAGINE = 5_000  # of the site, that the search finds beside the cases
PARTI = ("pagine", "assenze", "insieme", "sito", "diretta")


def _database() -> str:
    with psycopg.connect(POSTGRES, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {NOME} WITH (FORCE)")
        db.execute(f"CREATE DATABASE {NOME}")
    return POSTGRES.rsplit("/", 1)[0] + f"/{NOME}"


def _butta() -> None:
    with psycopg.connect(POSTGRES, autocommit=True) as db:
        db.execute(f"DROP DATABASE IF EXISTS {NOME} WITH (FORCE)")


def _misura(cartella: Path, quante: int, quali: Sequence[str]) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    import ricerca.views
    from home.contenuti import posa
    from segnalazioni.models import Segnalazione
    from segnalazioni.workflow import Stato
    from tests.benchmarks import dati, diretta, pagine, sito

    call_command("migrate", verbosity=0)
    posa()
    persone = dati.prepara()
    dati.riempi(quante, persone["strade"])
    dati.riempi_sito(PAGINE)
    with connection.cursor() as cursore:
        cursore.execute("VACUUM ANALYZE")  # what autovacuum has done by the time a database is this large
    ricerca.views.AL_MINUTO = sys.maxsize  # what a question costs, not how many one address may ask
    chiunque, carla = Client(), Client()
    carla.force_login(persone["carla"])
    caso = Segnalazione.objects.per_elenco().filter(stato=Stato.IN_LAVORAZIONE).latest("pk")
    parti: dict[str, Callable[[], Any]] = {
        "pagine": lambda: pagine.misura(_indirizzi(chiunque, carla, caso)),
        "assenze": lambda: _assenze(chiunque, caso),
        "insieme": lambda: _insieme(cartella, carla, chiunque, persone["carla"]),
        "sito": lambda: sito.misura(cartella, _ambiente(cartella)),
        "diretta": lambda: diretta.misura(cartella, _ambiente(cartella), persone["elena"]),
    }
    return {"casi": quante, "pagine_del_sito": PAGINE} | {nome: fai() for nome, fai in parti.items() if nome in quali}


def _indirizzi(chiunque: Any, carla: Any, caso: Any) -> dict[str, tuple[Any, str]]:
    """Pages one by one, and who asks for them."""
    return {
        "elenco": (chiunque, "/segnalazioni/"),
        "elenco, pagina 50": (chiunque, "/segnalazioni/?pagina=50"),
        "scheda": (chiunque, caso.url()),
        "frammento": (chiunque, caso.url("stato")),
        "coda": (carla, "/scrivania/segnalazioni/"),
        "caso": (carla, caso.url_scrivania()),
        "statistiche, dodici settimane": (carla, "/scrivania/statistiche/"),
        **{nome: (chiunque, url) for nome, url in CERCA.items()},
        "statistiche, da sempre": (carla, "/scrivania/statistiche/?periodo=sempre"),
    }


def _ambiente(cartella: Path) -> dict[str, str]:
    """Of the processes that the benches start."""
    nomi = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL")
    return {**{n: os.environ[n] for n in nomi}, "VAR_DIR": str(cartella)}


CODA = "/scrivania/segnalazioni/"
AL_BANCO = {
    "coda": CODA,
    "coda, aperte": f"{CODA}?elenco=aperte",
    "coda, aperte, pagina 100": f"{CODA}?elenco=aperte&pagina=100",
    "coda, tutte, filtrate": f"{CODA}?elenco=tutte&stato=chiusa&canale=web",
    "coda, cerca una parola comune": f"{CODA}?elenco=tutte&q=buche",
    "coda, cerca due parole": f"{CODA}?elenco=aperte&q=lampioni+carrozzina",
    "coda, cerca fra virgolette": f"{CODA}?elenco=tutte&q=%22lampione+spento%22+garage",
}
CERCA = {
    "cerca nel sito, una parola comune": "/cerca/?q=buche",
    "cerca nel sito, due parole": "/cerca/?q=lampione+spento",
    "cerca nel sito, una domanda": "/cerca/?q=quando+piove+in+via+romana+la+carrozzina+non+passa+sul+marciapiede",
    "cerca nel sito, parole sbagliate": "/cerca/?q=lampone+spneto",
    "cerca nel sito, fra virgolette": "/cerca/?q=%22lampione+spento%22",
}
NEL_SITO = {
    **CERCA,
    "elenco": "/segnalazioni/",
    "elenco, cerca una parola comune": "/segnalazioni/?q=buche",
    "elenco, cerca due parole": "/segnalazioni/?q=lampioni+carrozzina",
}


def _insieme(cartella: Path, al_banco: Any, chiunque: Any, carla: Any) -> dict[str, Any]:
    """Eight people at once, half on each of two web workers."""
    from django.db import connection

    from tests.benchmarks import insieme, pagine
    from tests.processi import server
    from tests.sessioni import entra

    pagine_ = {nome: pagine.query_di(al_banco, url) for nome, url in AL_BANCO.items()}
    pagine_ |= {nome: pagine.query_di(chiunque, url) for nome, url in NEL_SITO.items()}
    biscotti, ambiente = entra(carla), _ambiente(cartella)
    connection.close()
    with server(cartella, ambiente, "primo") as uno, server(cartella, ambiente, "secondo") as due:
        return insieme.misura([uno, due], biscotti, pagine_, os.environ["DATABASE_URL"])


def _assenze(chiunque: Any, caso: Any) -> dict[str, Any]:
    """Private, removed, unknown and impossible numbers, in the page, its fragment and a photo: the times of a 404."""
    from ascolto.models import Contributo, Visibilita
    from segnalazioni.models import Segnalazione
    from tests.benchmarks import pagine

    pubbliche = list(Segnalazione.objects.pubbliche().per_elenco().exclude(pk=caso.pk).order_by("-pk")[:2])
    for altra, come in zip(pubbliche, (Visibilita.PRIVATA, Visibilita.RIMOSSA), strict=True):
        Contributo.objects.filter(pk=altra.contributo_id).update(visibilita=come)
    indirizzi = {
        "privata": pubbliche[0].url(),
        "rimossa": pubbliche[1].url(),
        "sconosciuta": "/segnalazioni/LU-7K3F-92Q7/",
        "impossibile": "/segnalazioni/LU-7K3F-92Q8/",
    }
    foto = "foto/00000000-0000-4000-8000-000000000000/"
    return {coda or "pagina": pagine.assenze(chiunque, indirizzi, coda) for coda in ("", "stato/", foto)}


def main() -> None:
    """Measures and prints; --casi says how many cases the database holds, --parti what to measure."""
    parole = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parole.add_argument("--casi", type=int, default=100_000)
    parole.add_argument("--parti", nargs="+", choices=PARTI, default=PARTI, help="which of them to measure")
    scelte = parole.parse_args()
    with tempfile.TemporaryDirectory() as cartella:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="tests.benchmarks.impostazioni",
            DATABASE_URL=_database(),
            REDIS_URL=REDIS,
            VAR_DIR=cartella,
        )
        try:
            esito = _misura(Path(cartella), scelte.casi, scelte.parti)
        finally:
            _butta()
    json.dump(esito, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
