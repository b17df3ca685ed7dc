"""The desk hears that something changed: each colleague what they may work on, nobody else anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter

from accounts.models import User
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.routing import websocket_urlpatterns
from tests.aiuti import porta_a, segnala


def ascolta(user: Any, percorso: str) -> tuple[bool, Any]:
    """Was the socket accepted, and its first word."""

    async def prova() -> tuple[bool, Any]:
        scope = {"type": "websocket", "path": percorso, "user": user, "session": {}}
        filo = ApplicationCommunicator(URLRouter(websocket_urlpatterns), scope)
        await filo.send_input({"type": "websocket.connect"})
        accolto = (await filo.receive_output())["type"] == "websocket.accept"
        parola = json.loads((await filo.receive_output())["text"]) if accolto else None
        await filo.send_input({"type": "websocket.disconnect", "code": 1000})
        await filo.wait()
        return accolto, parola

    return async_to_sync(prova)()


@pytest.mark.django_db(transaction=True)
def test_a_private_case_is_heard_by_the_colleagues_it_is_given_to(
    buche: Categoria, elena: User, carla: User, fabio: User, anna: User
) -> None:
    buche.pubblica = False
    buche.save()
    caso = porta_a(segnala(buche, autore=anna), "assegnata")
    percorso = f"/ws/scrivania/segnalazioni/{caso.codice}/"
    for collega in (elena, carla):
        assert ascolta(collega, percorso) == (True, {"versione": caso.versione})
    for altri in (fabio, anna):
        assert ascolta(altri, percorso) == (False, None)


@pytest.mark.django_db(transaction=True)
def test_an_unknown_number_is_turned_away_like_a_case_of_others(buca: Segnalazione, elena: User) -> None:
    for codice in ("LU-0000-0000", "boh", buca.codice):
        assert ascolta(elena, f"/ws/scrivania/segnalazioni/{codice}/") == (False, None)
