"""Live pages: the socket says only "this has changed, and is now version n"; the browser fetches the fragment again.

Who may hear is who may see: segnalazioni.accesso, asked at the door and again before each word, because a case may
become private under an open page. An unknown number and a private one are turned away alike, before the handshake.
All questions of a process go one by one through one thread, hence through one database connection at most.
"""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import sync_to_async
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db.models import F

from comune.ruoli import incarichi_di
from core import presenza
from core.codici import leggi_codice
from segnalazioni.accesso import Visitatore, cerca
from segnalazioni.actions import GRUPPO_CODA, gruppo_note
from segnalazioni.models import Segnalazione

PAROLE_DEL_CLIENT = 20  # nothing is expected from the browser: who goes on talking is hung up on
PAROLE_AL_MINUTO = 40  # of a colleague's page: four say that it is still there, the others that somebody types
TROPPE_PAROLE = 1008  # RFC 6455: policy violation
NON_PIU = 4404  # ours: the page this socket belongs to is no longer there for you
_PRESENZE = {f'{{"qui":"{che}"}}': che for che in (presenza.GUARDA, presenza.SCRIVE)}


class Diretta(AsyncJsonWebsocketConsumer):
    """A socket that only speaks: {"versione": n} at once, and at each change."""

    gruppi: list[str] = []
    _sentite: int = 0

    async def connect(self) -> None:
        # Joins before it looks: a change between the two is heard twice rather than never.
        self.gruppi = self.nomi_dei_gruppi()
        if not self.gruppi:
            await self.close()
            return
        for gruppo in self.gruppi:
            await self.channel_layer.group_add(gruppo, self.channel_name)
        versione = await self._versione()
        if versione is None:
            await self._lascia()
            await self.close()
            return
        await self.accept()
        await self.send_json({"versione": versione})

    async def disconnect(self, code: int) -> None:
        await self._lascia()

    async def _lascia(self) -> None:
        for gruppo in self.gruppi:
            await self.channel_layer.group_discard(gruppo, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Listens to nothing."""
        self._sentite += 1
        if self._sentite > PAROLE_DEL_CLIENT:
            await self.close(TROPPE_PAROLE)

    async def cambiata(self, evento: dict[str, Any]) -> None:
        """The group's message (core.realtime.annuncia)."""
        versione = evento["versione"]
        if await self.si_vede_ancora(versione):
            await self.send_json({"versione": versione})
        else:
            await self.close(NON_PIU)

    async def si_vede_ancora(self, versione: int) -> bool:
        """May this visitor still see the thing, now that it has this version?"""
        return await self._versione() is not None

    async def _versione(self) -> int | None:
        versione: int | None = await database_sync_to_async(self.versione_se_si_vede)()
        return versione

    def nomi_dei_gruppi(self) -> list[str]:
        """The groups of the thing in the address; none when the address cannot be one."""
        raise NotImplementedError

    def versione_se_si_vede(self) -> int | None:
        """The version now, or None when this visitor may not see the thing. Touches the database."""
        raise NotImplementedError


class DirettaDiUnCaso(Diretta):
    """What the sockets of a case have in common: its number and its group."""

    @property
    def codice(self) -> str | None:
        """The number in the address; None when it cannot be one."""
        return leggi_codice(self.scope["url_route"]["kwargs"]["codice"])

    def nomi_dei_gruppi(self) -> list[str]:
        return [f"segnalazione.{self.codice}"] if self.codice else []


class SegnalazioneConsumer(DirettaDiUnCaso):
    """The page of one case."""

    _segnalante: bool = False

    def versione_se_si_vede(self) -> int | None:
        accesso = cerca(self.codice or "", Visitatore(self.scope["user"], self.scope["session"]))
        if accesso is None:
            return None
        self._segnalante = accesso.segnalante
        return accesso.caso.edizione

    async def si_vede_ancora(self, versione: int) -> bool:
        # Who did not report it hears it because everybody may: one question for all the pages open on it.
        return await super().si_vede_ancora(versione) if self._segnalante else await _pubblica(self.codice, versione)


class CasoScrivaniaConsumer(DirettaDiUnCaso):
    """The same case seen from the desk: also when it is private, for the colleagues it is given to.

    It hears one thing, {"qui": "guarda" | "scrive"}, every quarter of a minute, and says {"presenti": true} when
    somebody else has come, begun to write or gone: who, the page asks the desk (ADR 0017).
    """

    _finestra: float = 0.0
    _qui: bool = False

    def nomi_dei_gruppi(self) -> list[str]:
        return [*super().nomi_dei_gruppi(), self._stanza] if self.codice else []

    @property
    def _stanza(self) -> str:
        return gruppo_note(self.codice or "")

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Somebody looks or writes; whoever says anything else, or too much of it, is hung up on."""
        ora = asyncio.get_running_loop().time()
        if ora - self._finestra > 60:
            self._finestra, self._sentite = ora, 0
        self._sentite += 1
        che = _PRESENZE.get(text_data or "")
        if che is None or self._sentite > PAROLE_AL_MINUTO:
            await self.close(TROPPE_PAROLE)
            return
        self._qui = True
        await self._di(await sync_to_async(presenza.segna)(self._stanza, self._chi, self.channel_name, che))

    async def disconnect(self, code: int) -> None:
        await super().disconnect(code)
        if self._qui:
            await self._di(await sync_to_async(presenza.togli)(self._stanza, self._chi, self.channel_name))

    @property
    def _chi(self) -> int:
        return int(self.scope["user"].pk)

    async def _di(self, cambiato: bool) -> None:
        if cambiato:
            await self.channel_layer.group_send(self._stanza, {"type": "presenti", "da": self.channel_name})

    async def presenti(self, evento: dict[str, Any]) -> None:
        """The group's message: who is here has changed. Whoever changed it knows."""
        if evento["da"] != self.channel_name:
            await self.send_json({"presenti": True})

    def versione_se_si_vede(self) -> int | None:
        user = self.scope["user"]
        if not user.is_authenticated:
            return None
        casi = Segnalazione.objects.del_servizio(user).per_codice(self.codice or "")
        return casi.values_list(F("versione") + F("revisione"), flat=True).first()


class CodaConsumer(Diretta):
    """The queue of the desk, for who holds an office today: version 0, it only says "look again"."""

    def nomi_dei_gruppi(self) -> list[str]:
        return [GRUPPO_CODA]

    def versione_se_si_vede(self) -> int | None:
        user = self.scope["user"]
        return 0 if user.is_authenticated and incarichi_di(user) else None


# --- one question for many pages ----------------------------------------------------------------------------

_domande: dict[tuple[asyncio.AbstractEventLoop, str | None, int], asyncio.Future[bool]] = {}


async def _pubblica(codice: str | None, versione: int) -> bool:
    """Is the case public? Asked for the same change at the same moment by many sockets, it is one query.

    The answer is kept no longer than its query takes, and never serves a later change: it could be another one.
    """
    chiave = (asyncio.get_running_loop(), codice, versione)
    domanda = _domande.get(chiave)
    if domanda is None:
        domanda = asyncio.ensure_future(database_sync_to_async(_e_pubblica)(codice))
        _domande[chiave] = domanda
        domanda.add_done_callback(lambda _fatta: _domande.pop(chiave, None))
    return await asyncio.shield(domanda)


def _e_pubblica(codice: str | None) -> bool:
    return Segnalazione.objects.pubbliche().filter(contributo__codice=codice).exists()
