"""History is added, never edited: neither by our code nor by who types SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from ascolto.models import Esito
from core.models import Anello, RigaImmutabile, SoloAggiunta
from core.operations import SoloAggiuntaNelDatabase, TogliSoloAggiunta
from core.tempo import adesso
from segnalazioni.models import Passaggio, Segnalazione


@pytest.fixture
def esito(buca: Segnalazione) -> Esito:
    """What came of Anna's report."""
    return Esito.objects.create(contributo=buca.contributo, testo="Riparata il 3 novembre.", created_at=adesso())


def test_a_row_is_added_and_read(esito: Esito) -> None:
    assert Esito.objects.get(pk=esito.pk).testo == "Riparata il 3 novembre."
    Esito.objects.bulk_create([Esito(contributo=esito.contributo, testo="Di nuovo.", created_at=adesso())])
    assert esito.contributo.esiti.count() == 2


# --- in code ----------------------------------------------------------------------------------------------


def _salva(esito: Esito) -> None:
    esito.testo = "Mai stata rotta."
    esito.save()


def _scrivi_sopra(esito: Esito) -> None:
    Esito.objects.bulk_create(
        [Esito(pk=esito.pk, contributo=esito.contributo, testo="Mai stata rotta.", created_at=adesso())],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["testo"],
    )


MODI: dict[str, Callable[[Esito], Any]] = {
    "save": _salva,
    "save(update_fields)": lambda e: e.save(update_fields=["testo"]),
    "delete": lambda e: e.delete(),
    "update": lambda e: Esito.objects.filter(pk=e.pk).update(testo="Mai stata rotta."),
    "update through another row": lambda e: e.contributo.esiti.update(testo="Mai stata rotta."),
    "update_or_create": lambda e: Esito.objects.update_or_create(pk=e.pk, defaults={"testo": "Mai stata rotta."}),
    "delete of many": lambda e: Esito.objects.all().delete(),
    "bulk_update": lambda e: Esito.objects.bulk_update([e], ["testo"]),
    "bulk_create(update_conflicts)": _scrivi_sopra,
    "bulk_create(…, True) by position": lambda e: Esito.objects.bulk_create([e], None, False, True, ["testo"], ["id"]),
}


@pytest.mark.parametrize("modo", MODI)
def test_no_way_of_django_changes_it(esito: Esito, modo: str) -> None:
    with pytest.raises(RigaImmutabile, match=r"Esito.*append-only"), transaction.atomic():
        MODI[modo](esito)
    assert list(Esito.objects.values_list("pk", "testo")) == [(esito.pk, "Riparata il 3 novembre.")]


def test_a_new_row_does_not_take_the_place_of_an_old_one(esito: Esito) -> None:
    altra = Esito(pk=esito.pk, contributo=esito.contributo, testo="Mai stata rotta.", created_at=adesso())
    # Refused as a second row with that key: it never became an UPDATE for the database to refuse.
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        altra.save()
    esito.refresh_from_db()
    assert esito.testo == "Riparata il 3 novembre."


# --- in the database --------------------------------------------------------------------------------------

TABELLE = ["ascolto_esito", "segnalazioni_passaggio", "segnalazioni_eventotermine"]


@pytest.mark.parametrize("tabella", TABELLE)
@pytest.mark.parametrize("frase", ["UPDATE {t} SET created_at = created_at", "DELETE FROM {t}"])
def test_sql_is_refused_too(esito: Esito, tabella: str, frase: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {tabella}")
        prima = cursor.fetchone()
        assert prima[0] > 0
        with pytest.raises(DatabaseError, match=f"{tabella} is append-only"), transaction.atomic():
            cursor.execute(frase.format(t=tabella))
        cursor.execute(f"SELECT count(*) FROM {tabella}")
        assert cursor.fetchone() == prima


def test_every_append_only_model_is_guarded_by_the_database(db: None) -> None:
    """A new one whose migration was forgotten is found here."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE '%_solo_aggiunta'"
            )
        else:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_delete'")
        guardate = {riga[0] for riga in cursor.fetchall()}
    modelli = [m for m in apps.get_models() if issubclass(m, SoloAggiunta)]
    assert len(modelli) >= 3
    assert {m._meta.db_table for m in modelli} <= guardate


@pytest.mark.django_db(transaction=True)
def test_the_guard_comes_off_and_on_again() -> None:
    """The migration is reversible: a table of this test's own, guarded and set free."""
    operazione, stato = SoloAggiuntaNelDatabase("prova_guardia"), ProjectState()
    toglie = TogliSoloAggiunta("prova_guardia")
    assert operazione.describe() == "Table prova_guardia becomes append-only"
    assert toglie.describe() == "Table prova_guardia can be changed"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE prova_guardia (id integer)")
        try:
            for metti, togli in (
                (operazione.database_forwards, operazione.database_backwards),
                (toglie.database_backwards, toglie.database_forwards),
            ):
                with connection.schema_editor() as editor:
                    metti("core", editor, stato, stato)
                cursor.execute("INSERT INTO prova_guardia VALUES (1)")
                for frase in ("UPDATE prova_guardia SET id = 2", "DELETE FROM prova_guardia"):
                    with pytest.raises(DatabaseError, match="append-only"):
                        cursor.execute(frase)
                with connection.schema_editor() as editor:
                    togli("core", editor, stato, stato)
                cursor.execute("UPDATE prova_guardia SET id = 2")
                cursor.execute("DELETE FROM prova_guardia")
        finally:
            cursor.execute("DROP TABLE prova_guardia")


# --- the chain --------------------------------------------------------------------------------------------


@dataclass
class _Finto:
    """What a link of the chain needs to be, without a table."""

    numero: int = 1
    impronta_precedente: str = ""
    parola: str = "è"

    def contenuto(self) -> dict[str, Any]:
        return {"parola": self.parola, "n": 99}  # even a word that the chain uses itself


def _impronta(**altro: Any) -> str:
    finto: Any = _Finto(**altro)
    return Anello.calcola_impronta(finto)


def test_a_digest_covers_content_number_and_the_link_before() -> None:
    diverse = [_impronta(), _impronta(parola="e"), _impronta(numero=2), _impronta(impronta_precedente="a" * 64)]
    assert _impronta() == diverse[0]
    assert len(set(diverse)) == 4
    assert all(len(i) == 64 for i in diverse)


def test_a_link_must_say_what_it_is_made_of() -> None:
    with pytest.raises(NotImplementedError):
        Anello.contenuto(Passaggio())
