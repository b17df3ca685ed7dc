"""Migration operations of our own."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES = """
CREATE OR REPLACE FUNCTION lp_solo_aggiunta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER {tabella}_solo_aggiunta BEFORE {verbi} ON {tabella}
FOR EACH ROW {quando}EXECUTE FUNCTION lp_solo_aggiunta();
"""
_POSTGRES_GIOVANI = """
CREATE TRIGGER {tabella}_solo_aggiunta_giovani BEFORE DELETE ON {tabella}
FOR EACH ROW WHEN (OLD.created_at > now() - interval '{giorni} days') EXECUTE FUNCTION lp_solo_aggiunta();
"""


class SoloAggiuntaNelDatabase(Operation):
    """Lets the database itself refuse UPDATE and DELETE on a table (PostgreSQL and SQLite triggers).

    quando: only of rows like this, SQL on OLD, e.g. "OLD.stato = 'protocollato'"; without it of every row.
    per_giorni: rows older than that may be deleted, never changed: retention drops them. 0: none ever.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, tabella: str, *, quando: str = "", per_giorni: int = 0) -> None:
        self.tabella, self.quando, self.per_giorni = tabella, quando, per_giorni

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of models does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            quando = f"WHEN ({self.quando}) " if self.quando else ""
            verbi = "UPDATE" if self.per_giorni else "UPDATE OR DELETE"
            sql = _POSTGRES.format(tabella=self.tabella, quando=quando, verbi=verbi)
            if self.per_giorni:
                sql += _POSTGRES_GIOVANI.format(tabella=self.tabella, giorni=self.per_giorni)
            schema_editor.execute(sql.replace("%", "%%"), params=())
            return
        quando = f"WHEN {self.quando} " if self.quando else ""
        for verbo in ("UPDATE", "DELETE"):
            if self.per_giorni and verbo == "DELETE":
                quando = f"WHEN julianday(OLD.created_at) > julianday('now') - {self.per_giorni} "
            schema_editor.execute(
                f"CREATE TRIGGER {self.tabella}_no_{verbo.lower()} BEFORE {verbo} ON {self.tabella} {quando}"
                f"BEGIN SELECT RAISE(ABORT, '{self.tabella} is append-only'); END"
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {self.tabella}_solo_aggiunta ON {self.tabella}")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.tabella}_solo_aggiunta_giovani ON {self.tabella}")
            return
        for verbo in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {self.tabella}_no_{verbo}")

    def describe(self) -> str:
        return f"Table {self.tabella} becomes append-only"


class TogliSoloAggiunta(SoloAggiuntaNelDatabase):
    """Takes that guard off, so that migrations can add columns and fill them; a later one puts it on again.

    On SQLite it has to: a table whose columns or constraints change is made anew, without its triggers.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Table {self.tabella} can be changed"


class IndiceParole(Operation):
    """A GIN index on a CampoParole (core.ricerca). PostgreSQL only: SQLite reads the texts one by one."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, tabella: str, colonna: str) -> None:
        self.tabella, self.colonna = tabella, colonna

    @property
    def nome(self) -> str:
        """Of the index."""
        return f"{self.tabella}_{self.colonna}_gin"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of models does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"CREATE INDEX {self.nome} ON {self.tabella} USING gin ({self.colonna})")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {self.nome}")

    def describe(self) -> str:
        return f"Words of {self.tabella}.{self.colonna} can be searched"
