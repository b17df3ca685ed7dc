"""Real processes for tests and benches: web workers and a task worker on the database in hand."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PRONTO_ENTRO = 40.0  # seconds: two cores shared with the rest of the suite


def porta_libera() -> int:
    """A TCP port of the loopback nobody listens on."""
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        return int(presa.getsockname()[1])


def _avvia(comando: list[str], ambiente: Mapping[str, str], registro: Path) -> subprocess.Popen[bytes]:
    with registro.open("ab") as uscita:
        return subprocess.Popen(
            [sys.executable, *comando],
            cwd=ROOT,
            env={**os.environ, **ambiente, "PYTHONUNBUFFERED": "1"},
            stdout=uscita,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def ferma(processo: subprocess.Popen[bytes], segnale: int = signal.SIGTERM) -> None:
    """Ends a process and its children; whoever does not listen is killed."""
    if processo.poll() is not None:
        return
    os.killpg(processo.pid, segnale)
    try:
        processo.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(processo.pid, signal.SIGKILL)
        processo.wait(timeout=10)


def _aspetta(url: str, processo: subprocess.Popen[Any], registro: Path) -> None:
    fine = time.monotonic() + PRONTO_ENTRO
    while time.monotonic() < fine:
        if processo.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer:\n{registro.read_text()[-4000:]}")


class Resuscitato:
    """A process that is killed in the middle of its work (kill -9) and started again, as a supervisor would."""

    def __init__(self, comando: list[str], ambiente: Mapping[str, str], registro: Path, pronto: str) -> None:
        """pronto: the address that answers, or the words of the log that say that it is ready."""
        self.comando, self.ambiente, self.registro, self.pronto = comando, ambiente, registro, pronto
        self.uccisioni = 0
        self.processo = _avvia(comando, ambiente, registro)

    def aspetta(self) -> None:
        """Until it is ready."""
        if self.pronto.startswith("http"):
            _aspetta(self.pronto, self.processo, self.registro)
            return
        fine = time.monotonic() + PRONTO_ENTRO
        while self.registro.read_text().count(self.pronto) <= self.uccisioni:
            if self.processo.poll() is not None or time.monotonic() > fine:
                raise RuntimeError(f"it does not start:\n{self.registro.read_text()[-4000:]}")
            time.sleep(0.05)

    def uccidi(self) -> None:
        """kill -9, children included; starts the next one at once."""
        os.killpg(self.processo.pid, signal.SIGKILL)
        self.processo.wait(timeout=10)
        self.uccisioni += 1
        self.processo = _avvia(self.comando, self.ambiente, self.registro)

    def ferma(self) -> None:
        """For good."""
        ferma(self.processo)


NOSTRA = "lucca_partecipa.asgi:application"


def _uvicorn(porta: int, applicazione: str = NOSTRA) -> list[str]:
    return ["-m", "uvicorn", applicazione, "--port", str(porta), "--log-level", "warning", "--no-access-log"]


_CELERY = ["-m", "celery", "-A", "lucca_partecipa", "worker", "--concurrency", "1", "--loglevel", "INFO"]


@contextmanager
def resuscitati(cartella: Path, ambiente: Mapping[str, str]) -> Iterator[tuple[str, Resuscitato, Resuscitato]]:
    """A web process and a worker to be killed: (address of the web, web, worker), both ready."""
    porta = porta_libera()
    base = f"http://127.0.0.1:{porta}"
    web = Resuscitato(_uvicorn(porta), ambiente, cartella / "web.log", f"{base}/healthz")
    operaio = Resuscitato(_CELERY, ambiente, cartella / "worker.log", " ready.")
    try:
        web.aspetta()
        operaio.aspetta()
        yield base, web, operaio
    finally:
        web.ferma()
        operaio.ferma()


@contextmanager
def server(cartella: Path, ambiente: Mapping[str, str], nome: str = "web", applicazione: str = NOSTRA) -> Iterator[str]:
    """One uvicorn process; answers its address, e.g. "http://127.0.0.1:43211"."""
    porta, registro = porta_libera(), cartella / f"{nome}.log"
    processo = _avvia(_uvicorn(porta, applicazione), ambiente, registro)
    try:
        _aspetta(f"http://127.0.0.1:{porta}/healthz", processo, registro)
        yield f"http://127.0.0.1:{porta}"
    finally:
        ferma(processo)


class Vivaio:
    """Servers made by fork of one process that has loaded the site (tests.vivaio): all on one database."""

    def __init__(self, ambiente: Mapping[str, str], registro: Path) -> None:
        self.registro = registro
        with registro.open("ab") as errori:
            self.processo = subprocess.Popen(
                [sys.executable, "-m", "tests.vivaio"],
                cwd=ROOT,
                env={**os.environ, **ambiente, "PYTHONUNBUFFERED": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errori,
                text=True,
            )
        self._leggi()

    def _leggi(self) -> Any:
        assert self.processo.stdout
        if not (riga := self.processo.stdout.readline()):
            raise RuntimeError(f"the nursery of servers has ended:\n{self.registro.read_text()[-4000:]}")
        return json.loads(riga)

    def _chiedi(self, **ordine: Any) -> Any:
        assert self.processo.stdin
        print(json.dumps(ordine), file=self.processo.stdin, flush=True)
        return self._leggi()

    @contextmanager
    def server(self, cartella: Path, posta: int) -> Iterator[str]:
        """One uvicorn process that sends its mail to this port; answers its address."""
        porta, registro = porta_libera(), cartella / "web.log"
        registro.touch()
        pid = self._chiedi(porta=porta, registro=str(registro), posta=posta)
        try:
            _aspetta(f"http://127.0.0.1:{porta}/healthz", self.processo, registro)
            yield f"http://127.0.0.1:{porta}"
        finally:
            viveva = self._chiedi(fine=pid)
        assert viveva, f"the server has ended by itself:\n{registro.read_text()[-4000:]}"

    def ferma(self) -> None:
        """For good."""
        assert self.processo.stdin
        assert self.processo.stdout
        self.processo.stdin.close()
        self.processo.wait(timeout=10)
        self.processo.stdout.close()


@contextmanager
def operaio(cartella: Path, ambiente: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """One Celery worker, ready for tasks."""
    registro = cartella / "worker.log"
    processo = _avvia(_CELERY, ambiente, registro)
    try:
        fine = time.monotonic() + PRONTO_ENTRO
        while " ready." not in registro.read_text():
            if processo.poll() is not None or time.monotonic() > fine:
                raise RuntimeError(f"the worker does not start:\n{registro.read_text()[-4000:]}")
            time.sleep(0.1)
        yield processo
    finally:
        ferma(processo)
