"""What a case can be found by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ricerca import CampoParole
from segnalazioni.models.segnalazione import Segnalazione


class Ricercabile(models.Model):
    """The words of a case, stemmed; derived from it by segnalazioni.ricerca.indicizza, and made anew at any time."""

    segnalazione = models.OneToOneField(
        Segnalazione, on_delete=models.CASCADE, primary_key=True, related_name="ricercabile"
    )
    # What anybody may read on the public page, and beside it what only colleagues read: two columns, so that no
    # outsider learns by searching what no outsider may read.
    pubbliche = CampoParole(_("parole pubbliche"))
    tutte = CampoParole(_("tutte le parole"))

    class Meta:
        verbose_name = _("parole da cercare")
        verbose_name_plural = _("parole da cercare")

    def __str__(self) -> str:
        return f"{self.segnalazione_id}"
