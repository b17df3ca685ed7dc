"""A browser that falls silent ends neither the run nor the journeys after it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.e2e import navigatore as modulo
from tests.e2e.navigatore import Navigatore


def _ferma(segno: str) -> int:
    """Stops the processes of this browser: alive, and answering nothing."""
    fermati = 0
    for riga in Path("/proc").glob("[0-9]*/cmdline"):
        if segno.encode() in riga.read_bytes():
            os.kill(int(riga.parent.name), signal.SIGSTOP)
            fermati += 1
    return fermati


def test_a_browser_that_does_not_answer_is_killed_and_another_one_started(chromium: Navigatore, monkeypatch) -> None:
    monkeypatch.setattr(modulo, "CHIUSURA", 2)
    contesto = chromium.contesto()
    contesto.new_page()
    muto = chromium.segno
    assert _ferma(muto)
    chromium.chiudi(contesto)
    altro = chromium.contesto()
    pagina = altro.new_page()
    pagina.set_content("<h1>Eccomi</h1>")
    assert pagina.inner_text("h1") == "Eccomi"
    assert chromium.segno != muto
    chromium.chiudi(altro)
