"""The redazioni: which office writes which part of the site, and who approves what they write.

A redazione is kept in Wagtail's own terms (a group, its permissions on pages and on a collection) by
redazione.actions.allinea: what an editor may do is asked of Wagtail and of nobody else.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Collection, Orderable

from cms.models import BasePage
from comune.models import Ufficio


class Redazione(ClusterableModel):
    """Who writes a part of the site. Switched off, never deleted: the history of pages goes on naming its group."""

    nome = models.CharField(_("nome"), max_length=80, unique=True)
    ufficio = models.ForeignKey(
        Ufficio,
        verbose_name=_("ufficio"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="redazioni",
        help_text=_("Chi ci lavora o lo dirige oggi è di questa redazione; chi finisce l’incarico ne esce da solo."),
    )
    approva = models.BooleanField(
        _("approva e pubblica"),
        default=False,
        help_text=_("Senza la spunta scrive e propone soltanto: pubblica chi approva."),
    )
    attiva = models.BooleanField(_("attiva"), default=True, help_text=_("Spenta, nessuno ci lavora più."))
    gruppo = models.OneToOneField(Group, on_delete=models.PROTECT, null=True, editable=False, related_name="redazione")
    raccolta = models.OneToOneField(
        Collection, on_delete=models.PROTECT, null=True, editable=False, related_name="redazione"
    )

    class Meta:
        verbose_name = _("redazione")
        verbose_name_plural = _("redazioni")
        ordering = ["-approva", "nome"]

    def __str__(self) -> str:
        return self.nome


class ComeScrive(models.TextChoices):
    """What a redazione may do on a page."""

    SUA = "sua", _("È sua: la pagina e tutto quello che sta sotto")
    AGGIUNGE = "aggiunge", _("Ci aggiunge pagine, e cambia solo quelle che ha fatto chi scrive")


class Parte(Orderable):
    """A page of a redazione, with what is under it."""

    redazione = ParentalKey(Redazione, on_delete=models.CASCADE, related_name="parti")
    # A page that is taken away leaves an empty row, which the next alignment drops.
    pagina = models.ForeignKey(
        BasePage, verbose_name=_("pagina"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    come = models.CharField(_("che cosa ci fa"), max_length=8, choices=ComeScrive, default=ComeScrive.SUA)

    panels: ClassVar[list[Any]] = [FieldPanel("pagina"), FieldPanel("come")]

    class Meta(Orderable.Meta):
        verbose_name = _("parte del sito")
        verbose_name_plural = _("parti del sito")
        constraints = [
            models.CheckConstraint(condition=Q(come__in=ComeScrive.values), name="parte_come_noto"),
            models.UniqueConstraint(fields=["redazione", "pagina"], name="parte_una_volta"),
        ]

    def __str__(self) -> str:
        return f"{self.redazione}, {self.pagina_id}"


class Redattore(Orderable):
    """Somebody named, beside who works in the office."""

    redazione = ParentalKey(Redazione, on_delete=models.CASCADE, related_name="redattori")
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"is_staff": True, "is_active": True},
    )

    panels: ClassVar[list[Any]] = [FieldPanel("utente")]

    class Meta(Orderable.Meta):
        verbose_name = _("persona indicata")
        verbose_name_plural = _("persone indicate")
        constraints = [models.UniqueConstraint(fields=["redazione", "utente"], name="redattore_una_volta")]

    def __str__(self) -> str:
        return str(self.redazione)
