"""The socket of a page: it opens for who may see the page, says one number, and says it within a second."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Awaitable, Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from channels.layers import InMemoryChannelLayer, get_channel_layer
from channels.routing import URLRouter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from websockets.sync.client import connect
from websockets.typing import Origin

from accounts.models import User
from ascolto.models import Visibilita
from segnalazioni import consumers
from segnalazioni.accesso import ricorda_inviata
from segnalazioni.actions import GRUPPO_CODA
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.routing import websocket_urlpatterns
from tests.aiuti import fai, porta_a, segnala
from tests.processi import server
from tests.segnalazioni.cittadini import GIULIA, privata, rendi

pytestmark = pytest.mark.django_db(transaction=True)

CODA = "/ws/scrivania/segnalazioni/"


class Filo:
    """A browser that knocks at a socket. (channels.testing has one, but wants daphne.)"""

    def __init__(self, percorso: str, user: User | None = None, session: SessionBase | None = None) -> None:
        scope = {
            "type": "websocket",
            "path": percorso,
            "user": user or AnonymousUser(),
            "session": session or SessionStore(),
        }
        self.app = ApplicationCommunicator(URLRouter(websocket_urlpatterns), scope)

    async def apri(self) -> dict[str, Any]:
        """Knocks; answers what came back: websocket.accept or websocket.close."""
        await self.app.send_input({"type": "websocket.connect"})
        return dict(await self.app.receive_output())

    async def parola(self) -> Any:
        """The next word."""
        return json.loads((await self.app.receive_output())["text"])

    async def fine(self) -> dict[str, Any]:
        """The next thing that is not a word: the socket is closed from the other side."""
        return dict(await self.app.receive_output())

    async def di(self, **parola: Any) -> None:
        """Says something: text= or bytes=."""
        await self.app.send_input({"type": "websocket.receive", **parola})

    async def chiudi(self) -> None:
        """Goes away."""
        await self.app.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.app.wait()


def socket(caso: Segnalazione | str) -> str:
    """Address of the socket of a case."""
    return f"/ws/segnalazioni/{caso if isinstance(caso, str) else caso.codice}/"


def in_diretta(prova: Callable[[], Awaitable[Any]]) -> Any:
    """Runs an asynchronous test on the database of this one."""
    return async_to_sync(prova)()


async def annuncia(caso: Segnalazione, versione: int) -> None:
    """What core.realtime says after a commit."""
    layer: Any = get_channel_layer()
    await layer.group_send(caso.gruppo, {"type": "cambiata", "versione": versione})


# --- who may listen -----------------------------------------------------------------------------------------


def apre(percorso: str, user: User | None = None, session: SessionBase | None = None) -> tuple[bool, Any]:
    """(was it opened, its first word or how it was turned away)."""

    async def prova() -> tuple[bool, Any]:
        filo = Filo(percorso, user, session)
        risposta = await filo.apri()
        aperto = risposta["type"] == "websocket.accept"
        parola = await filo.parola() if aperto else risposta
        await filo.chiudi()
        return aperto, parola

    risposta: tuple[bool, Any] = in_diretta(prova)
    return risposta


def test_a_public_case_says_its_version_at_once(buca: Segnalazione) -> None:
    buca = porta_a(buca, "in_lavorazione")
    assert apre(socket(buca)) == (True, {"versione": buca.versione})


def test_a_number_in_small_letters_is_the_same_case(buca: Segnalazione) -> None:
    assert apre(socket(buca.codice.lower())) == (True, {"versione": buca.versione})


def test_a_private_case_is_heard_by_who_reported_it(buche: Categoria, anna: User, bruno: User) -> None:
    caso = privata(buche, autore=anna)
    assert apre(socket(caso), anna) == (True, {"versione": caso.versione})
    assert apre(socket(caso), bruno)[0] is False


def test_the_browser_that_filed_hears_the_confirmation(buche: Categoria) -> None:
    caso = segnala(buche, email=GIULIA)
    session = SessionStore()
    ricorda_inviata(session, caso)
    assert apre(socket(caso), session=session) == (True, {"versione": 0})
    assert apre(socket(caso))[0] is False


def test_what_is_hidden_is_turned_away_like_what_does_not_exist(
    buche: Categoria, buca: Segnalazione, anna: User
) -> None:
    rimossa = rendi(buca, Visibilita.RIMOSSA)
    da_confermare = segnala(buche, email=GIULIA)
    nascosta = privata(buche, autore=anna)
    inesistente = apre(socket("LU-7K3F-92Q7"))
    assert inesistente[0] is False
    for caso in (rimossa, da_confermare, nascosta):
        assert apre(socket(caso)) == inesistente
    assert apre(socket("boh")) == inesistente


def test_the_queue_is_heard_by_who_holds_an_office(
    carla: User, elena: User, anna: User, dario: User, django_user_model: Any
) -> None:
    ex = django_user_model.objects.create_user("ex@example.org", is_staff=True)
    for collega in (carla, elena, dario):
        assert apre(CODA, collega) == (True, {"versione": 0})
    for altri in (anna, ex, None):
        assert apre(CODA, altri)[0] is False


# --- what is said -------------------------------------------------------------------------------------------


def test_each_step_is_said_with_its_version(buca: Segnalazione) -> None:
    async def prova() -> list[Any]:
        filo = Filo(socket(buca))
        await filo.apri()
        parole = [await filo.parola()]
        for versione in (2, 3):
            await annuncia(buca, versione)
            parole.append(await filo.parola())
        await filo.chiudi()
        return parole

    assert in_diretta(prova) == [{"versione": 1}, {"versione": 2}, {"versione": 3}]


def test_a_case_that_becomes_private_says_nothing_more(buca: Segnalazione) -> None:
    async def prova() -> dict[str, Any]:
        filo = Filo(socket(buca))
        await filo.apri()
        await filo.parola()
        await database_sync_to_async(rendi)(buca, Visibilita.PRIVATA)
        await annuncia(buca, 9)
        return await filo.fine()

    assert in_diretta(prova) == {"type": "websocket.close", "code": consumers.NON_PIU}


def test_its_reporter_still_hears_it(buca: Segnalazione, anna: User) -> None:
    async def prova() -> Any:
        filo = Filo(socket(buca), anna)
        await filo.apri()
        await filo.parola()
        await database_sync_to_async(rendi)(buca, Visibilita.PRIVATA)
        await annuncia(buca, 9)
        parola = await filo.parola()
        await filo.chiudi()
        return parola

    assert in_diretta(prova) == {"versione": 9}


def test_many_pages_of_one_case_ask_once(buca: Segnalazione, monkeypatch: pytest.MonkeyPatch) -> None:
    domande: list[str | None] = []
    vera = consumers._e_pubblica

    def contata(codice: str | None) -> bool:
        domande.append(codice)
        return vera(codice)

    monkeypatch.setattr(consumers, "_e_pubblica", contata)

    async def prova() -> list[Any]:
        fili = [Filo(socket(buca)) for _ in range(20)]
        for filo in fili:
            await filo.apri()
            await filo.parola()
        await annuncia(buca, 2)
        parole = [await filo.parola() for filo in fili]
        for filo in fili:
            await filo.chiudi()
        return parole

    assert in_diretta(prova) == [{"versione": 2}] * 20
    assert 1 <= len(domande) <= 5
    assert not consumers._domande, "no answer is kept"


def test_a_page_hears_its_own_case_only(buca: Segnalazione, anna: User) -> None:
    altra = segnala(buca.categoria, autore=anna)

    async def prova() -> bool:
        filo = Filo(socket(buca))
        await filo.apri()
        await filo.parola()
        await annuncia(altra, 5)
        niente = await filo.app.receive_nothing()
        await filo.chiudi()
        return bool(niente)

    assert in_diretta(prova)


def test_a_closed_page_is_forgotten(buca: Segnalazione, carla: User) -> None:
    async def prova() -> list[int]:
        layer: Any = get_channel_layer()
        quanti = []
        for percorso, gruppo in ((socket(buca), buca.gruppo), (CODA, GRUPPO_CODA)):
            filo = Filo(percorso, carla)
            await filo.apri()
            await filo.chiudi()
            quanti.append(len(layer.groups.get(gruppo, {})))
        return quanti

    if not isinstance(get_channel_layer(), InMemoryChannelLayer):
        pytest.skip("the Redis layer keeps its groups on the server")
    assert in_diretta(prova) == [0, 0]


@pytest.mark.parametrize("parola", ["ciao", '{"versione": 99}', "[[[", "x" * 10_000])
def test_what_the_browser_says_changes_nothing(parola: str, buca: Segnalazione) -> None:
    async def prova() -> Any:
        filo = Filo(socket(buca))
        await filo.apri()
        await filo.parola()
        await filo.di(text=parola)
        await filo.di(bytes=b"\x00\xff")
        await annuncia(buca, 2)
        # The announcement of the filing itself may still be on its way: it says 1.
        while (dopo := await filo.parola())["versione"] < 2:
            continue
        await filo.chiudi()
        return dopo

    assert in_diretta(prova) == {"versione": 2}


def test_who_goes_on_talking_is_hung_up_on(buca: Segnalazione) -> None:
    async def prova() -> dict[str, Any]:
        filo = Filo(socket(buca))
        await filo.apri()
        await filo.parola()
        for _volta in range(consumers.PAROLE_DEL_CLIENT + 1):
            await filo.di(text="ciao")
        return await filo.fine()

    assert in_diretta(prova) == {"type": "websocket.close", "code": consumers.TROPPE_PAROLE}


# --- a real server, a real step -----------------------------------------------------------------------------


class Browser:
    """Just enough of one: cookies, a page, a form."""

    def __init__(self, base: str, user: User) -> None:
        client = Client()
        client.force_login(user)
        self.base, self.cookie = base, f"sessionid={client.cookies['sessionid'].value}"
        self.apri = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def _chiedi(self, percorso: str, dati: dict[str, str] | None = None) -> str:
        corpo = urllib.parse.urlencode(dati).encode() if dati else None
        richiesta = urllib.request.Request(self.base + percorso, corpo, {"Cookie": self.cookie, "Origin": self.base})
        with self.apri(richiesta) as risposta:
            return str(risposta.read().decode())

    def manda(self, pagina: str, percorso: str, dati: dict[str, str]) -> None:
        """Fills a form of the page and sends it."""
        segreto = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self._chiedi(pagina))
        assert segreto is not None
        self.cookie = f"{self.cookie.split(';')[0]}; csrftoken={segreto[1]}"
        self._chiedi(percorso, {"csrfmiddlewaretoken": segreto[1], **dati})


def test_a_step_taken_over_http_reaches_an_open_page_within_a_second(
    buca: Segnalazione, anna: User, tmp_path: Path
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the embedded default; two processes on PostgreSQL and Redis: tests/services")
    buca = fai(porta_a(buca, "in_lavorazione"), "chiedi")
    ambiente = {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.impostazioni",
        "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
        "VAR_DIR": str(tmp_path / "var"),
        "SECRET_KEY": settings.SECRET_KEY,
        "REDIS_URL": "",
    }
    with server(tmp_path, ambiente) as base:
        casa = Browser(base, anna)
        with connect(f"ws://{base.removeprefix('http://')}{socket(buca)}", origin=Origin(base)) as pagina:
            assert json.loads(pagina.recv(timeout=5)) == {"versione": buca.versione}
            inizio = time.perf_counter()
            casa.manda(buca.url(), buca.url("rispondi"), {"testo": "Tutta la fila."})
            assert json.loads(pagina.recv(timeout=5)) == {"versione": buca.versione + 1}
            assert time.perf_counter() - inizio < 10  # how fast it is, `make bench` says
    buca.refresh_from_db()
    assert buca.stato == "in_lavorazione"
