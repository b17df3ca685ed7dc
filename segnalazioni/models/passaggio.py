"""History: one link of the chain per step. Added, never edited."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comune.models import Ufficio
from core.models import Anello, SoloAggiunta
from segnalazioni.models.segnalazione import Segnalazione
from segnalazioni.termini import TipoEvento
from segnalazioni.workflow import RuoloCaso, Stato

# Steps that the citizen does not read: moves of paper inside the house whose result the next step shows.
PASSI_INTERNI = frozenset({"scarta"})


class Passaggio(Anello):
    """One step of a case. The words stand in TestoPassaggio, which retention may empty; their digest stands here."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="passaggi")
    passo = models.CharField(_("passo"), max_length=24)
    da = models.CharField(_("da"), max_length=20, blank=True)
    a = models.CharField(_("a"), max_length=20, choices=Stato)
    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruolo = models.CharField(_("in veste di"), max_length=12, choices=RuoloCaso)
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ente = models.CharField(_("ente"), max_length=200, blank=True)
    giorno = models.DateField(_("giorno"), null=True, blank=True)
    impronta_testo = models.CharField(_("impronta delle parole"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("passaggio")
        verbose_name_plural = _("passaggi")
        ordering = ["segnalazione", "numero"]
        constraints = [models.UniqueConstraint(fields=["segnalazione", "numero"], name="passaggio_un_solo_numero")]
        indexes = [
            models.Index(
                fields=["segnalazione", "numero"], condition=models.Q(passo="rispondi"), name="passaggio_risposte"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} #{self.numero} {self.passo}"

    def contenuto(self) -> dict[str, Any]:
        """The JSON that the digest covers: no name, no word of anybody, only the author's pseudonym."""
        return {
            "segnalazione": self.segnalazione.codice,
            "uid": str(self.uid),
            "passo": self.passo,
            "da": self.da,
            "a": self.a,
            "autore": str(self.autore.uid) if self.autore else "",
            "ruolo": self.ruolo,
            "ufficio": self.ufficio.slug if self.ufficio else "",
            "ente": self.ente,
            "giorno": self.giorno.isoformat() if self.giorno else "",
            "testo": self.impronta_testo,
            "quando": self.created_at.astimezone(UTC).isoformat(),
        }


class TestoPassaggio(models.Model):
    """The words of a step. Retention may delete this row: the salt goes with it, and the digest says nothing more."""

    passaggio = models.OneToOneField(Passaggio, on_delete=models.PROTECT, related_name="parole")
    testo = models.TextField(_("testo pubblico"), blank=True)
    nota = models.TextField(_("nota interna"), blank=True)
    prova = models.TextField(_("prova dell’inoltro"), blank=True)
    sale = models.CharField(_("sale"), max_length=32)

    class Meta:
        verbose_name = _("parole di un passaggio")
        verbose_name_plural = _("parole dei passaggi")

    def __str__(self) -> str:
        return f"{self.passaggio_id}"


def impronta_parole(sale: str, testo: str, nota: str, prova: str) -> str:
    """Salted digest of the words of a step: checks them while they are kept, reveals nothing afterwards."""
    corpo = json.dumps([sale, testo, nota, prova], ensure_ascii=False)
    return hashlib.sha256(corpo.encode()).hexdigest()


class EventoTermine(SoloAggiunta):
    """What started, stopped or restarted the clock; the due date is recomputed from these rows."""

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="eventi_termine")
    passaggio = models.ForeignKey(Passaggio, on_delete=models.PROTECT, related_name="+")
    evento = models.CharField(_("evento"), max_length=12, choices=TipoEvento)
    giorno = models.DateField(_("giorno"))

    class Meta:
        verbose_name = _("evento del termine")
        verbose_name_plural = _("eventi del termine")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.evento} {self.giorno}"
