"""The worker is killed (kill -9) again and again while an issue is written and sent; two timers work at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from core.tempo import adesso, fermo_a
from notifiche.models import PRESTITO, Notifica, StatoAvviso
from notifiche.scheduled import rimanda_le_non_inviate
from notiziario import actions
from notiziario.actions import numeri
from notiziario.models import RIPENSACI, Abbonamento, Numero, StatoAbbonamento, StatoNumero
from tests.factories.novita import esce
from tests.posta import ufficio_postale
from tests.processi import resuscitati
from tests.services.test_due_processi import ambiente

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ISCRITTI = 120
MUORE = (3, 20, 50)  # mails arrived


def _affida(env: dict[str, str]) -> None:
    """Through the broker that the worker listens to, as beat does."""
    comando = "scheduled.delay('notiziario.scheduled.manda_i_numeri')"
    avvio = f"from lucca_partecipa.celery import scheduled; import django; django.setup(); {comando}"
    subprocess.run([sys.executable, "-c", avvio], env={**os.environ, **env}, check=True, timeout=60)


def _iscritti() -> None:
    ora = adesso() - timedelta(days=1)
    stato = {"stato": StatoAbbonamento.ATTIVO, "chiesto_il": ora, "confermato_il": ora, "decorre_il": ora}
    Abbonamento.objects.bulk_create(Abbonamento(email=f"p{n}@example.net", **stato) for n in range(ISCRITTI))


def test_nobody_gets_none_and_nobody_two(settings: Any, tmp_path: Path) -> None:
    _iscritti()
    esce("Otto lampade")
    Numero.objects.update(parte_il=adesso() - RIPENSACI)
    with ufficio_postale() as posta:
        env = ambiente(tmp_path, posta.porta)
        with resuscitati(tmp_path, env) as (_base, _web, operaio):
            for soglia in MUORE:
                _affida(env)
                fine = time.monotonic() + 40
                while len(posta.arrivate) < soglia and time.monotonic() < fine:
                    time.sleep(0.005)
                operaio.uccidi()
                operaio.aspetta()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", posta.porta
        with fermo_a(adesso() + PRESTITO):
            actions.prosegui()
        with fermo_a(adesso() + 2 * PRESTITO):
            rimanda_le_non_inviate()
        dovute = Notifica.objects.filter(evento=Numero.objects.get().evento)
        assert Numero.objects.get().stato == StatoNumero.PARTITO
        assert dovute.count() == Numero.objects.get().destinatari == ISCRITTI
        assert set(dovute.values_list("stato", flat=True)) == {StatoAvviso.INVIATA}
        arrivate = Counter(str(lettera["Message-ID"]).strip() for lettera in posta.arrivate)
        assert len(arrivate) == ISCRITTI
        assert len({str(lettera["To"]) for lettera in posta.arrivate}) == ISCRITTI
        assert sum(arrivate.values()) - ISCRITTI <= len(MUORE), "twice only what a dying worker had in hand"


def test_two_timers_at_once_write_each_mail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numeri, "LOTTO", 10)
    monkeypatch.setattr("notifiche.actions._affida", lambda pks: None)
    _iscritti()
    esce("Otto lampade")
    Numero.objects.update(parte_il=adesso() - RIPENSACI)

    def uno(_quale: int) -> int:
        try:
            return actions.prosegui()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as squadra:
        assert sum(squadra.map(uno, range(4))) == ISCRITTI
    actions.prosegui()
    assert Notifica.objects.values("chi").distinct().count() == Notifica.objects.count() == ISCRITTI
    assert Numero.objects.get().destinatari == ISCRITTI


def test_two_who_ask_at_once_with_one_mailbox_make_one_row() -> None:
    def uno(_quale: int) -> None:
        try:
            actions.chiedi("anna@example.net", actions.Scelte())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as squadra:
        list(squadra.map(uno, range(4)))
    assert Abbonamento.objects.count() == 1
    actions.conferma("anna@example.net")
    assert Abbonamento.objects.attivi().count() == 1
