"""A protocol server over HTTP. What it is asked and must answer is described in docs/operations.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic
from typing import Any

import requests
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_default_timezone, is_aware, localdate

from protocollo.server.porta import Richiesta, RichiestaRifiutata, Segnatura, ServerNonRisponde

RISPOSTA_MASSIMA = 8_192  # bytes
PIU_TARDI = frozenset({408, 425, 429})  # client errors that say "ask again", RFC 9110, 8470 and 6585
ESTERNO = "esterno"


class ServerHttp:
    """One POST per registration. token: bearer token, or ""; timeout: seconds for the whole answer."""

    locale = False

    def __init__(self, url: str, token: str, timeout: float) -> None:
        self.url, self.token, self.timeout = url, token, timeout

    def protocolla(self, richiesta: Richiesta) -> Segnatura:
        """Asks, and reads the answer to its end. Raises ServerNonRisponde or RichiestaRifiutata."""
        with _guasti_in_parole():
            stato, corpo = self._chiedi(richiesta)
        if stato in PIU_TARDI or stato >= 500:
            raise ServerNonRisponde(f"http_{stato}", forse_arrivata=False, muto=stato == 503)
        if stato not in (200, 201):
            raise RichiestaRifiutata(f"http_{stato}")
        return _leggi(corpo)

    def _chiedi(self, richiesta: Richiesta) -> tuple[int, bytes]:
        fine = monotonic() + self.timeout
        headers = {"Idempotency-Key": richiesta.chiave, "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        # A session of its own that trusts no environment: a proxy or a .netrc of the machine is none of its business.
        with requests.Session() as sessione:
            sessione.trust_env = False
            with sessione.post(
                self.url,
                json=_corpo(richiesta),
                headers=headers,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
            ) as risposta:
                return risposta.status_code, _entro(risposta, fine)


def _corpo(richiesta: Richiesta) -> dict[str, Any]:
    return {
        "chiave": richiesta.chiave,
        "verso": "entrata",
        "oggetto": richiesta.oggetto,
        "mittente": richiesta.mittente,
        "canale": richiesta.canale,
        "arrivato_il": richiesta.arrivato_il.isoformat(),
        "impronta": {"algoritmo": "SHA-256", "valore": richiesta.impronta},
    }


@contextmanager
def _guasti_in_parole() -> Iterator[None]:
    """The library's errors as ours: which of them leave it open whether the server has registered."""
    try:
        yield
    except requests.ConnectTimeout as guasto:
        raise ServerNonRisponde("non_si_connette", forse_arrivata=False, muto=True) from guasto
    except requests.Timeout as guasto:
        raise ServerNonRisponde("non_risponde_in_tempo", forse_arrivata=True, muto=True) from guasto
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as guasto:
        rifiutata = "refused" in str(guasto).lower()
        codice = "connessione_rifiutata" if rifiutata else "connessione_interrotta"
        raise ServerNonRisponde(codice, forse_arrivata=not rifiutata, muto=True) from guasto
    except requests.RequestException as guasto:  # an address that is none, a body that cannot be decoded
        raise RichiestaRifiutata("richiesta_impossibile") from guasto


def _entro(risposta: requests.Response, fine: float) -> bytes:
    """The whole body. The library's own timeout is per packet: a server that drips would hold us for ever."""
    corpo = bytearray()
    for pezzo in risposta.iter_content(1):
        corpo += pezzo
        if monotonic() > fine:
            raise requests.Timeout("the answer does not end")
        if len(corpo) > RISPOSTA_MASSIMA:
            raise RichiestaRifiutata("risposta_troppo_lunga")
    return bytes(corpo)


def _leggi(corpo: bytes) -> Segnatura:
    """The answer as a place in a register; raises RichiestaRifiutata when it is none."""
    try:
        dati = json.loads(corpo)
        numero, registrata_il = _numero(dati["numero"]), _istante(dati["registrata_il"])
        anno = _numero(dati["anno"]) if "anno" in dati else localdate(registrata_il, get_default_timezone()).year
        registro = str(dati.get("registro") or ESTERNO)[:60]
    except (ValueError, TypeError, KeyError, AttributeError) as sbaglio:
        raise RichiestaRifiutata("risposta_illeggibile") from sbaglio
    if not 2000 <= anno <= 9999:
        raise RichiestaRifiutata("risposta_illeggibile")
    return Segnatura(registro, anno, numero, registrata_il)


def _numero(valore: Any) -> int:
    """A positive number, also as text with leading zeros («0004812»)."""
    if isinstance(valore, bool) or not isinstance(valore, int | str):
        raise ValueError("not a number")
    numero = int(valore)
    if not 0 < numero < 2**63:
        raise ValueError("not a number of a register")
    return numero


def _istante(valore: Any) -> datetime:
    """An instant with its offset (RFC 3339)."""
    istante = parse_datetime(valore)
    if istante is None or not is_aware(istante):
        raise ValueError("not an instant")
    return istante
