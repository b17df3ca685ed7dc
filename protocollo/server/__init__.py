"""The port to whoever gives the numbers: the register of the platform itself, or the protocol server of the Comune."""

from __future__ import annotations

from django.conf import settings

from protocollo.server.http import ServerHttp
from protocollo.server.interno import RegistroInterno
from protocollo.server.porta import Richiesta, RichiestaRifiutata, Segnatura, ServerNonRisponde, ServerProtocollo

__all__ = ["Richiesta", "RichiestaRifiutata", "Segnatura", "ServerNonRisponde", "ServerProtocollo", "server_in_uso"]


def server_in_uso() -> ServerProtocollo:
    """The one that the settings name: PROTOCOLLO_URL, or the internal register where there is none."""
    if settings.PROTOCOLLO_URL:
        return ServerHttp(settings.PROTOCOLLO_URL, settings.PROTOCOLLO_TOKEN, settings.PROTOCOLLO_TIMEOUT)
    return RegistroInterno()
