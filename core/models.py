"""Abstract rows: what is only ever added to, and the links of a chain."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model, covariant=True)


class RigaImmutabile(Exception):
    """Somebody tried to change history. A programming error, never shown to people."""


class SoloAggiuntaQuerySet(models.QuerySet[M]):
    """A queryset that reads and adds."""

    def _no(self) -> NoReturn:
        raise RigaImmutabile(f"{self.model.__name__} is append-only")

    def update(self, **kwargs: Any) -> NoReturn:
        self._no()

    def delete(self) -> NoReturn:
        self._no()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._no()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """Adds many rows. Not with update_conflicts: an insert that turns into an update is an update."""
        # Positional too: objs, batch_size, ignore_conflicts, update_conflicts.
        if kwargs.get("update_conflicts") or any(args[2:3]):
            self._no()
        return super().bulk_create(objs, *args, **kwargs)


class SoloAggiunta(models.Model):
    """A row that is written once. The database refuses too: see core.operations.SoloAggiuntaNelDatabase."""

    created_at = models.DateTimeField(_("scritta il"))

    objects = SoloAggiuntaQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Inserts. A key chosen by hand does not turn it into an update of that row (IntegrityError)."""
        if not self._state.adding:
            raise RigaImmutabile(f"{type(self).__name__} {self.pk} is append-only")
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RigaImmutabile(f"{type(self).__name__} {self.pk} is append-only")


class Anello(SoloAggiunta):
    """A link of a hash chain: its digest covers its own content and the digest of the link before.

    numero: 1, 2, 3… within its chain, without gaps (unique with the chain's key in the concrete model).
    """

    numero = models.PositiveIntegerField(_("numero"))
    impronta_precedente = models.CharField(_("impronta precedente"), max_length=64, blank=True)
    impronta = models.CharField(_("impronta"), max_length=64)

    class Meta:
        abstract = True

    def contenuto(self) -> dict[str, Any]:
        """What the digest covers: JSON values only, nothing that retention may remove."""
        raise NotImplementedError

    def calcola_impronta(self) -> str:
        """SHA-256 of the canonical JSON of content, number and previous digest."""
        corpo = {**self.contenuto(), "n": self.numero, "prima": self.impronta_precedente}
        testo = json.dumps(corpo, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(testo.encode()).hexdigest()
