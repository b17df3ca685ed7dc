"""Migration operations of our own."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES = """
CREATE OR REPLACE FUNCTION lp_solo_aggiunta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER {tabella}_solo_aggiunta BEFORE UPDATE OR DELETE ON {tabella}
FOR EACH ROW EXECUTE FUNCTION lp_solo_aggiunta();
"""


class SoloAggiuntaNelDatabase(Operation):
    """Lets the database itself refuse UPDATE and DELETE on a table (PostgreSQL and SQLite triggers)."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, tabella: str) -> None:
        self.tabella = tabella

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The state of models does not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRES.format(tabella=self.tabella).replace("%", "%%"), params=())
            return
        for verbo in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {self.tabella}_no_{verbo.lower()} BEFORE {verbo} ON {self.tabella} "
                f"BEGIN SELECT RAISE(ABORT, '{self.tabella} is append-only'); END"
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {self.tabella}_solo_aggiunta ON {self.tabella}")
            return
        for verbo in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {self.tabella}_no_{verbo}")

    def describe(self) -> str:
        return f"Table {self.tabella} becomes append-only"
