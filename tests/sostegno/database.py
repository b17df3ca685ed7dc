"""A migrated template database: copied per process, restored after a transactional test.

`migrate` takes some fifteen seconds and Wagtail's first page is itself a migration, so it cannot be skipped. The
template is keyed by every migration file and by what our own migrations import; it stays between runs:
SQLite in the temporary folder of the tests, PostgreSQL as the database `modello_lucca_<key>`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests.sostegno.guardie import forget

TEMPLATES_KEPT = 8  # people who regenerate migrations leave templates behind
_LOCK = 0x6C75636361  # "lucca": PostgreSQL advisory lock around the templates
_IMPORT = re.compile(r"^\s*(?:from|import)\s+([\w.]+)", re.M)


def _contenuti() -> Iterator[Path]:
    """What the initial pages are made of, besides the migrations."""
    yield from sorted((Path(settings.BASE_DIR) / "home" / "contenuti").rglob("*.toml"))
    yield from sorted((Path(settings.BASE_DIR) / "home" / "contenuti").glob("*.py"))


def _imported_by(migration: Path) -> Iterator[Path]:
    """Modules of ours that a migration imports: a change there may change what it does."""
    for module in _IMPORT.findall(migration.read_text()):
        path = Path(settings.BASE_DIR, *module.split("."))
        if path.with_suffix(".py").is_file():
            yield path.with_suffix(".py")


def migrations_key() -> str:
    """Sixteen hexadecimal digits that change whenever a migrated database would."""
    digest = hashlib.sha256(f"{django.VERSION} {connection.vendor} {settings.LANGUAGE_CODE}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda c: c.name):
        for migration in sorted((Path(config.path) / "migrations").glob("*.py")):
            digest.update(migration.name.encode() + migration.read_bytes())
            if Path(settings.BASE_DIR) in migration.parents and ".venv" not in migration.parts:
                for module in _imported_by(migration):
                    digest.update(module.read_bytes())
    for file in _contenuti():
        digest.update(file.as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _point_at(name: str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    from home.contenuti import posa  # models, which pytest loads after this module

    _point_at(name)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    posa()
    connections.close_all()


class Copy(Protocol):
    """The database of this process."""

    def make(self, *, anew: bool) -> None:
        """Builds the template where it is missing (or `anew`), then the copy, and points Django at it."""

    def restore(self) -> None:
        """Makes the copy equal to the template again."""

    def drop(self) -> None:
        """Removes the copy; the template stays."""


class SqliteCopy:
    """A file per process: parallel runs never share one."""

    def __init__(self, worker: str) -> None:
        self.folder = Path(settings.VAR_DIR)
        self.template = self.folder / f"modello-{migrations_key()}.sqlite3"
        self.name = self.folder / f"test-{os.getpid()}-{worker}.sqlite3"

    def make(self, *, anew: bool) -> None:
        with (self.folder / "modello.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if anew:
                self.template.unlink(missing_ok=True)
            if not self.template.exists():
                self._build()
            self._sweep()
        shutil.copyfile(self.template, self.name)
        _point_at(str(self.name))

    def _build(self) -> None:
        half = self.template.with_suffix(".fare")
        half.unlink(missing_ok=True)
        _migrate(str(half))
        with closing(sqlite3.connect(half)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode=DELETE")
        half.replace(self.template)

    def _sweep(self) -> None:
        """Old templates, and the copies of runs that were killed."""
        templates = sorted(self.folder.glob("modello-*.sqlite3"), key=lambda p: p.stat().st_mtime)
        for old in templates[:-TEMPLATES_KEPT]:
            old.unlink(missing_ok=True)
        for left in self.folder.glob("test-*.sqlite3*"):
            pid = left.name.split("-")[1].split(".")[0]
            if pid.isdigit() and not Path("/proc", pid).exists() and Path("/proc/self").exists():
                left.unlink(missing_ok=True)

    def restore(self) -> None:
        # Through SQLite itself: connections that other threads still hold see the restored pages.
        connections.close_all()
        with closing(sqlite3.connect(self.template)) as source, closing(sqlite3.connect(self.name)) as target:
            source.backup(target)

    def drop(self) -> None:
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.name}{suffix}").unlink(missing_ok=True)


class PostgresCopy:
    """test_<name of DATABASE_URL>_<worker>: several people may run at once on one server."""

    def __init__(self, worker: str) -> None:
        self.template = f"modello_lucca_{migrations_key()}"
        self.name = f"test_{settings.DATABASES['default']['NAME']}_{worker}"[:63]

    @contextmanager
    def _server(self, *, exclusive: bool = False) -> Iterator[Any]:
        """A cursor outside any of our databases, holding the lock of the templates."""
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute("SET lock_timeout = 0")  # building takes longer than our settings let a page wait
            cursor.execute(f"SELECT pg_advisory_lock{'' if exclusive else '_shared'}(%s)", [_LOCK])
            yield cursor

    def make(self, *, anew: bool) -> None:
        with self._server(exclusive=True) as cursor:
            if anew:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.template}"')
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if cursor.fetchone() is None:
                self._build(cursor)
        self.restore()
        _point_at(self.name)

    def _build(self, cursor: Any) -> None:
        half = f"{self.template}_fare"
        cursor.execute(f'DROP DATABASE IF EXISTS "{half}" WITH (FORCE)')
        cursor.execute(f"CREATE DATABASE \"{half}\" ENCODING 'UTF8' TEMPLATE template0")
        _migrate(half)
        cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{self.template}"')
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^modello_lucca_[0-9a-f]{16}$' "
            "ORDER BY oid DESC OFFSET %s",
            [TEMPLATES_KEPT],
        )
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')

    def restore(self) -> None:
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}"')

    def drop(self) -> None:
        with self._server() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Instead of pytest-django's: copies the template (`--create-db` builds it anew)."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "solo")
    copy: Copy = PostgresCopy(worker) if connection.vendor == "postgresql" else SqliteCopy(worker)
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        copy.make(anew=django_db_createdb)
        # A flush would take away the rows that migrations write, and append-only tables refuse it on SQLite.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: copy.restore())
        yield
        patch.undo()
        copy.drop()


def esempi(quanti: int) -> int:
    """How many examples Hypothesis makes of a property that asks no database: a tenth where the suite runs for the
    second time."""
    return quanti // 10 if "postgres" in settings.DATABASES["default"]["ENGINE"] else quanti


@contextmanager
def per_modulo(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What a module's fixture builds inside is there for each of its tests, and gone after the last.

    A transaction around those of the tests, rolled back: for modules without transactional tests.
    """
    forget()  # it begins before the first test's own guard
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
