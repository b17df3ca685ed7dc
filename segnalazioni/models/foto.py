"""Drafts and photos."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.storage import privato
from core.tempo import adesso
from segnalazioni.models.passaggio import Passaggio
from segnalazioni.models.segnalazione import Segnalazione

MASSIMO_FOTO = 5


class BozzaQuerySet(models.QuerySet["Bozza"]):
    """Questions with a name."""

    def valide(self) -> BozzaQuerySet:
        """Those that may still be taken up."""
        return self.filter(scade_il__gt=adesso())

    def scadute(self) -> BozzaQuerySet:
        """Those whose day has passed, oldest first."""
        return self.filter(scade_il__lte=adesso()).order_by("pk")


class Bozza(models.Model):
    """A report being written: kept on the server for 24 hours, known to one browser's session only."""

    chiave = models.UUIDField(_("chiave"), default=uuid.uuid4, unique=True, editable=False)
    dati: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("dati"), default=dict)
    scade_il = models.DateTimeField(_("scade il"))

    objects = BozzaQuerySet.as_manager()

    class Meta:
        verbose_name = _("bozza")
        verbose_name_plural = _("bozze")

    def __str__(self) -> str:
        return str(self.chiave)


def _percorso(foto: Foto, nome: str) -> str:
    return f"foto/{foto.uid.hex[:2]}/{foto.uid.hex}.jpg"


def _percorso_miniatura(foto: Foto, nome: str) -> str:
    return f"foto/{foto.uid.hex[:2]}/{foto.uid.hex}.piccola.jpg"


class Foto(models.Model):
    """A photo, re-encoded: pixels only. Of a draft, of a report, or of one step of it ("after")."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    bozza = models.ForeignKey(Bozza, on_delete=models.CASCADE, null=True, blank=True, related_name="foto")
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, null=True, blank=True, related_name="foto")
    passaggio = models.ForeignKey(Passaggio, on_delete=models.PROTECT, null=True, blank=True, related_name="foto")
    file = models.FileField(_("foto"), storage=privato, upload_to=_percorso)
    miniatura = models.FileField(_("miniatura"), storage=privato, upload_to=_percorso_miniatura)
    larghezza = models.PositiveIntegerField(_("larghezza"))
    altezza = models.PositiveIntegerField(_("altezza"))
    peso = models.PositiveIntegerField(_("byte"))
    impronta = models.CharField(_("impronta"), max_length=64)
    nome = models.CharField(_("nome del file"), max_length=120, blank=True)
    didascalia = models.CharField(_("che cosa si vede"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("aggiunta il"))

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bozza__isnull=False, segnalazione__isnull=True)
                | Q(bozza__isnull=True, segnalazione__isnull=False),
                name="foto_di_una_cosa_sola",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)
