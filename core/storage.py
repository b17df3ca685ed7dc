"""Where files lie."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files; imports between our ES modules are rewritten too."""

    support_js_module_import_aggregation = True


def privato() -> Storage:
    """The private storage: read only through a door that checks who asks. A callable, for FileField(storage=)."""
    return storages["privato"]
