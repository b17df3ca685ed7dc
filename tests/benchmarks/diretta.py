"""From commit to fragment: two web workers and a task worker as processes; the sockets are the other worker's."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
import websockets
from django.db import connection
from websockets.typing import Origin

from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import Stato
from tests.processi import operaio, server
from tests.sessioni import compi_dal_banco, entra

PASSI = 40
ENTRO = 15.0  # seconds: later than this is counted as lost


class Guardiano:
    """One page held open: its socket, and what it does when told that something changed."""

    def __init__(self, base: str, caso: Segnalazione) -> None:
        self.base, self.codice, self.stato_url = base, caso.codice, caso.url("stato")
        self.arrivi: asyncio.Queue[tuple[int, float]] = asyncio.Queue()

    async def guarda(self, pronto: asyncio.Event) -> None:
        indirizzo = self.base.replace("http", "ws", 1) + f"/ws/segnalazioni/{self.codice}/"
        async with websockets.connect(indirizzo, origin=Origin(self.base), open_timeout=30) as presa:
            await presa.recv()
            pronto.set()
            async for messaggio in presa:
                versione = json.loads(messaggio)["versione"]
                await self.arrivi.put((versione, time.time()))


def _frammento(base: str, percorso: str, sessione: requests.Session) -> float:
    sessione.get(base + percorso, timeout=ENTRO).raise_for_status()
    return time.time()


async def _passi(uno: str, biscotti: dict[str, str], caso: Segnalazione, guardiani: list[Guardiano]) -> dict[str, Any]:
    avvisi, mostrati, persi = [], [], 0
    sessioni = [requests.Session() for _ in guardiani]
    for giro in range(PASSI):
        passo, dati = ("attendi", {"ente": "ANAS", "testo": "Scritto ad ANAS"}) if giro % 2 == 0 else ("riprendi", {})
        versione = await asyncio.to_thread(_versione, caso.pk)
        porta = f"{caso.url_scrivania()}passi/{passo}/"
        esito = await asyncio.to_thread(compi_dal_banco, uno, biscotti, porta, {**dati, "versione": str(versione)})
        if esito != 302:
            raise RuntimeError(f"{passo}: HTTP {esito}")
        scritto = await asyncio.to_thread(_scritto_il, caso.pk, versione + 1)
        for guardiano, sessione in zip(guardiani, sessioni, strict=True):
            try:
                _v, arrivo = await asyncio.wait_for(guardiano.arrivi.get(), ENTRO)
            except TimeoutError:
                persi += 1
                continue
            avvisi.append(arrivo - scritto)
            if guardiano is guardiani[0]:
                visto = await asyncio.to_thread(_frammento, guardiano.base, guardiano.stato_url, sessione)
                mostrati.append(visto - scritto)
    return {
        "passi": PASSI,
        "prese_sul_caso": len(guardiani),
        "persi": persi,
        "avviso_ms": _riassunto(avvisi),
        "frammento_ms": _riassunto(mostrati),
    }


def _versione(pk: int) -> int:
    return int(Segnalazione.objects.values_list("versione", flat=True).get(pk=pk))


def _scritto_il(pk: int, numero: int) -> float:
    scritto: datetime = Passaggio.objects.get(segnalazione_id=pk, numero=numero).created_at
    return scritto.astimezone(UTC).timestamp()


def _riassunto(secondi: list[float]) -> dict[str, float]:
    ms = sorted(s * 1000 for s in secondi)
    return {
        "p50": round(statistics.median(ms), 1),
        "p95": round(ms[int(len(ms) * 0.95) - 1], 1),
        "massimo": round(ms[-1], 1),
    }


async def _misura(uno: str, due: str, biscotti: dict[str, str], casi: list[Segnalazione]) -> dict[str, Any]:
    sullo_stesso = [Guardiano(due, casi[0]) for _ in range(20)]
    altri = [Guardiano(due, caso) for caso in casi[1:181]]
    pronti = [asyncio.Event() for _ in [*sullo_stesso, *altri]]
    prese = [asyncio.create_task(g.guarda(p)) for g, p in zip([*sullo_stesso, *altri], pronti, strict=True)]
    try:
        await asyncio.wait_for(asyncio.gather(*[p.wait() for p in pronti]), 60)
        esito = await _passi(uno, biscotti, casi[0], sullo_stesso)
    finally:
        for presa in prese:
            presa.cancel()
        await asyncio.gather(*prese, return_exceptions=True)
    return {"prese_aperte": len(prese), **esito}


def misura(cartella: Path, ambiente: Mapping[str, str], chi: Any) -> dict[str, Any]:
    """p50, p95 and worst, in ms, from the row written (a little before commit) to notice and to fragment fetched."""
    casi = list(Segnalazione.objects.per_elenco().filter(stato=Stato.IN_LAVORAZIONE)[:181])
    biscotti = entra(chi)
    connection.close()
    with (
        server(cartella, ambiente, "uno") as uno,
        server(cartella, ambiente, "due") as due,
        operaio(cartella, ambiente),
    ):
        return asyncio.run(_misura(uno, due, biscotti, casi))
