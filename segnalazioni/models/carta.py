"""What a printed receipt carries: a key to the case, for who has no mailbox to send a link to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from segnalazioni.models.segnalazione import Segnalazione


class ChiaveStampata(models.Model):
    """The key on the last receipt printed for a case. Only the digest of its secret is kept (docs/adr/0018)."""

    segnalazione = models.OneToOneField(Segnalazione, on_delete=models.CASCADE, related_name="chiave_stampata")
    impronta = models.CharField(_("impronta"), max_length=64, unique=True)
    stampata_da = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    scade_il = models.DateTimeField(_("scade il"))
    created_at = models.DateTimeField(_("stampata il"))

    class Meta:
        verbose_name = _("chiave stampata")
        verbose_name_plural = _("chiavi stampate")

    def __str__(self) -> str:
        return f"{self.segnalazione_id}: {self.created_at:%Y-%m-%d}"
