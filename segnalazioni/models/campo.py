"""What was sent from the street: one row for each key, so that a phone that sends again does nothing twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import SoloAggiunta
from segnalazioni.models.passaggio import Passaggio
from segnalazioni.models.segnalazione import Segnalazione


class InvioDalCampo(SoloAggiunta):
    """A key that a phone has made, and the step that it became."""

    chiave = models.UUIDField(_("chiave d’invio"), unique=True)
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="+")
    passaggio = models.OneToOneField(Passaggio, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("invio dal campo")
        verbose_name_plural = _("invii dal campo")

    def __str__(self) -> str:
        return str(self.chiave)
