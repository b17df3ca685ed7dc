"""What can be found on the site, and the words it is found by. Both are derived, and made anew at any time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.ricerca import LUNGA, CampoParole


class Trovabile(models.Model):
    """A thing that everybody may read: a page, a document, a category of report, a door of the platform.

    chiave: what it is and which one, e.g. "pagina:12": by it its source finds it again. Nothing private has a row.
    """

    chiave = models.CharField(_("chiave"), max_length=120, unique=True)
    specie = models.CharField(_("specie"), max_length=20)
    url = models.CharField(_("indirizzo"), max_length=1000)
    titolo = models.CharField(_("titolo"), max_length=300)
    sommario = models.CharField(_("in breve"), max_length=500, blank=True)
    corpo = models.TextField(_("testo"), blank=True)
    giorno = models.DateField(_("del giorno"), null=True, blank=True)
    parole = CampoParole(_("parole in ordine"))  # for words in quotes, which must follow one another
    aggiornato_il = models.DateTimeField(_("aggiornato il"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("cosa che si trova")
        verbose_name_plural = _("cose che si trovano")

    def __str__(self) -> str:
        return f"{self.chiave} {self.titolo}"


class Occorrenza(models.Model):
    """One word of a thing: as written (folded), its stem, and how much it counts there (Voce.pesi in ricerca.fonti).

    An index of our own, so that rank is the same on both databases and comes out of one statement.
    """

    trovabile = models.ForeignKey(Trovabile, on_delete=models.CASCADE, related_name="occorrenze", db_index=False)
    forma = models.CharField(_("forma"), max_length=LUNGA)
    radice = models.CharField(_("radice"), max_length=LUNGA)
    peso = models.FloatField(_("peso"))

    class Meta:
        verbose_name = _("parola di una cosa")
        verbose_name_plural = _("parole delle cose")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["trovabile", "forma"], name="occorrenza_una_sola")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["radice"], include=["trovabile", "forma", "peso"], name="occorrenza_radice")
        ]

    def __str__(self) -> str:
        return f"{self.forma} ({self.peso})"
