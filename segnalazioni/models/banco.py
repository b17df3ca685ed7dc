"""What colleagues keep at the desk: views of the queue, canned answers, and work on many cases at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from comune.models import Ufficio
from comune.ruoli import e_urp, uffici_di
from segnalazioni.models.segnalazione import Segnalazione

if TYPE_CHECKING:
    from accounts.models import User


class VistaSalvataQuerySet(models.QuerySet["VistaSalvata"]):
    """Questions with a name."""

    def di(self, user: User) -> VistaSalvataQuerySet:
        """Their own, and those that somebody shared with an office of theirs."""
        return self.filter(Q(utente=user) | Q(ufficio__in=uffici_di(user))).order_by("ordine", "pk")


class VistaSalvata(models.Model):
    """A view of the queue under a name: list, filters and search, as its address says them."""

    utente = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="viste_salvate")
    nome = models.CharField(_("nome"), max_length=60)
    query = models.TextField(_("filtri"))
    ufficio = models.ForeignKey(
        Ufficio, verbose_name=_("con l’ufficio"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ordine = models.PositiveSmallIntegerField(_("posto"), default=1)

    objects = VistaSalvataQuerySet.as_manager()

    class Meta:
        verbose_name = _("elenco salvato")
        verbose_name_plural = _("elenchi salvati")
        constraints = [models.UniqueConstraint(fields=["utente", "nome"], name="vista_salvata_un_nome")]

    def __str__(self) -> str:
        return self.nome


class RispostaProntaQuerySet(models.QuerySet["RispostaPronta"]):
    """Questions with a name."""

    def leggibili(self, user: User) -> RispostaProntaQuerySet:
        """Those of all and those of the offices somebody holds; for the URP those of every office."""
        righe = self.select_related("ufficio").order_by("ordine", "titolo", "pk")
        return righe if e_urp(user) else righe.filter(Q(ufficio__isnull=True) | Q(ufficio__in=uffici_di(user)))

    def per_passo(self, user: User, passo: str) -> list[RispostaPronta]:
        """Those in use that suit a step."""
        return [r for r in self.leggibili(user).filter(attiva=True) if not r.passi or passo in r.passi]


class RispostaPronta(models.Model):
    """Words that are said often, with variables in braces (segnalazioni.racconto.variabili)."""

    titolo = models.CharField(_("nome"), max_length=80)
    testo = models.TextField(_("testo"), max_length=4000)
    ufficio = models.ForeignKey(
        Ufficio, verbose_name=_("per l’ufficio"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    passi: models.JSONField[list[str], list[str]] = models.JSONField(_("per i passi"), default=list, blank=True)
    attiva = models.BooleanField(_("in uso"), default=True)
    ordine = models.PositiveSmallIntegerField(_("posto"), default=1)

    objects = RispostaProntaQuerySet.as_manager()

    class Meta:
        verbose_name = _("risposta pronta")
        verbose_name_plural = _("risposte pronte")

    def __str__(self) -> str:
        return self.titolo


class StatoVoce(models.TextChoices):
    """Where a line of work stands."""

    DA_FARE = "da_fare", _("da fare")
    FATTA = "fatta", _("fatta")
    RIFIUTATA = "rifiutata", _("non fatta")


class LavoroQuerySet(models.QuerySet["Lavoro"]):
    """Questions with a name."""

    def con_conti(self) -> LavoroQuerySet:
        """Adds tutte, fatte, rifiutate: how many lines there are, and how many of each."""
        conti: dict[str, Any] = {
            "tutte": Count("voci"),
            "fatte": Count("voci", filter=Q(voci__stato=StatoVoce.FATTA)),
            "rifiutate": Count("voci", filter=Q(voci__stato=StatoVoce.RIFIUTATA)),
        }
        return self.annotate(**conti)


class Lavoro(models.Model):
    """One step on many cases, as somebody has confirmed it; each line is a case and is done once."""

    # Chosen by the page of confirmation: the same form sent twice is one work.
    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lavori")
    passo = models.CharField(_("passo"), max_length=24)
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    testo = models.TextField(_("testo pubblico"), blank=True)  # with its variables
    nota = models.TextField(_("nota interna"), blank=True)
    created_at = models.DateTimeField(_("chiesto il"))
    finito_il = models.DateTimeField(_("finito il"), null=True, blank=True)

    objects = LavoroQuerySet.as_manager()

    class Meta:
        verbose_name = _("lavoro")
        verbose_name_plural = _("lavori")
        indexes = [
            models.Index(fields=["created_at"], condition=Q(finito_il__isnull=True), name="lavoro_da_finire"),
            models.Index(fields=["autore", "-created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class VoceLavoro(models.Model):
    """One case of a work. versione: of the case when the step was confirmed; motivo: why it was not done."""

    lavoro = models.ForeignKey(Lavoro, on_delete=models.CASCADE, related_name="voci")
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="+")
    versione = models.PositiveIntegerField(_("versione"))
    stato = models.CharField(_("stato"), max_length=10, choices=StatoVoce, default=StatoVoce.DA_FARE)
    motivo = models.CharField(_("perché no"), max_length=300, blank=True)
    mossa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("voce di un lavoro")
        verbose_name_plural = _("voci dei lavori")
        constraints = [models.UniqueConstraint(fields=["lavoro", "segnalazione"], name="voce_lavoro_una_per_caso")]
        indexes = [models.Index(fields=["lavoro", "stato"])]

    def __str__(self) -> str:
        return f"{self.lavoro_id}: {self.segnalazione_id} {self.stato}"
