"""Chromium as the journeys drive it: one that stops answering is told from a page that fails, and replaced.

Chromium sometimes never acknowledges a key that loads another page, or the closing of it, and Playwright waits for
ever. Its silence is no failure of ours, so it costs a journey one more try, never the run.
"""

from __future__ import annotations

import os
import shutil
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, BrowserContext, Error, Playwright

CHIUSURA = 20  # seconds that the closing of its pages may take
_BANDIERE = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Muto(Exception):
    """The browser has stopped answering: nothing that a page does can bring this about, nor anything of ours."""


def entro(secondi: int) -> None:
    """From now on the browser has so long (again and again: what closes the pages may wait too); 0: for ever."""
    signal.setitimer(signal.ITIMER_REAL, secondi, secondi and 30)


def troppo(_segnale: int, _quadro: object) -> None:
    raise Muto("the browser has not answered in its time")


class Navigatore:
    """Debian's Chromium, started when first asked for, and another one after one that stopped answering."""

    def __init__(self, playwright: Playwright) -> None:
        eseguibile = shutil.which("chromium") or shutil.which("chromium-browser")
        assert eseguibile, "Chromium is missing: apt-get install chromium"
        self._avvia = partial(playwright.chromium.launch, executable_path=eseguibile)
        self._browser: Browser | None = None
        self.segno = ""

    def contesto(self, **opzioni: Any) -> BrowserContext:
        """A context of its own: no cookie shared with others."""
        if self._browser is None:
            self.segno = f"--lp-prova={uuid4()}"  # Chromium takes no notice; we find its process by it
            self._browser = self._avvia(args=[*_BANDIERE, self.segno])
        return self._browser.new_context(**opzioni)

    def chiudi(self, contesto: BrowserContext) -> None:
        """Closes it; a browser that does not answer even to this is killed."""
        entro(CHIUSURA)
        try:
            contesto.close()
        except (Muto, Error):
            self._abbandona()

    def _abbandona(self) -> None:
        self._browser = None
        for riga in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if self.segno.encode() in riga.read_bytes():
                    os.kill(int(riga.parent.name), signal.SIGKILL)

    def fine(self) -> None:
        """At the end of the run."""
        if self._browser is not None:
            self._browser.close()
