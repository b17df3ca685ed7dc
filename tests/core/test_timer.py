"""What happens by itself, now and then: the timer of one process alone, and Celery's beat."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from datetime import time as ora
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from celery.beat import PersistentScheduler
from celery.schedules import crontab
from celery.signals import setup_logging

from core.tempo import fermo_a
from lucca_partecipa import celery, orario, timer
from lucca_partecipa.orario import ORARIO, run_due
from lucca_partecipa.timer import Timer, lifespan

ROMA = ZoneInfo("Europe/Rome")


class Voci:
    """Scheduled entries that write down when, and in which thread, they ran."""

    def __init__(self) -> None:
        self.fatte: list[str] = []
        self.fili: set[str] = set()
        self.insieme = 0
        self._dentro = 0
        self.ferma = threading.Event()
        self.ferma.set()

    def _segna(self, nome: str) -> None:
        self._dentro += 1
        self.insieme = max(self.insieme, self._dentro)
        self.fatte.append(nome)
        self.fili.add(threading.current_thread().name)
        self.ferma.wait(5)
        self._dentro -= 1

    def una(self) -> None:
        self._segna("una")

    def due(self) -> None:
        self._segna("due")

    def rotta(self) -> None:
        self._segna("rotta")
        raise ZeroDivisionError("anna@example.org")


@pytest.fixture
def voci(monkeypatch: pytest.MonkeyPatch) -> Voci:
    """`una`, `due` and `rotta`, each due every hundredth of a second."""
    finte = Voci()
    monkeypatch.setattr(orario, "import_module", lambda nome: finte)
    monkeypatch.setattr(timer, "ORARIO", dict.fromkeys(["prova.una", "prova.due", "prova.rotta"], 0.01))
    return finte


async def _finche(vero: Any) -> None:
    async with asyncio.timeout(10):
        while not vero():
            await asyncio.sleep(0.001)


def test_every_entry_comes_round_and_a_failure_stops_none(voci: Voci, caplog: pytest.LogCaptureFixture) -> None:
    async def prova() -> None:
        orologio = Timer()
        orologio.start()
        await _finche(lambda: all(voci.fatte.count(nome) >= 2 for nome in ("una", "due", "rotta")))
        await orologio.stop()

    asyncio.run(prova())
    assert voci.insieme == 1
    assert len(voci.fili) == 1
    assert voci.fili.pop().startswith("timer")
    assert "scheduled entry failed: prova.rotta" in caplog.messages


def test_stopping_waits_for_the_entry_in_hand_and_starts_no_other(voci: Voci) -> None:
    async def prova() -> None:
        voci.ferma.clear()
        orologio = Timer()
        orologio.start()
        await _finche(lambda: voci.fatte)
        fine = asyncio.create_task(orologio.stop())
        assert (await asyncio.wait({fine}, timeout=0.05))[0] == set()
        voci.ferma.set()
        await fine

    asyncio.run(prova())
    # Those already waiting for the thread had their turn, and then no more.
    fatte = len(voci.fatte)
    assert fatte <= 3
    assert voci._dentro == 0


def test_an_entry_that_does_not_end_does_not_keep_the_server(voci: Voci, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timer, "LAST_ENTRY", 0.05)

    async def prova() -> float:
        voci.ferma.clear()
        orologio = Timer()
        orologio.start()
        await _finche(lambda: voci.fatte)
        inizio = time.perf_counter()
        await orologio.stop()
        durata = time.perf_counter() - inizio
        voci.ferma.set()
        return durata

    assert asyncio.run(prova()) < 2


def test_what_is_due_at_night_runs_soon_after_every_start_and_then_at_its_hour(
    voci: Voci, monkeypatch: pytest.MonkeyPatch
) -> None:
    pause: list[float] = []

    async def passa(self: Timer, secondi: float) -> bool:
        pause.append(secondi)
        return len(pause) == 3

    monkeypatch.setattr(Timer, "_stopped_within", passa)

    async def prova() -> None:
        with fermo_a(datetime(2026, 11, 25, 18, 0, tzinfo=ROMA)):
            await Timer()._every("prova.una", ora(3, 30))

    asyncio.run(prova())
    assert pause == [timer.FIRST_TURN, 9.5 * 3600, 9.5 * 3600]
    assert voci.fatte == ["una", "una"]


@pytest.mark.parametrize("da_solo", [True, False])
def test_the_server_starts_it_only_where_no_beat_runs(
    monkeypatch: pytest.MonkeyPatch, settings: Any, da_solo: bool
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = da_solo
    fatto: list[str] = []
    monkeypatch.setattr(Timer, "start", lambda self: fatto.append("start"))

    async def prova() -> None:
        messaggi = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> dict[str, str]:
            return {"type": next(messaggi)}

        async def send(messaggio: Any) -> None:
            fatto.append(messaggio["type"])

        await lifespan(receive, send)

    asyncio.run(prova())
    detti = ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert fatto == (["start", *detti] if da_solo else detti)


# --- the timetable ----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)  # each entry leaves its connection closed
@pytest.mark.parametrize("voce", ORARIO)
def test_every_entry_exists_and_runs_on_an_empty_house(voce: str, caplog: pytest.LogCaptureFixture) -> None:
    modulo, nome = voce.rsplit(".", 1)
    assert callable(getattr(import_module(modulo), nome))
    run_due(voce)
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("quando", "ore"),
    [
        (datetime(2026, 11, 25, 18, 0), 9),
        (datetime(2026, 11, 25, 2, 0), 1),
        (datetime(2026, 11, 25, 3, 0), 24),
        (datetime(2026, 3, 28, 18, 0), 8),  # the night that is an hour shorter
        (datetime(2026, 10, 24, 18, 0), 10),  # and the one that is an hour longer
    ],
)
def test_the_next_turn_of_an_hour_is_counted_in_italy(quando: datetime, ore: int) -> None:
    with fermo_a(quando.replace(tzinfo=ROMA)):
        assert orario.until(ora(3, 0)) == ore * 3600


def test_a_clock_put_back_a_little_does_not_have_a_turn_twice() -> None:
    with fermo_a(datetime(2026, 11, 25, 2, 59, 58, tzinfo=ROMA)):
        assert orario.until(ora(3, 0)) == 24 * 3600 + 2


def test_beat_asks_for_the_same_entries() -> None:
    programma = celery.app.conf.beat_schedule
    assert {nome: riga["schedule"] for nome, riga in programma.items()} == {
        nome: celery.schedule(quando) for nome, quando in ORARIO.items()
    }
    for nome, riga in programma.items():
        assert (riga["task"], riga["args"]) == ("scheduled", (nome,))
        # Workers that were away for an hour do not run sixty turns when they come back.
        assert riga["options"] == {"expires": orario.every(ORARIO[nome])}


NOTTE = [nome for nome, quando in ORARIO.items() if isinstance(quando, ora)]


@pytest.fixture
def beat(tmp_path: Path) -> Callable[[], PersistentScheduler]:
    """A beat that starts: each one reads what the former wrote, as on the volume of production."""
    return lambda: PersistentScheduler(celery.app, schedule_filename=str(tmp_path / "beat-schedule"))


def test_a_beat_restarted_every_day_still_does_the_work_of_the_night(beat: Callable[[], PersistentScheduler]) -> None:
    primo = beat()
    for nome in NOTTE:
        assert primo.schedule[nome].is_due().is_due is False
        # Yesterday before its hour; then the machine was off all night.
        primo.schedule[nome].last_run_at = primo.schedule[nome].default_now() - timedelta(days=1)
    primo.close()
    secondo = beat()
    assert [nome for nome in NOTTE if secondo.schedule[nome].is_due().is_due] == NOTTE
    for nome in NOTTE:
        secondo.reserve(secondo.schedule[nome])
    secondo.close()
    # And only once, however often it starts.
    assert [nome for nome in NOTTE if beat().schedule[nome].is_due().is_due] == []


@pytest.mark.parametrize("mese", [1, 7])
def test_the_hours_of_beat_are_hours_in_italy(mese: int) -> None:
    riga = celery.schedule(ora(3, 30))
    assert isinstance(riga, crontab)
    riga.app = celery.app
    ultima, pausa, _adesso = riga.remaining_delta(datetime(2026, mese, 10, 18, 0, tzinfo=ROMA))
    assert ultima + pausa == datetime(2026, mese, 11, 3, 30, tzinfo=ROMA)


@pytest.mark.django_db(transaction=True)
def test_a_worker_runs_what_is_in_the_timetable_and_nothing_else(voci: Voci, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(celery, "ORARIO", {"prova.una": 60.0})
    celery.scheduled.delay("prova.una")
    assert voci.fatte == ["una"]
    with pytest.raises(ValueError, match="not a scheduled entry"):
        celery.scheduled.delay("os.system")


def test_celery_leaves_our_logs_alone() -> None:
    assert setup_logging.send(sender=None)
