"""The protocol server of the Comune, over real HTTP: it dies, hangs, answers twice; nobody who files notices."""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from core.tempo import adesso, fermo_a
from protocollo import actions
from protocollo.models import ATTESE, PRESTITO, TOCCA_AL_PORTATORE, Registrazione, StatoProtocollo
from protocollo.scheduled import protocolla_le_rimaste
from protocollo.tasks import manda, protocolla
from segnalazioni.models import Categoria
from segnalazioni.workflow import Stato
from tests.aiuti import segnala
from tests.protocollista import Protocollista, bene, gocciola, muore_a_meta, protocollista, stato, tace

S = StatoProtocollo


def fra(quanto: timedelta) -> Any:
    """The clock, so much later."""
    return fermo_a(adesso() + quanto)


def test_it_is_asked_once_with_all_that_the_law_wants(registrazione: Registrazione, server: Protocollista) -> None:
    protocolla(registrazione.pk)
    protocolla(registrazione.pk)
    [richiesta] = server.richieste
    assert richiesta["headers"]["Idempotency-Key"] == registrazione.contributo.codice
    assert richiesta["headers"]["Authorization"] == "Bearer un-gettone"
    assert richiesta["corpo"] == {
        "chiave": registrazione.contributo.codice,
        "verso": "entrata",
        "oggetto": registrazione.oggetto,
        "mittente": "Anna Bianchi",
        "canale": "web",
        "arrivato_il": registrazione.arrivato_il.isoformat(),
        "impronta": {"algoritmo": "SHA-256", "valore": registrazione.impronta},
    }
    registrazione.refresh_from_db()
    assert (registrazione.stato, registrazione.registro) == (S.PROTOCOLLATO, "C_E715")
    assert registrazione.in_parole == "n. 4812/2026 del 25 novembre 2026"


