"""The register of the platform: what goes in, in which order, and that nothing of it ever changes."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from core.models import RigaImmutabile
from core.tempo import adesso, fermo_a
from protocollo.models import TOCCA_AL_PORTATORE, Registrazione, Registro, StatoProtocollo
from protocollo.scheduled import protocolla_le_rimaste
from protocollo.tasks import manda, protocolla
from segnalazioni import actions
from segnalazioni.actions.protocollo import impronta_documento
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import segnala

ROMA = ZoneInfo("Europe/Rome")


def test_a_confirmed_report_gets_its_number_right_after_commit(
    buche: Categoria, anna: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        caso = segnala(buche, autore=anna)
    riga = Registrazione.objects.get(contributo=caso.contributo)
    assert (riga.stato, riga.registro, riga.numero) == (StatoProtocollo.PROTOCOLLATO, "interno", 1)
    assert riga.oggetto == f"Segnalazione {caso.codice}: Buca sulla strada"
    assert riga.mittente == "Anna Bianchi"
    assert riga.arrivato_il == caso.confermata_il
    assert riga.impronta == impronta_documento(caso)
    assert len(bytes.fromhex(riga.impronta)) == hashlib.sha256().digest_size


def test_the_digest_is_of_the_whole_document(buca: Segnalazione) -> None:
    prima = impronta_documento(buca)
    for campo, altro in (("testo", "Altro"), ("indirizzo", "Altrove"), ("risposte", {"a": "b"}), ("lat", 43.0)):
        era = getattr(buca, campo)
        setattr(buca, campo, altro)
        assert impronta_documento(buca) != prima, campo
        setattr(buca, campo, era)
    assert impronta_documento(buca) == prima


def test_what_nobody_has_confirmed_is_not_registered(buche: Categoria) -> None:
    caso = segnala(buche, email="gino@example.org")
    assert not Registrazione.objects.exists()
    actions.email_dimostrata(caso, "gino@example.org")
    assert Registrazione.objects.get().mittente == "gino@example.org"
    actions.email_dimostrata(caso, "gino@example.org")
    assert Registrazione.objects.count() == 1


def test_an_anonymous_report_is_registered_as_such(buche: Categoria) -> None:
    segnala(buche)
    assert Registrazione.objects.get().mittente == "Anonimo"


def test_a_report_rolled_back_leaves_no_row_and_takes_no_number(buche: Categoria, anna: User) -> None:
    def poi_si_pente() -> None:
        with transaction.atomic():
            segnala(buche, autore=anna)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        poi_si_pente()
    assert not Registrazione.objects.exists()
    segnala(buche, autore=anna)
    manda([Registrazione.objects.get().pk])
    assert Registrazione.objects.get().numero == 1


def test_a_carrier_that_runs_twice_gives_one_number(registrazione: Registrazione) -> None:
    protocolla(registrazione.pk)
    protocolla(registrazione.pk)
    registrazione.refresh_from_db()
    assert (registrazione.numero, Registro.objects.get().ultimo) == (1, 1)


def test_a_carrier_that_dies_in_the_middle_leaves_no_gap(
    registrazione: Registrazione, monkeypatch: pytest.MonkeyPatch
) -> None:
    def muore(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Registrazione, "save", muore)
        with pytest.raises(KeyboardInterrupt):
            protocolla(registrazione.pk)
    with fermo_a(adesso() + TOCCA_AL_PORTATORE):
        assert protocolla_le_rimaste() == 1
        assert protocolla_le_rimaste() == 0
    registrazione.refresh_from_db()
    assert registrazione.numero == 1


def test_the_sweep_leaves_a_new_row_to_its_carrier(registrazione: Registrazione) -> None:
    assert protocolla_le_rimaste() == 0


def test_numbers_begin_again_with_the_year_of_lucca(buche: Categoria) -> None:
    """The year ends at midnight in Lucca, an hour before it does in Greenwich."""
    for ore, minuti in ((23, 58), (23, 59)):
        with fermo_a(datetime(2026, 12, 31, ore, minuti, tzinfo=ROMA)):
            segnala(buche)
            manda([Registrazione.objects.latest("pk").pk])
    with fermo_a(datetime(2027, 1, 1, 0, 0, tzinfo=ROMA)):
        segnala(buche)
        manda([Registrazione.objects.latest("pk").pk])
    assert [r.segnatura for r in Registrazione.objects.order_by("pk")] == ["1/2026", "2/2026", "1/2027"]
    assert Registrazione.objects.latest("pk").in_parole == "n. 1/2027 del 1 gennaio 2027"
    call_command("verifica_registro", stdout=(uscita := StringIO()))
    assert "3 registrazioni, tutte al loro posto" in uscita.getvalue()


def test_who_waits_for_the_counter_over_midnight_gets_a_number_of_the_new_year(
    registrazione: Registrazione, monkeypatch: pytest.MonkeyPatch
) -> None:
    mezzanotte = datetime(2027, 1, 1, tzinfo=ROMA)
    orologio = iter([mezzanotte - timedelta(seconds=1), *[mezzanotte + timedelta(seconds=1)] * 9])
    monkeypatch.setattr("protocollo.server.interno.adesso", lambda: next(orologio))
    manda([registrazione.pk])
    registrazione.refresh_from_db()
    assert registrazione.segnatura == "1/2027"
    assert Registro.objects.get(anno=2026).ultimo == 0


def test_dates_of_the_register_never_go_back(buche: Categoria) -> None:
    """Two machines, two clocks: the second is an hour behind."""
    ora = datetime(2026, 11, 25, 12, 0, tzinfo=ROMA)
    for quando in (ora, ora - timedelta(hours=1)):
        with fermo_a(quando):
            segnala(buche)
            manda([Registrazione.objects.latest("pk").pk])
    prima, seconda = Registrazione.objects.order_by("numero")
    assert seconda.registrata_il == prima.registrata_il == ora


# --- nothing changes --------------------------------------------------------------------------------------


@pytest.fixture
def registrata(registrazione: Registrazione) -> Registrazione:
    """Anna's report, number 1."""
    manda([registrazione.pk])
    return Registrazione.objects.get(pk=registrazione.pk)


