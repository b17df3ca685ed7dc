"""Internal notes of a case: what colleagues tell one another. No step, no link of the chain; added, never edited."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import SoloAggiunta
from segnalazioni.models.segnalazione import Segnalazione


class Nota(SoloAggiunta):
    """One note. A correction is another row that says which one it corrects; the words stand in ParoleNota."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    # One form, one note: sent twice it finds the first one here.
    chiave = models.UUIDField(_("chiave d’invio"), unique=True)
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="note")
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # One correction of each row: two at once would leave two last words.
    corregge = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="correzione")
    menzionati: models.ManyToManyField[models.Model, models.Model] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="segnalazioni.Menzione", related_name="+"
    )

    class Meta:
        verbose_name = _("nota interna")
        verbose_name_plural = _("note interne")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.uid)


class ParoleNota(models.Model):
    """The words of a note. Retention may delete this row; that somebody wrote, and when, remains."""

    nota = models.OneToOneField(Nota, on_delete=models.PROTECT, related_name="parole")
    testo = models.TextField(_("nota interna"))

    class Meta:
        verbose_name = _("parole di una nota")
        verbose_name_plural = _("parole delle note")

    def __str__(self) -> str:
        return f"{self.nota_id}"


class Menzione(SoloAggiunta):
    """A colleague who was called by name in a note, and told."""

    nota = models.ForeignKey(Nota, on_delete=models.PROTECT, related_name="menzioni")
    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("menzione")
        verbose_name_plural = _("menzioni")
        constraints = [models.UniqueConstraint(fields=["nota", "utente"], name="menzione_una_volta")]

    def __str__(self) -> str:
        return f"{self.nota_id}"