@pytest.mark.usefixtures("server_spento")
def test_filing_works_while_the_server_is_dead_and_is_registered_once_it_is_back(
    buche: Categoria,
    anna: User,
    settings: Any,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        casi = [segnala(buche, autore=anna) for _volta in range(3)]
    assert {caso.stato for caso in casi} == {Stato.RICEVUTA}
    righe = Registrazione.objects.order_by("pk")
    assert [r.stato for r in righe] == [S.DA_INVIARE] * 3
    assert [r.tentativi for r in righe] == [1, 0, 0], "one knock tells that nobody is there"
    assert righe[0].errore == "connessione_rifiutata"
    with protocollista(int(settings.PROTOCOLLO_URL.split(":")[2].split("/")[0])) as server, fra(TOCCA_AL_PORTATORE):
        assert protocolla_le_rimaste() == 3
        assert len(server.richieste) == 3
    assert [r.numero for r in Registrazione.objects.order_by("pk")] == [4812, 4813, 4814]


@pytest.mark.parametrize("modo", [tace, gocciola], ids=["never answers", "answers for ever"])
def test_a_server_that_hangs_is_left_within_its_time_and_asked_again_with_the_same_key(
    registrazione: Registrazione, server: Protocollista, modo: Any
) -> None:
    server.modi = [modo]
    inizio = monotonic()
    protocolla(registrazione.pk)
    assert monotonic() - inizio < 4
    registrazione.refresh_from_db()
    assert (registrazione.stato, registrazione.errore) == (S.INVIATO, "non_risponde_in_tempo")
    assert protocolla_le_rimaste() == 0, "not yet its time"
    with fra(ATTESE[0]):
        assert protocolla_le_rimaste() == 1
    registrazione.refresh_from_db()
    assert registrazione.numero == 4812, "it had registered at the first time: the number is that one"
    assert {r["headers"]["Idempotency-Key"] for r in server.richieste} == {registrazione.contributo.codice}
    assert len(server.numeri) == 1


def test_a_server_that_dies_in_the_middle_of_its_answer_is_asked_again(
    registrazione: Registrazione, server: Protocollista
) -> None:
    server.modi = [muore_a_meta]
    manda([registrazione.pk])
    registrazione.refresh_from_db()
    assert (registrazione.stato, registrazione.errore) == (S.INVIATO, "connessione_interrotta")
    with fra(ATTESE[0]):
        assert protocolla_le_rimaste() == 1
    assert Registrazione.objects.get().numero == 4812


@pytest.mark.parametrize("codice", [500, 502, 503, 429, 408])
def test_a_server_in_trouble_is_asked_again_with_growing_pauses(
    registrazione: Registrazione, server: Protocollista, codice: int
) -> None:
    server.modi = [stato(codice)] * 2 + [bene]
    manda([registrazione.pk])
    registrazione.refresh_from_db()
    assert (registrazione.stato, registrazione.errore) == (S.DA_INVIARE, f"http_{codice}")
    with fra(ATTESE[0]):
        assert protocolla_le_rimaste() == 0
    with fra(ATTESE[0] + ATTESE[1]):
        assert protocolla_le_rimaste() == 1
    assert (Registrazione.objects.get().tentativi, len(server.richieste)) == (3, 3)


def test_it_is_never_given_up(registrazione: Registrazione, server: Protocollista) -> None:
    server.modi = [stato(500)] * 12
    dopo = timedelta()
    for _volta in range(12):
        with fra(dopo):
            manda([registrazione.pk])
        dopo += ATTESE[-1] + timedelta(minutes=1)
    with fra(dopo):
        assert protocolla_le_rimaste() == 1


@pytest.mark.parametrize(
    ("modo", "errore"),
    [
        (stato(400), "http_400"),
        (stato(401), "http_401"),
        (stato(302), "http_302"),
        (stato(200, b"<html>bene</html>"), "risposta_illeggibile"),
        (stato(200, {"numero": 0, "registrata_il": "2026-11-25T10:00:00+01:00"}), "risposta_illeggibile"),
        (stato(200, {"numero": True, "registrata_il": "2026-11-25T10:00:00+01:00"}), "risposta_illeggibile"),
        (stato(200, {"numero": 5, "registrata_il": "2026-11-25T10:00:00"}), "risposta_illeggibile"),
        (stato(200, {"numero": 5, "registrata_il": 7}), "risposta_illeggibile"),
        (stato(200, [5]), "risposta_illeggibile"),
        (stato(200, b"9" * 20_000), "risposta_troppo_lunga"),
    ],
)
def test_an_answer_that_asking_again_would_not_change_waits_for_a_person(
    registrazione: Registrazione, server: Protocollista, modo: Any, errore: str
) -> None:
    server.modi = [modo]
    manda([registrazione.pk])
    registrazione.refresh_from_db()
    assert (registrazione.stato, registrazione.errore, registrazione.riprova_il) == (S.ERRORE, errore, None)
    with fra(timedelta(days=30)):
        assert protocolla_le_rimaste() == 0, "nobody asks again by himself"
    actions.riprova(registrazione)
    assert manda([registrazione.pk]) == 1


def test_one_that_is_refused_does_not_hold_up_the_others(
    registrazione: Registrazione, server: Protocollista, buche: Categoria
) -> None:
    segnala(buche)
    server.modi = [stato(422), bene]
    assert manda(Registrazione.objects.order_by("pk").values_list("pk", flat=True)) == 1


def test_a_carrier_killed_between_answer_and_mark_asks_again_and_gets_the_same_number(
    registrazione: Registrazione, server: Protocollista, monkeypatch: pytest.MonkeyPatch
) -> None:
    def muore(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("protocollo.tasks._segna", muore)
        with pytest.raises(KeyboardInterrupt):
            protocolla(registrazione.pk)
    assert Registrazione.objects.get().stato == S.INVIATO
    assert protocolla_le_rimaste() == 0, "somebody may still have it in hand"
    with fra(PRESTITO):
        assert protocolla_le_rimaste() == 1
    assert (Registrazione.objects.get().numero, len(server.numeri)) == (4812, 1)


def test_the_first_answer_stands_when_a_second_one_comes_with_another_number(
    registrazione: Registrazione, server: Protocollista, caplog: pytest.LogCaptureFixture
) -> None:
    """A slow answer comes after the row was lent to another carrier, from a server that keeps no keys."""

    def intanto(sportello: Any, corpo: Any) -> None:
        server.numeri.clear()
        server.numeri["altro"] = 4812
        bene(sportello, corpo)

    server.modi = [bene]
    lenta = Registrazione.objects.prenota(registrazione.pk)
    assert lenta is not None
    with fra(PRESTITO):
        manda([registrazione.pk])
    server.modi = [intanto]
    from protocollo.server import server_in_uso
    from protocollo.tasks import _richiesta, _segna

    with caplog.at_level(logging.ERROR):
        assert not _segna(registrazione.pk, server_in_uso().protocolla(_richiesta(lenta)))
    assert "the first one stands" in caplog.text
    assert Registrazione.objects.get().numero == 4812


def test_a_number_that_belongs_to_another_is_not_taken(
    registrazione: Registrazione, server: Protocollista, buche: Categoria
) -> None:
    segnala(buche)
    uguale = {"registro": "C_E715", "anno": 2026, "numero": 7, "registrata_il": "2026-11-25T10:00:00+01:00"}
    server.modi = [stato(200, uguale), stato(200, uguale)]
    manda(Registrazione.objects.order_by("pk").values_list("pk", flat=True))
    assert [r.errore for r in Registrazione.objects.order_by("pk")] == ["", "numero_di_altri"]


def test_a_silent_server_is_left_alone_for_a_while(
    registrazione: Registrazione, server: Protocollista, buche: Categoria
) -> None:
    segnala(buche)
    prima, seconda = Registrazione.objects.order_by("pk").values_list("pk", flat=True)
    server.modi = [tace]
    protocolla(prima)
    protocolla(seconda)
    assert len(server.richieste) == 1
    cache.clear()
    protocolla(seconda)
    assert len(server.richieste) == 2


def test_logs_tell_which_row_and_never_whose(
    registrazione: Registrazione, server: Protocollista, caplog: pytest.LogCaptureFixture
) -> None:
    server.modi = [stato(422), stato(500)]
    with caplog.at_level(logging.DEBUG):
        manda([registrazione.pk])
    assert f"registration {registrazione.pk} stopped: http_422" in caplog.text
    assert "Anna" not in caplog.text
    assert "un-gettone" not in caplog.text


def test_the_pages_say_the_number_and_that_it_is_on_its_way(
    registrazione: Registrazione, server: Protocollista, client: Any, anna: User
) -> None:
    client.force_login(anna)
    codice = registrazione.contributo.codice
    pagine = [reverse(f"segnalazioni:{porta}", kwargs={"codice": codice}) for porta in ("scheda", "inviata", "stato")]
    for url in pagine:
        assert "in corso di registrazione" in client.get(url).content.decode(), url
    manda([registrazione.pk])
    for url in pagine:
        assert "n. 4812/2026 del 25 novembre 2026" in client.get(url).content.decode(), url
