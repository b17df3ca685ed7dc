"""The clock that tests and demo data may stop, and the secrets of links."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from core.tempo import adesso, fermo_a, oggi
from core.tokens import impronta, nuovo_segreto

SERA = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight in Lucca


def test_the_clock_goes() -> None:
    assert timezone.now() - adesso() < timedelta(seconds=1)
    assert timezone.is_aware(adesso())


def test_today_is_the_date_in_lucca() -> None:
    with fermo_a(SERA):
        assert adesso() == SERA
        assert oggi() == date(2026, 11, 24)


def test_a_stopped_clock_goes_on_afterwards_even_when_something_breaks() -> None:
    def rompi() -> None:
        with fermo_a(SERA), fermo_a(SERA + timedelta(days=1)):
            assert oggi() == date(2026, 11, 25)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rompi()
    assert timezone.now() - adesso() < timedelta(seconds=1)


def test_other_threads_keep_their_own_clock() -> None:
    letto: list[datetime] = []
    with fermo_a(SERA):
        altro = threading.Thread(target=lambda: letto.append(adesso()))
        altro.start()
        altro.join()
    assert letto[0] != SERA


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"), fermo_a(datetime(2026, 11, 23)):
        raise AssertionError("not reached")


def test_a_secret_and_its_digest() -> None:
    segreto, digest = nuovo_segreto()
    assert impronta(segreto) == digest
    assert len(segreto) >= 22  # 128 bits in base 64
    assert len(digest) == 64
    assert segreto not in digest
    assert len({nuovo_segreto()[0] for _ in range(100)}) == 100
