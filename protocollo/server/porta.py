"""What a protocol server is asked, what it answers, and the two ways in which it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Richiesta:
    """What is to be registered (D.P.R. 445/2000, art. 53). chiave: asked again with it, the server changes nothing.

    impronta: SHA-256 of the document, hexadecimal; the document itself stays here.
    """

    chiave: str
    oggetto: str
    mittente: str
    canale: str
    arrivato_il: datetime
    impronta: str


@dataclass(frozen=True, slots=True)
class Segnatura:
    """The place in a register. registro: which one; numero: from 1 on, within the year."""

    registro: str
    anno: int
    numero: int
    registrata_il: datetime


class ServerNonRisponde(Exception):
    """No answer, or one that says "later": to be asked again, with the same key.

    codice: stable machine word. forse_arrivata: it may have registered all the same. muto: it will not answer others
    either, for now.
    """

    def __init__(self, codice: str, *, forse_arrivata: bool, muto: bool) -> None:
        super().__init__(codice)
        self.codice, self.forse_arrivata, self.muto = codice, forse_arrivata, muto


class RichiestaRifiutata(Exception):
    """An answer that asking again would not change: a person must look. codice: stable machine word."""

    def __init__(self, codice: str) -> None:
        super().__init__(codice)
        self.codice = codice


class ServerProtocollo(Protocol):
    """Whoever gives numbers.

    locale: it writes in our own database, so that number and registration are one transaction; otherwise it is asked
    outside of any transaction.
    """

    locale: bool

    def protocolla(self, richiesta: Richiesta) -> Segnatura:
        """Registers, once per key. Raises ServerNonRisponde or RichiestaRifiutata."""
