"""Where files lie."""

from __future__ import annotations

from functools import partial
from typing import NoReturn

from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage, storages
from django.db import transaction
from django.db.models.fields.files import FieldFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files; imports between our ES modules are rewritten too."""

    support_js_module_import_aggregation = True


class SenzaIndirizzo:
    """A storage whose files have no address: people get them from a door that checks who asks."""

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("private files have no address: serve them through a door")


class CartellaPrivata(SenzaIndirizzo, FileSystemStorage):
    """A folder outside all that a web server shows, readable by this system user only."""

    def __init__(self, location: str) -> None:
        super().__init__(location, file_permissions_mode=0o600, directory_permissions_mode=0o700)


class MemoriaPrivata(SenzaIndirizzo, InMemoryStorage):
    """For tests."""


def privato() -> Storage:
    """The private storage: read only through a door that checks who asks. A callable, for FileField(storage=)."""
    return storages["privato"]


def butta_dopo(*file: FieldFile) -> None:
    """Deletes these files once it is certain that no row needs them: after commit, by the names they have now."""
    for uno in file:
        if uno:
            transaction.on_commit(partial(uno.storage.delete, str(uno.name)))
