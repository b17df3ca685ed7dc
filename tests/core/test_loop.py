"""The one event loop of a process, and the bridge to it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import loop

RADICE = Path(__file__).resolve().parents[2]


async def _anello() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.fixture(autouse=True)
def _nobody_has_adopted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "_home", None)


@pytest.fixture
def casa() -> Iterator[asyncio.AbstractEventLoop]:
    """A server's loop, running in a thread of its own."""
    anello = asyncio.new_event_loop()
    filo = threading.Thread(target=anello.run_forever)
    filo.start()

    async def adotta() -> None:
        loop.adopt()

    asyncio.run_coroutine_threadsafe(adotta(), anello).result(5)
    yield anello
    anello.call_soon_threadsafe(anello.stop)
    filo.join(5)
    anello.close()


def test_every_thread_meets_in_the_loop_that_was_adopted(casa: asyncio.AbstractEventLoop) -> None:
    trovati: list[asyncio.AbstractEventLoop] = []
    fili = [threading.Thread(target=lambda: trovati.append(loop.run(_anello(), timeout=5))) for _ in range(5)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert trovati == [casa] * 5


def test_without_a_server_there_is_one_in_the_background() -> None:
    trovati = {loop.run(_anello(), timeout=5) for _ in range(5)}
    assert len(trovati) == 1
    assert next(iter(trovati)).is_running()


def test_a_loop_that_has_ended_is_not_used(casa: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), casa).result(5)
    casa.call_soon_threadsafe(casa.stop)
    fine = threading.Event()
    while casa.is_running():
        fine.wait(0.001)
    assert loop.run(_anello(), timeout=5) is not casa


def test_answers_and_failures_come_back() -> None:
    async def somma(a: int, b: int) -> int:
        await asyncio.sleep(0)
        return a + b

    async def rotto() -> None:
        raise ZeroDivisionError

    assert loop.run(somma(2, 3), timeout=5) == 5
    with pytest.raises(ZeroDivisionError):
        loop.run(rotto(), timeout=5)
    assert loop.submit(somma(1, 1)).result(5) == 2


def test_who_waits_gives_up() -> None:
    interrotto = threading.Event()

    async def eterno() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            interrotto.set()

    with pytest.raises(TimeoutError):
        loop.run(eterno(), timeout=0.05)
    assert interrotto.wait(5)


def test_a_loop_does_not_wait_for_itself(casa: asyncio.AbstractEventLoop) -> None:
    async def dal_di_dentro() -> str:
        with pytest.raises(RuntimeError, match="await instead"):
            loop.run(_anello(), timeout=1)
        futuro = loop.submit(_anello())  # this may be said from the loop too
        assert await asyncio.wrap_future(futuro) is casa
        return "ok"

    assert asyncio.run_coroutine_threadsafe(dal_di_dentro(), casa).result(5) == "ok"


def _programma(codice: str) -> subprocess.CompletedProcess[str]:
    comando = [sys.executable, "-W", "error", "-c", textwrap.dedent(codice)]
    ambiente = {**os.environ, "PYTHONPATH": str(RADICE)}
    return subprocess.run(comando, env=ambiente, capture_output=True, text=True, timeout=30, check=False)


def test_a_command_says_its_last_words_before_it_ends() -> None:
    fatto = _programma(
        """
        import asyncio
        from core import loop

        async def ultime() -> None:
            await asyncio.sleep(0.2)
            print("detto", flush=True)

        loop.submit(ultime())
        """
    )
    assert (fatto.returncode, fatto.stdout, fatto.stderr) == (0, "detto\n", "")


def test_a_command_ends_even_if_nobody_listens() -> None:
    fatto = _programma(
        """
        import asyncio, time
        from core import loop

        loop.LAST_WORDS = 0.1
        loop.submit(asyncio.Event().wait())
        """
    )
    assert fatto.returncode == 0


def test_a_forked_worker_has_a_loop_of_its_own() -> None:
    """Celery forks: the child inherits the loop, but not the thread that runs it."""
    fatto = _programma(
        """
        import asyncio, os
        from core import loop

        async def anello():
            return id(asyncio.get_running_loop())

        mio = loop.run(anello(), timeout=5)
        figlio = os.fork()
        if figlio == 0:
            os._exit(0 if loop.run(anello(), timeout=5) != mio else 1)
        assert os.waitpid(figlio, 0)[1] == 0
        assert loop.run(anello(), timeout=5) == mio
        """
    )
    assert (fatto.returncode, fatto.stderr) == (0, "")
