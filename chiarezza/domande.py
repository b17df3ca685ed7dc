"""The question of the Modello Comuni, its answers and their words: the public validator compares them letter by letter.

Source: Designers Italia, App di valutazione, criteri C.SI.2.5 e C.SI.2.6.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

STELLE = (1, 2, 3, 4, 5)
ALTE = 4  # from here up one is asked what one liked
PAROLE_MASSIMO = 200


class Motivo(models.TextChoices):
    """The one reason: the first five after 4 or 5 stars, the others after fewer."""

    CHIARE = "chiare", _("Le indicazioni erano chiare")
    COMPLETE = "complete", _("Le indicazioni erano complete")
    CAPIVO = "capivo", _("Capivo sempre che stavo procedendo correttamente")
    FUNZIONAVA = "funzionava", _("Non ho avuto problemi tecnici")
    ALTRO_BENE = "altro_bene", _("Altro")
    POCO_CHIARE = "poco_chiare", _("A volte le indicazioni non erano chiare")
    INCOMPLETE = "incomplete", _("A volte le indicazioni non erano complete")
    NON_CAPIVO = "non_capivo", _("A volte non capivo se stavo procedendo correttamente")
    GUASTI = "guasti", _("Ho avuto problemi tecnici")
    ALTRO_MALE = "altro_male", _("Altro")


BENE = (Motivo.CHIARE, Motivo.COMPLETE, Motivo.CAPIVO, Motivo.FUNZIONAVA, Motivo.ALTRO_BENE)
MALE = (Motivo.POCO_CHIARE, Motivo.INCOMPLETE, Motivo.NON_CAPIVO, Motivo.GUASTI, Motivo.ALTRO_MALE)


def motivi_per(voto: int) -> tuple[Motivo, ...]:
    """The reasons that go with so many stars."""
    return BENE if voto >= ALTE else MALE
