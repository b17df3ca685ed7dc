"""How clear somebody found a page, and what was covered of their words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.models import Contributo
from chiarezza.domande import ALTE, BENE, MALE, PAROLE_MASSIMO, Motivo
from cms.models import BasePage
from core.models import SoloAggiunta


class Giudizio(models.Model):
    """One visitor's opinion of one page: stars, then one reason, then words. Of whom, nobody knows.

    percorso: address without query string; of pages made for one thing (a report) the address of their kind, so that
    no number stands here. visitatore: keyed digest of who and which page: the same person has one row for a page.
    A page that goes leaves its opinions: no count changes.
    """

    contributo = models.OneToOneField(Contributo, on_delete=models.PROTECT, related_name="giudizio")
    pagina = models.ForeignKey(
        BasePage, verbose_name=_("pagina"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    percorso = models.CharField(_("indirizzo"), max_length=255)
    sezione = models.CharField(_("sezione"), max_length=100, blank=True)
    voto = models.PositiveSmallIntegerField(_("stelle"))
    motivo = models.CharField(_("motivo"), max_length=12, choices=Motivo, blank=True)
    parole = models.CharField(_("dettagli"), max_length=PAROLE_MASSIMO, blank=True)
    visitatore = models.CharField(_("impronta del visitatore"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("espresso il"))
    # Said to the end: nothing changes it any more. Until then, for an hour, who gave it may go on (actions.esprimi).
    finito_il = models.DateTimeField(_("finito il"), null=True, blank=True)

    wagtail_reference_index_ignore = True  # an opinion is no use of a page

    class Meta:
        verbose_name = _("giudizio")
        verbose_name_plural = _("giudizi")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["pagina", "-created_at"]),
            models.Index(fields=["sezione", "-created_at"]),
            models.Index(fields=["-created_at", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["visitatore"], name="giudizio_uno_a_testa"),
            models.CheckConstraint(condition=Q(voto__range=(1, 5)), name="giudizio_da_1_a_5"),
            models.CheckConstraint(
                condition=Q(motivo="")
                | Q(voto__gte=ALTE, motivo__in=[m.value for m in BENE])
                | Q(voto__lt=ALTE, motivo__in=[m.value for m in MALE]),
                name="giudizio_motivo_del_voto",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percorso}: {self.voto}"


class MotivoOscuramento(models.TextChoices):
    """Why words were covered."""

    PERSONALI = "personali", _("Dati personali")
    OFFESE = "offese", _("Offese o accuse a persone")
    ESTRANEO = "estraneo", _("Pubblicità o cose che non c’entrano")


class Oscuramento(SoloAggiunta):
    """Somebody at the URP has taken the words of an opinion away: who, when, why. What they were is kept nowhere."""

    giudizio = models.ForeignKey(Giudizio, on_delete=models.PROTECT, related_name="oscuramenti")
    motivo = models.CharField(_("motivo"), max_length=12, choices=MotivoOscuramento)
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("oscuramento")
        verbose_name_plural = _("oscuramenti")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.giudizio_id}: {self.motivo}"
