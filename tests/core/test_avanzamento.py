"""How far a long command has come, as whoever waits for it sees."""

from __future__ import annotations

import io
from typing import Any

import pytest

from core import avanzamento
from core.avanzamento import Avanzamento


class Terminale(io.StringIO):
    """Somebody is looking."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def orologio(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Time that passes when told to."""
    ora = [0.0]
    monkeypatch.setattr(avanzamento.time, "monotonic", lambda: ora[0])

    def passano(secondi: float) -> None:
        ora[0] += secondi

    return passano


def test_on_a_terminal_one_line_moves(orologio: Any) -> None:
    dove = Terminale()
    barra = Avanzamento("Segnalazioni", 60, dove)
    for _ in range(30):
        orologio(0.2)
        barra.avanti()
    assert "\n" not in dove.getvalue()
    assert dove.getvalue().split("\r")[-1] == f"Segnalazioni [{'█' * 15}{'·' * 15}] 30 di 60, 6 s"
    barra.avanti(30)
    barra.fine()
    assert dove.getvalue().endswith(f"Segnalazioni [{'█' * 30}] 60 di 60, 6 s\n")


def test_in_a_log_a_line_now_and_then(orologio: Any) -> None:
    dove = io.StringIO()
    barra = Avanzamento("Segnalazioni", 1000, dove)
    for _ in range(1000):
        orologio(0.012)
        barra.avanti()
    barra.fine()
    righe = dove.getvalue().splitlines()
    assert len(righe) == 3  # twelve seconds: two on the way, one at the end
    assert righe[-1] == "Segnalazioni 1000 di 1000, 12 s"


def test_it_does_not_write_at_every_step(orologio: Any) -> None:
    dove = Terminale()
    barra = Avanzamento("Segnalazioni", 1000, dove)
    for _ in range(1000):
        orologio(0.001)
        barra.avanti()
    assert dove.getvalue().count("\r") <= 10


def test_nothing_to_do_is_done() -> None:
    dove = Terminale()
    Avanzamento("Segnalazioni", 0, dove).fine()
    assert "0 di 0" in dove.getvalue()
