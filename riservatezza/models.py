"""What the platform writes down about its care of personal data: counts, never words; and who asked for their own."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import SoloAggiunta
from core.storage import privato
from core.tempo import adesso

DURA = timedelta(days=7)  # that an export may be fetched


class Conservazione(SoloAggiunta):
    """One run of retention: how many rows of each kind were emptied or deleted. Counts only."""

    conti: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(_("righe per specie"), default=dict)

    class Meta:
        verbose_name = _("esecuzione della conservazione")
        verbose_name_plural = _("esecuzioni della conservazione")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}: {sum(self.conti.values())}"


class StatoRichiesta(models.TextChoices):
    """Where a request for one's own data stands."""

    APERTA = "aperta", _("Aperta")
    IN_PREPARAZIONE = "in_preparazione", _("In preparazione")
    PRONTA = "pronta", _("Pronta")


class RichiestaDatiQuerySet(models.QuerySet["RichiestaDati"]):
    """Questions with a name."""

    def valide(self) -> RichiestaDatiQuerySet:
        """Those whose day has not passed."""
        return self.filter(scade_il__gt=adesso())


def _percorso(richiesta: RichiestaDati, nome: str) -> str:
    return f"dati/{richiesta.uid.hex}.zip"


class RichiestaDati(models.Model):
    """Somebody asks for their own data: an account, or who has proved a mailbox. Gone, with its file, after a week."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    stato = models.CharField(_("stato"), max_length=16, choices=StatoRichiesta, default=StatoRichiesta.APERTA)
    fatte = models.PositiveIntegerField(_("voci preparate"), default=0)
    tutte = models.PositiveIntegerField(_("voci in tutto"), default=0)
    file = models.FileField(_("dati"), storage=privato, upload_to=_percorso, blank=True)
    scade_il = models.DateTimeField(_("scade il"))
    created_at = models.DateTimeField(_("chiesta il"))

    objects = RichiestaDatiQuerySet.as_manager()

    class Meta:
        verbose_name = _("richiesta dei propri dati")
        verbose_name_plural = _("richieste dei propri dati")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(utente__isnull=False, email="") | (Q(utente__isnull=True) & ~Q(email="")),
                name="richiesta_dati_di_qualcuno",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def pronta(self) -> bool:
        """May its file be fetched?"""
        return self.stato == StatoRichiesta.PRONTA and bool(self.file)
