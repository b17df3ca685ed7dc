"""Several people at once, through real servers: our pages, a bare view and the SQL alone, turn by turn in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
import requests

UTENTI = 8
GIRI = 12  # of each person, on each page
PAUSA = 1.0  # seconds between two requests of one person: nobody reads a page faster
OBIETTIVO = 150.0  # ms, p95


def misura(
    server: Sequence[str], biscotti: dict[str, str], pagine: dict[str, tuple[str, int, list[str]]], db: str
) -> dict[str, Any]:
    """Per page: ms (p50, p95) of ours, of a bare view and of the same SQL, all with UTENTI at once.

    pagine: name → address, its queries, their SQL.
    """
    for url, _quante, _sql_suo in pagine.values():  # servers that have just started open connections, read templates
        _tutti(partial(_una_pagina, server, url, biscotti), giri=1)
    esito: dict[str, Any] = {"utenti": UTENTI, "pausa_s": PAUSA, "server": len(server)}
    for nome, (url, quante, sql) in pagine.items():
        nostre = _tutti(partial(_una_pagina, server, url, biscotti))
        nude = _tutti(partial(_una_pagina, server, "/healthz", {}))
        a_mano = _tutti(partial(_sql, db, sql))
        ms = _riassunto(nostre)
        esito[nome] = {
            "url": url,
            "query": quante,
            **{f"ms_{k}": v for k, v in ms.items()},
            **{f"nuda_ms_{k}": v for k, v in _riassunto(nude).items()},
            **{f"sql_ms_{k}": v for k, v in _riassunto(a_mano).items()},
            "entro_150_ms": ms["p95"] < OBIETTIVO,
        }
    return esito


def _tutti(persona: Callable[[int], Callable[[], None]], *, giri: int = GIRI) -> list[float]:
    """`giri` turns of UTENTI people, who begin one after the other; the seconds of each turn but the first."""

    def lavora(chi: int) -> list[float]:
        atto = persona(chi)
        tempi = []
        time.sleep(PAUSA * chi / UTENTI)
        for _giro in range(giri + 1):
            inizio = time.perf_counter()
            atto()
            tempi.append(time.perf_counter() - inizio)
            time.sleep(PAUSA)
        return tempi[1:]

    with ThreadPoolExecutor(UTENTI) as gente:
        return [tempo for tempi in gente.map(lavora, range(UTENTI)) for tempo in tempi]


def _una_pagina(server: Sequence[str], url: str, biscotti: dict[str, str], chi: int) -> Callable[[], None]:
    """What person number `chi` does, on one of the servers."""
    return _pagina(server[chi % len(server)] + url, biscotti)


def _pagina(url: str, biscotti: dict[str, str]) -> Callable[[], None]:
    sessione = requests.Session()
    sessione.cookies.update(biscotti)

    def atto() -> None:
        risposta = sessione.get(url, timeout=60)
        if risposta.status_code != 200:
            raise RuntimeError(f"{url}: {risposta.status_code}")

    return atto


def _sql(db: str, testi: list[str], _chi: int) -> Callable[[], None]:
    connessione = psycopg.connect(db, autocommit=True)

    def atto() -> None:
        with connessione.cursor() as cursore:
            for testo in testi:
                cursore.execute(testo.encode())
                cursore.fetchall()

    return atto


def _riassunto(secondi: list[float]) -> dict[str, float]:
    ms = sorted(s * 1000 for s in secondi)
    return {"p50": round(statistics.median(ms), 1), "p95": round(ms[int(len(ms) * 0.95) - 1], 1)}
