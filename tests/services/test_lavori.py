"""Work on many cases with a worker that dies in the middle, and with two at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from segnalazioni.actions.banco import avanza, avvia_lavoro
from segnalazioni.models import Lavoro, Passaggio, StatoVoce
from tests.aiuti import segnala
from tests.processi import ferma, operaio, porta_libera
from tests.segnalazioni.test_concorrenza import insieme
from tests.services.test_due_processi import ambiente

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

QUANTE = 60
ENTRO = 60.0  # seconds


def _aspetta_fatte(lavoro: Lavoro, quante: int) -> None:
    fine = time.monotonic() + ENTRO
    while lavoro.voci.filter(stato=StatoVoce.FATTA).count() < quante:
        assert time.monotonic() < fine, "the work does not go on"
        time.sleep(0.05)


def _affida(lavoro: Lavoro, ambiente_: dict[str, str]) -> None:
    """Through the broker that the workers listen to, not in this process."""
    comando = f"from segnalazioni.tasks import lavora; lavora.delay({lavoro.pk})"
    avvio = f"import lucca_partecipa.celery, django; django.setup(); {comando}"
    subprocess.run([sys.executable, "-c", avvio], env={**os.environ, **ambiente_}, check=True, timeout=60)


def test_a_worker_killed_in_the_middle_leaves_no_line_half_done_and_none_done_twice(
    buche, carla, luce, tmp_path: Path
) -> None:
    casi = [segnala(buche) for _n in range(QUANTE)]
    lavoro = avvia_lavoro(carla, "assegna", {c.pk: c.versione for c in casi}, uid=uuid4(), ufficio=luce)
    env = ambiente(tmp_path, porta_libera())
    with operaio(tmp_path, env) as primo:
        _affida(lavoro, env)
        _aspetta_fatte(lavoro, 3)
        ferma(primo, signal.SIGKILL)
    a_meta = lavoro.voci.filter(stato=StatoVoce.FATTA).count()
    assert a_meta < QUANTE
    assert Passaggio.objects.filter(passo="assegna").count() == a_meta
    with operaio(tmp_path, env):
        _affida(lavoro, env)
        _aspetta_fatte(lavoro, QUANTE)
    for caso in casi:
        assert Passaggio.objects.filter(segnalazione=caso, passo="assegna").count() == 1
    assert not lavoro.voci.exclude(stato=StatoVoce.FATTA).exists()


def test_two_workers_at_once_do_each_line_once(buche, carla, luce) -> None:
    casi = [segnala(buche) for _n in range(20)]
    lavoro = avvia_lavoro(carla, "assegna", {c.pk: c.versione for c in casi}, uid=uuid4(), ufficio=luce)
    insieme(lambda: avanza(lavoro), lambda: avanza(lavoro))
    avanza(lavoro)  # who came second to a line has left it to the other
    assert lavoro.voci.filter(stato=StatoVoce.FATTA).count() == 20
    assert Passaggio.objects.filter(passo="assegna").count() == 20
    assert Lavoro.objects.get(pk=lavoro.pk).finito_il is not None
