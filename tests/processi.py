"""Real processes for tests and benches: web workers and a task worker on the database in hand."""

from __future__ import annotations

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


def _aspetta(url: str, processo: subprocess.Popen[bytes], registro: Path) -> None:
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


@contextmanager
def server(cartella: Path, ambiente: Mapping[str, str], nome: str = "web") -> Iterator[str]:
    """One uvicorn process; answers its address, e.g. "http://127.0.0.1:43211"."""
    porta, registro = porta_libera(), cartella / f"{nome}.log"
    comando = ["-m", "uvicorn", "lucca_partecipa.asgi:application", "--port", str(porta), "--log-level", "warning"]
    processo = _avvia(comando, ambiente, registro)
    try:
        _aspetta(f"http://127.0.0.1:{porta}/healthz", processo, registro)
        yield f"http://127.0.0.1:{porta}"
    finally:
        ferma(processo)


@contextmanager
def operaio(cartella: Path, ambiente: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """One Celery worker, ready for tasks."""
    registro = cartella / "worker.log"
    comando = ["-m", "celery", "-A", "lucca_partecipa", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    processo = _avvia(comando, ambiente, registro)
    try:
        fine = time.monotonic() + PRONTO_ENTRO
        while " ready." not in registro.read_text():
            if processo.poll() is not None or time.monotonic() > fine:
                raise RuntimeError(f"the worker does not start:\n{registro.read_text()[-4000:]}")
            time.sleep(0.1)
        yield processo
    finally:
        ferma(processo)
