"""Pages of the site for who has no session: from the cache, rendered, and a bare Django view, turn by turn."""

from __future__ import annotations

import http.client
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.processi import server

PAGINE = ("/", "/servizi/ambiente-e-citta/segnalare-un-disservizio/", "/novita/", "/amministrazione/uffici/urp/")
SECONDI = 2.0  # of one turn
GIRI = 3
CHI = 2  # clients, each a process with one connection: with more they take the server's cores
OBIETTIVO = 0.4  # of the throughput of the bare view
# Whoever carries a session is not given the kept page.
SUO = {"Cookie": "sessionid=di-nessuno"}


def misura(cartella: Path, ambiente: dict[str, str]) -> dict[str, Any]:
    """Per page: requests per second kept and rendered, and as a part of the bare view's; its queries when rendered."""
    query = {url: _query(url) for url in PAGINE}
    connection.close()
    esito: dict[str, Any] = {"clienti": CHI}
    nuda_django = server(cartella, ambiente, "nuda", "tests.benchmarks.nuda:application")
    with server(cartella, ambiente, "sito") as nostro, nuda_django as nudo:
        for url in PAGINE:
            porte: tuple[tuple[str, dict[str, str]], ...] = ((nudo + "/", {}), (nostro + url, {}), (nostro + url, SUO))
            giri = [tuple(_al_secondo(*porta) for porta in porte) for _giro in range(GIRI)]
            nuda, tenuta, resa = (statistics.median(colonna) for colonna in zip(*giri, strict=True))
            esito[url] = {
                "query_senza_cache": query[url],
                "nuda_al_secondo": round(nuda),
                "dalla_cache_al_secondo": round(tenuta),
                "senza_cache_al_secondo": round(resa),
                "parte_della_nuda": round(tenuta / nuda, 2),
                "almeno_quattro_decimi": tenuta / nuda >= OBIETTIVO,
            }
    return esito


def _query(url: str) -> int:
    cliente = Client(headers=SUO)
    cliente.get(url)
    with CaptureQueriesContext(connection) as presi:
        if cliente.get(url).status_code != 200:
            raise RuntimeError(url)
    return len(presi)


def _al_secondo(url: str, headers: dict[str, str]) -> float:
    with ProcessPoolExecutor(CHI) as gente:
        return sum(gente.map(partial(_chiedi, url, headers), range(CHI)))


def _chiedi(url: str, headers: dict[str, str], _chi: int) -> float:
    """Requests per second of one client over one connection."""
    dove = urlsplit(url)
    presa = http.client.HTTPConnection(dove.netloc, timeout=30)
    fatte, inizio = 0, time.perf_counter()
    while time.perf_counter() - inizio < SECONDI:
        presa.request("GET", dove.path, headers=headers)
        risposta = presa.getresponse()
        risposta.read()
        if risposta.status != 200:
            raise RuntimeError(f"{url}: {risposta.status}")
        fatte += 1
    presa.close()
    return fatte / (time.perf_counter() - inizio)