def test_django_does_not_change_what_is_registered(registrata: Registrazione) -> None:
    registrata.oggetto = "Altro"
    with pytest.raises(RigaImmutabile):
        registrata.save()
    with pytest.raises(RigaImmutabile):
        registrata.delete()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE protocollo_registrazione SET oggetto = 'Altro'",
        "UPDATE protocollo_registrazione SET stato = 'errore', numero = NULL, anno = NULL, registrata_il = NULL",
        "DELETE FROM protocollo_registrazione",
    ],
)
def test_the_database_does_not_change_what_is_registered(registrata: Registrazione, sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(sql)
    assert Registrazione.objects.get().segnatura == registrata.segnatura


def test_the_database_lets_what_is_not_registered_be_tried_again(registrazione: Registrazione) -> None:
    assert Registrazione.objects.update(errore="http_500") == 1


def test_the_database_refuses_a_number_twice_and_half_a_number(registrata: Registrazione, buche: Categoria) -> None:
    segnala(buche)
    altra = Registrazione.objects.latest("pk")
    altra.stato, altra.registro, altra.anno, altra.numero = "protocollato", "interno", registrata.anno, 1
    for registrata_il, che in ((adesso(), "un_solo_numero|UNIQUE"), (None, "col_suo_numero")):
        altra.registrata_il = registrata_il
        with pytest.raises(IntegrityError, match=che), transaction.atomic():
            altra.save()


def test_the_command_names_a_gap_and_a_counter_that_ran_on(registrata: Registrazione) -> None:
    Registro.objects.update(ultimo=3)
    errori = StringIO()
    with pytest.raises(CommandError, match="1 guasto"):
        call_command("verifica_registro", stderr=errori)
    assert "il contatore dice 3, l’ultima registrazione è 1" in errori.getvalue()
