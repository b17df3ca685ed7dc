"""Pages in one process: ours, a bare Django view, and the same SQL by hand, turn by turn in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

GIRI = 40


def _ms(atto: Callable[[], object]) -> float:
    inizio = time.perf_counter()
    atto()
    return (time.perf_counter() - inizio) * 1000


def query_di(cliente: Client, url: str) -> tuple[str, int, list[str]]:
    """The address, how many queries it takes, and those that read, as SQL."""
    cliente.get(url)
    with CaptureQueriesContext(connection) as presi:
        if cliente.get(url).status_code != 200:
            raise RuntimeError(url)
    query = list(presi.captured_queries)
    return url, len(query), _letture(query)


def _letture(query: list[dict[str, str]]) -> list[str]:
    return [q["sql"] for q in query if q["sql"].lstrip().upper().startswith(("SELECT", "WITH"))]


def _sql_a_mano(query: list[dict[str, str]]) -> Callable[[], None]:
    testi = _letture(query)

    def corri() -> None:
        connection.ensure_connection()
        with connection.connection.cursor() as cursore:  # psycopg itself, past Django
            for testo in testi:
                cursore.execute(testo)
                cursore.fetchall()

    return corri


def misura(pagine: dict[str, tuple[Client, str]], nuda: str = "/healthz") -> dict[str, Any]:
    """Per page: ms (p50, p95), how many queries, and the ratios to a bare view and to the SQL alone."""
    return {nome: _una(cliente, url, nuda) for nome, (cliente, url) in pagine.items()}


def _una(cliente: Client, url: str, nuda: str) -> dict[str, Any]:
    risposta = cliente.get(url)
    if risposta.status_code != 200:
        raise RuntimeError(f"{url}: {risposta.status_code}")
    with CaptureQueriesContext(connection) as presi:
        cliente.get(url)
    query = list(presi.captured_queries)  # the log is emptied by the next request
    a_mano = _sql_a_mano(query)
    nostri, nudi, sql = [], [], []
    for _ in range(GIRI):
        nostri.append(_ms(lambda: cliente.get(url)))
        nudi.append(_ms(lambda: cliente.get(nuda)))
        sql.append(_ms(a_mano))
    mediana, mediana_sql = statistics.median(nostri), statistics.median(sql)
    return {
        "url": url,
        "query": len(query),
        "ms_p50": round(mediana, 2),
        "ms_p95": round(sorted(nostri)[int(GIRI * 0.95) - 1], 2),
        "nuda_ms_p50": round(statistics.median(nudi), 2),
        "sql_ms_p50": round(mediana_sql, 2),
        "volte_la_nuda": round(mediana / statistics.median(nudi), 1),
        "volte_il_sql": round(mediana / mediana_sql, 1) if mediana_sql else None,
    }


def assenze(cliente: Client, indirizzi: dict[str, str], coda: str = "") -> dict[str, Any]:
    """Answers that must not be told apart by their time: ms (p50) of each, turn by turn, and the widest ratio.

    indirizzi: name → address of a case that this client may not see, of whatever kind; coda: a door of it.
    Raises RuntimeError when one of them is there after all.
    """
    tempi: dict[str, list[float]] = {nome: [] for nome in indirizzi}
    for giro in range(GIRI * 2):
        for nome, url in indirizzi.items():
            inizio = time.perf_counter()
            stato = cliente.get(f"{url}{coda}").status_code
            if giro:  # the first turn fills what is remembered
                tempi[nome].append((time.perf_counter() - inizio) * 1000)
            if stato != 404:
                raise RuntimeError(f"{nome}: {stato}")
    mediane = {nome: round(statistics.median(misure), 2) for nome, misure in tempi.items()}
    return {"ms_p50": mediane, "rapporto": round(max(mediane.values()) / min(mediane.values()), 2)}
