"""The private storage in an S3-compatible store. Apart from core.storage: boto3 is slow to import."""

from __future__ import annotations

from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from core.storage import SenzaIndirizzo


class SecchioPrivato(SenzaIndirizzo, S3Storage):
    """Private objects; not even a signed address of theirs leaves the house."""
