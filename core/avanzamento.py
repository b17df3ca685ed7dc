"""How far a long command has come: one moving line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from typing import Protocol

LARGHEZZA = 30  # characters of the bar
OGNI = 5.0  # seconds between two lines where nobody looks at a terminal


class Uscita(Protocol):
    """Where it is said: a text stream, or the stderr of a management command."""

    def isatty(self) -> bool: ...
    def write(self, testo: str, /) -> object: ...
    def flush(self) -> None: ...


class Avanzamento:
    """Counts up to `quanti` and says so on `dove`."""

    def __init__(self, nome: str, quanti: int, dove: Uscita) -> None:
        self.nome, self.quanti, self.dove = nome, quanti, dove
        self.fatti = 0
        self._inizio = self._detto = time.monotonic()
        self._terminale = dove.isatty()

    def avanti(self, quanti: int = 1) -> None:
        """So many more are done."""
        self.fatti += quanti
        ora = time.monotonic()
        if ora - self._detto >= (0.1 if self._terminale else OGNI):
            self._detto = ora
            self._scrivi("\r" if self._terminale else "", "" if self._terminale else "\n")

    def fine(self) -> None:
        """The last word: how many, in how long."""
        self._scrivi("\r" if self._terminale else "", "\n")

    def _scrivi(self, prima: str, dopo: str) -> None:
        parte = self.fatti / self.quanti if self.quanti else 1.0
        secondi = time.monotonic() - self._inizio
        barra = ""
        if self._terminale:
            piene = round(LARGHEZZA * min(parte, 1))
            barra = f" [{'█' * piene}{'·' * (LARGHEZZA - piene)}]"
        self.dove.write(f"{prima}{self.nome}{barra} {self.fatti} di {self.quanti}, {secondi:.0f} s{dopo}")
        self.dove.flush()
