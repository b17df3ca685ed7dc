"""Live pages: the socket says only "this has changed, and is now version n"; the browser fetches the fragment again.

Who may hear is who may see: segnalazioni.accesso, asked at the door and again before each word, because a case may
become private under an open page. An unknown number and a private one are turned away alike, before the handshake.
All questions of a process go one by one through one thread, hence through one database connection at most.
"""

from __future__ import annotations

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from comune.ruoli import incarichi_di
from core.codici import leggi_codice
from segnalazioni.accesso import Visitatore, cerca
from segnalazioni.actions import GRUPPO_CODA
from segnalazioni.models import Segnalazione

PAROLE_DEL_CLIENT = 20  # nothing is expected from the browser: who goes on talking is hung up on
TROPPE_PAROLE = 1008  # RFC 6455: policy violation
NON_PIU = 4404  # ours: the page this socket belongs to is no longer there for you


class Diretta(AsyncJsonWebsocketConsumer):
    """A socket that only speaks: {"versione": n} at once, and at each change."""

    gruppo: str = ""
    _sentite: int = 0

    async def connect(self) -> None:
        # Joins before it looks: a change between the two is heard twice rather than never.
        self.gruppo = self.nome_del_gruppo()
        if not self.gruppo:
            await self.close()
            return
        await self.channel_layer.group_add(self.gruppo, self.channel_name)
        versione = await self._versione()
        if versione is None:
            await self.channel_layer.group_discard(self.gruppo, self.channel_name)
            await self.close()
            return
        await self.accept()
        await self.send_json({"versione": versione})

    async def disconnect(self, code: int) -> None:
        if self.gruppo:
            await self.channel_layer.group_discard(self.gruppo, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Listens to nothing."""
        self._sentite += 1
        if self._sentite > PAROLE_DEL_CLIENT:
            await self.close(TROPPE_PAROLE)

    async def cambiata(self, evento: dict[str, Any]) -> None:
        """The group's message (core.realtime.annuncia)."""
        if await self._versione() is None:
            await self.close(NON_PIU)
            return
        await self.send_json({"versione": evento["versione"]})

    async def _versione(self) -> int | None:
        versione: int | None = await database_sync_to_async(self.versione_se_si_vede)()
        return versione

    def nome_del_gruppo(self) -> str:
        """The group of the thing in the address; "" when the address cannot be one."""
        raise NotImplementedError

    def versione_se_si_vede(self) -> int | None:
        """The version now, or None when this visitor may not see the thing. Touches the database."""
        raise NotImplementedError


class SegnalazioneConsumer(Diretta):
    """The page of one case."""

    def nome_del_gruppo(self) -> str:
        codice = leggi_codice(self.scope["url_route"]["kwargs"]["codice"])
        return f"segnalazione.{codice}" if codice else ""

    def versione_se_si_vede(self) -> int | None:
        codice = self.gruppo.removeprefix("segnalazione.")
        accesso = cerca(codice, Visitatore(self.scope["user"], self.scope["session"]))
        return accesso.caso.versione if accesso else None


class CasoScrivaniaConsumer(SegnalazioneConsumer):
    """The same case seen from the desk: also when it is private, for the colleagues it is given to."""

    def versione_se_si_vede(self) -> int | None:
        user = self.scope["user"]
        if not user.is_authenticated:
            return None
        casi = Segnalazione.objects.del_servizio(user).per_codice(self.gruppo.removeprefix("segnalazione."))
        return casi.values_list("versione", flat=True).first()


class CodaConsumer(Diretta):
    """The queue of the desk, for who holds an office today: version 0, it only says "look again"."""

    def nome_del_gruppo(self) -> str:
        return GRUPPO_CODA

    def versione_se_si_vede(self) -> int | None:
        user = self.scope["user"]
        return 0 if user.is_authenticated and user.di_servizio and incarichi_di(user) else None
