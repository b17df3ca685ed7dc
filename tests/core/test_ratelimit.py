"""How often one address may do a thing, and whose address it is."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.test import RequestFactory

from core.ratelimit import indirizzo, troppe

PROXY = "10.0.0.2"
ANNA = "198.51.100.7"


def _da(indirizzo: str = PROXY, inoltrata: str | None = None) -> HttpRequest:
    headers = {} if inoltrata is None else {"X-Forwarded-For": inoltrata}
    return RequestFactory().get("/", REMOTE_ADDR=indirizzo, headers=headers)


# --- whose address ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proxy", "inoltrata", "chi"),
    [
        (0, None, PROXY),
        (0, ANNA, PROXY),  # nobody of ours stands in front: the header is anybody's
        (1, ANNA, ANNA),
        (1, f"203.0.113.9, {ANNA}", ANNA),  # what stands before, Anna may have written herself
        (1, f" {ANNA} ", ANNA),
        (1, f"{ANNA}:51234", ANNA),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "[2001:db8::7]:51234", "2001:db8::7"),
        (2, f"203.0.113.9, {ANNA}, 10.0.0.9", ANNA),
        (2, ANNA, PROXY),  # fewer than promised: it did not come through both
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, f"{ANNA}, ", PROXY),
        (1, f"{ANNA}, <script>", PROXY),
    ],
)
def test_the_address_of_the_client(settings: Any, proxy: int, inoltrata: str | None, chi: str) -> None:
    settings.TRUSTED_PROXIES = proxy
    assert indirizzo(_da(PROXY, inoltrata)) == chi


def test_the_limits_of_logging_in_count_by_the_same_address(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    richiesta = _da(PROXY, f"203.0.113.9, {ANNA}")
    assert get_adapter(richiesta).get_client_ip(richiesta) == ANNA


# --- how often --------------------------------------------------------------------------------------------


def _volte(richiesta: HttpRequest, quante: int, che: str = "invia") -> list[bool]:
    return [troppe(richiesta, che, quante=3, secondi=60) for _ in range(quante)]


def test_three_times_and_no_more() -> None:
    assert _volte(_da(ANNA), 5) == [False, False, False, True, True]


def test_each_address_and_each_thing_counts_alone() -> None:
    _volte(_da(ANNA), 4)
    assert _volte(_da("198.51.100.8"), 1) == [False]
    assert _volte(_da(ANNA), 1, che="segui") == [False]


def test_behind_a_proxy_people_do_not_share_a_limit(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert _volte(_da(PROXY, ANNA), 4)[-1] is True
    assert _volte(_da(PROXY, "198.51.100.8"), 3) == [False] * 3


def test_a_header_of_ones_own_does_not_help(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert [troppe(_da(PROXY, f"203.0.113.{n}, {ANNA}"), "invia", quante=3, secondi=60) for n in range(5)][-1] is True


def test_a_household_has_one_limit_however_many_addresses_it_has() -> None:
    assert [troppe(_da(f"2001:db8:1:2::{n}"), "invia", quante=3, secondi=60) for n in range(4)][-1] is True
    assert troppe(_da("2001:db8:1:3::1"), "invia", quante=3, secondi=60) is False


def test_never_means_never() -> None:
    assert [troppe(_da(ANNA), "invia", quante=0, secondi=60) for _ in range(2)] == [True, True]


@pytest.fixture
def chiavi(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The keys that are written, with their seconds of life."""
    viste: list[tuple[str, int]] = []
    vera = cache.add

    def add(chiave: str, valore: int, secondi: int) -> bool:
        viste.append((chiave, secondi))
        return vera(chiave, valore, secondi)

    monkeypatch.setattr(cache, "add", add)
    return viste


def test_the_window_closes(chiavi: list[tuple[str, int]]) -> None:
    richiesta = _da(ANNA)
    assert _volte(richiesta, 4)[-1] is True
    ((chiave, secondi),) = set(chiavi)
    assert secondi == 60
    cache.delete(chiave)  # what expiry does
    assert _volte(richiesta, 1) == [False]


def test_no_address_can_be_read_in_the_cache(settings: Any, chiavi: list[tuple[str, int]]) -> None:
    troppe(_da(ANNA), "invia", quante=3, secondi=60)
    settings.SECRET_KEY = "un’altra"
    troppe(_da(ANNA), "invia", quante=3, secondi=60)
    assert all(ANNA not in chiave for chiave, _secondi in chiavi)
    assert len(set(chiavi)) == 2  # keyed: without our secret nobody can try all addresses


def test_many_at_once_are_counted_one_by_one() -> None:
    risposte: list[bool] = []
    inizio = threading.Barrier(8)

    def prova() -> None:
        inizio.wait()
        for _ in range(10):
            risposte.append(troppe(_da(ANNA), "invia", quante=20, secondi=60))

    fili = [threading.Thread(target=prova) for _ in range(8)]
    for filo in fili:
        filo.start()
    for filo in fili:
        filo.join()
    assert risposte.count(False) == 20
