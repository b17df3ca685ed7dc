"""Two web workers and a task worker, each a process of its own, on PostgreSQL and Redis."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest
import requests
import websockets
from django.conf import settings
from django.db import connection
from websockets.typing import Origin

from accounts.models import User
from notifiche.models import Notifica, StatoAvviso
from segnalazioni import actions
from segnalazioni.models import Passaggio
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a
from tests.posta import ufficio_postale
from tests.processi import operaio, porta_libera, server
from tests.sessioni import compi_dal_banco, entra

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def ambiente(cartella: Path, porta_posta: int) -> dict[str, str]:
    """The environment of a process that shares the database of this test."""
    db = connection.settings_dict
    return {
        "DJANGO_SETTINGS_MODULE": "lucca_partecipa.settings.dev",
        "DATABASE_URL": f"postgres://{db['USER']}@{db['HOST']}:{db['PORT']}/{db['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "VAR_DIR": str(cartella / "var"),
        "EMAIL_URL": f"smtp://127.0.0.1:{porta_posta}",
        "SITO_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": settings.SECRET_KEY,
    }


def test_a_step_through_one_worker_reaches_a_socket_of_the_other(buca, elena, tmp_path):
    caso = porta_a(buca, Stato.ASSEGNATA)
    biscotti, porta_posta = entra(elena), porta_libera()
    env = ambiente(tmp_path, porta_posta)

    async def guarda(uno: str, due: str) -> tuple[int, float, str]:
        indirizzo = due.replace("http", "ws", 1) + f"/ws/segnalazioni/{caso.codice}/"
        async with websockets.connect(indirizzo, origin=Origin(due)) as presa:
            prima = json.loads(await asyncio.wait_for(presa.recv(), 10))["versione"]
            assert prima == caso.versione
            porta = f"{caso.url_scrivania()}passi/prendi_in_carico/"
            stato = await asyncio.to_thread(compi_dal_banco, uno, biscotti, porta, {"versione": str(prima)})
            fatto = time.perf_counter()
            dopo = json.loads(await asyncio.wait_for(presa.recv(), 5))["versione"]
            attesa = time.perf_counter() - fatto
            frammento = (await asyncio.to_thread(requests.get, due + caso.url("stato"), timeout=10)).text
            assert stato == 302
            return dopo, attesa, frammento

    with server(tmp_path, env, "uno") as uno, server(tmp_path, env, "due") as due:
        versione, attesa, frammento = asyncio.run(guarda(uno, due))
    assert versione == caso.versione + 1
    assert attesa < 5  # how fast it is, `make bench` says
    assert "In lavorazione" in frammento


def test_two_colleagues_on_two_workers_see_one_another_come_and_go(buca, elena, carla, tmp_path):
    caso = porta_a(buca, Stato.ASSEGNATA)
    env = ambiente(tmp_path, porta_libera())
    percorso = f"/ws/scrivania/segnalazioni/{caso.codice}/"

    async def presenti(presa: websockets.ClientConnection) -> bool:
        while "presenti" not in (parola := json.loads(await asyncio.wait_for(presa.recv(), 10))):
            continue
        return bool(parola["presenti"])

    di_elena, di_carla = entra(elena), entra(carla)

    def filo(base: str, suoi: dict[str, str]) -> websockets.connect:
        biscotti = "; ".join(f"{nome}={valore}" for nome, valore in suoi.items())
        indirizzo = base.replace("http", "ws", 1) + percorso
        return websockets.connect(indirizzo, origin=Origin(base), additional_headers={"Cookie": biscotti})

    async def guarda(uno: str, due: str) -> tuple[str, str]:
        dove = due + caso.url_scrivania("presenti")
        async with filo(due, di_carla) as sua:
            async with filo(uno, di_elena) as di_lei:
                await di_lei.send('{"qui":"guarda"}')
                assert await presenti(sua)
                prima = (await asyncio.to_thread(requests.get, dove, cookies=di_carla, timeout=10)).text
            assert await presenti(sua)
            return prima, (await asyncio.to_thread(requests.get, dove, cookies=di_carla, timeout=10)).text

    with server(tmp_path, env, "uno") as uno, server(tmp_path, env, "due") as due:
        prima, dopo = asyncio.run(guarda(uno, due))
    assert "Elena Esposito sta guardando" in prima
    assert "Elena" not in dopo


def test_the_worker_sends_the_mail_of_a_step_taken_through_the_web(buca, elena, tmp_path):
    caso = porta_a(buca, Stato.ASSEGNATA)
    actions.segui(caso, firma=True, utente=User.objects.create_user("gino@example.org"))
    with ufficio_postale() as posta:
        env = ambiente(tmp_path, posta.porta)
        with server(tmp_path, env) as web, operaio(tmp_path, env):
            porta = f"{caso.url_scrivania()}passi/prendi_in_carico/"
            assert compi_dal_banco(web, entra(elena), porta, {"versione": str(caso.versione)}) == 302
            assert len(posta.aspetta("anna@example.org")) == 1
            assert len(posta.aspetta("gino@example.org")) == 1
    ultimo = Passaggio.objects.get(segnalazione=caso, passo="prendi_in_carico")
    inviate = Notifica.objects.filter(evento=f"passaggio:{ultimo.uid}", canale="email")
    assert [n.stato for n in inviate] == [StatoAvviso.INVIATA] * 2
