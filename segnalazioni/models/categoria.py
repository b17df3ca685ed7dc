"""What a report can be about."""

from __future__ import annotations

from typing import TypedDict

from django.contrib.admin import display as admin_display
from django.db import models
from django.utils.translation import gettext_lazy as _

from comune.models import Ufficio
from segnalazioni.termini import TipoTermine, giorni_in_parole

# The category that help is asked under: a case of it is no report.
ASSISTENZA = "servizi.assistenza"


class Domanda(TypedDict, total=False):
    """One question of a category. tipo: scelta | si_no | testo | data; opzioni only for scelta."""

    chiave: str
    testo: str
    tipo: str
    obbligatoria: bool
    opzioni: list[str]


class CategoriaQuerySet(models.QuerySet["Categoria"]):
    """Questions with a name."""

    def foglie(self) -> CategoriaQuerySet:
        """Those a report can be filed under, in the order of the taxonomy."""
        return self.filter(madre__isnull=False, attiva=True).select_related("madre", "ufficio")

    def in_ordine(self) -> CategoriaQuerySet:
        """By group, then by place in the group."""
        return self.order_by("madre__ordine", "ordine", "codice")


class Categoria(models.Model):
    """A group (no parent) or a category that reports are filed under."""

    codice = models.CharField(_("codice"), max_length=60, unique=True)
    madre = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="figlie")
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)
    nome = models.CharField(_("nome"), max_length=120)
    ufficio = models.ForeignKey(
        Ufficio,
        verbose_name=_("ufficio che risponde"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Vuoto: la smista l’URP."),
    )
    tipo_termine = models.CharField(
        _("come si contano i giorni"), max_length=12, choices=TipoTermine, default=TipoTermine.SERVIZIO
    )
    giorni = models.PositiveSmallIntegerField(_("giorni per rispondere"), default=30)
    urgente = models.BooleanField(_("urgente"), default=False)
    luogo_obbligatorio = models.BooleanField(_("serve il luogo"), default=True)
    foto_consigliata = models.BooleanField(_("foto consigliata"), default=True)
    pubblica = models.BooleanField(_("pubblica di norma"), default=True)
    anonima = models.BooleanField(_("si può restare anonimi"), default=True)
    domande: models.JSONField[list[Domanda], list[Domanda]] = models.JSONField(_("domande"), default=list, blank=True)
    parole: models.JSONField[list[str], list[str]] = models.JSONField(_("parole che la indicano"), default=list)
    competenze: models.JSONField[list[str], list[str]] = models.JSONField(_("enti che rispondono"), default=list)
    attiva = models.BooleanField(_("attiva"), default=True)
    # Names of the columns whose value the office has chosen: an update of the taxonomy leaves them alone.
    scelte_qui: models.JSONField[list[str], list[str]] = models.JSONField(_("scelte qui"), default=list, blank=True)

    objects = CategoriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("categoria")
        verbose_name_plural = _("categorie")
        ordering = ["ordine", "codice"]

    def __str__(self) -> str:
        return self.nome

    @admin_display(description=_("termine"))
    def termine_in_parole(self) -> str:
        """ "5 giorni lavorativi" or "30 giorni"."""
        return giorni_in_parole(self.tipo_termine, self.giorni)
