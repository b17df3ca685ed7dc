"""Abstract rows: what is only ever added to, and the links of a chain."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class RigaImmutabile(Exception):
    """Somebody tried to change history. A programming error, never shown to people."""


class SoloAggiuntaQuerySet(models.QuerySet[Any]):
    """A queryset that reads and adds."""

    def _no(self) -> NoReturn:
        raise RigaImmutabile(f"{self.model.__name__} is append-only")

    def update(self, **kwargs: Any) -> NoReturn:
        self._no()

    def delete(self) -> NoReturn:
        self._no()

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._no()


class SoloAggiunta(models.Model):
    """A row that is written once. The database refuses too: see core.operations.SoloAggiuntaNelDatabase."""

    created_at = models.DateTimeField(_("scritta il"))

    objects = SoloAggiuntaQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RigaImmutabile(f"{type(self).__name__} {self.pk} is append-only")
        super().save(*args, **kwargs)

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
        corpo = {"n": self.numero, "prima": self.impronta_precedente, **self.contenuto()}
        testo = json.dumps(corpo, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(testo.encode()).hexdigest()
