"""What follows when a term expires or a case ends: reminders, the power to step in, what the reporter thinks of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import SoloAggiunta
from core.tempo import oggi
from segnalazioni.models.passaggio import Passaggio
from segnalazioni.models.segnalazione import Segnalazione


class Promemoria(SoloAggiunta):
    """A reminder that has left: each of a term once, whatever runs twice."""

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="promemoria")
    numero = models.PositiveSmallIntegerField(_("numero"))
    avvio = models.DateField(_("del termine cominciato il"))
    scadenza = models.DateField(_("scadenza di allora"))

    class Meta:
        verbose_name = _("promemoria")
        verbose_name_plural = _("promemoria")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["segnalazione", "avvio", "numero"], name="promemoria_una_volta"),
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.avvio} #{self.numero}"


class EsitoIntervento(models.TextChoices):
    """How a request to step in ended."""

    DISPOSTO = "disposto", _("Intervento disposto")
    NON_DOVUTO = "non_dovuto", _("Intervento non disposto")
    SUPERATO = "superato", _("Superato dalla risposta dell’ufficio")
    RITIRATO = "ritirato", _("Caduto: chi ha segnalato ha ritirato la segnalazione")


class Intervento(models.Model):
    """The sub-case of the potere sostitutivo (L. 241/1990, art. 2 c. 9-ter): asked once in each term that has run out,
    with half of the term.

    Its words and who said them stand in its two passaggi, in the chain of the case. The one of the term that runs is
    Segnalazione.intervento.
    """

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="interventi")
    avvio = models.DateField(_("del termine cominciato il"))
    richiesta = models.OneToOneField(Passaggio, on_delete=models.PROTECT, related_name="+")
    scadenza = models.DateField(_("scade il"))
    ricordato_il = models.DateTimeField(_("ricordato il"), null=True, blank=True)
    esito = models.CharField(_("esito"), max_length=12, choices=EsitoIntervento, blank=True)
    conclusione = models.OneToOneField(Passaggio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("intervento sostitutivo")
        verbose_name_plural = _("interventi sostitutivi")
        constraints = [
            models.CheckConstraint(
                condition=Q(esito="", conclusione__isnull=True)
                | Q(esito__in=EsitoIntervento.values, conclusione__isnull=False),
                name="intervento_concluso_con_esito",
            ),
            models.UniqueConstraint(fields=["segnalazione", "avvio"], name="intervento_uno_per_termine"),
            models.UniqueConstraint(fields=["segnalazione"], condition=Q(esito=""), name="intervento_uno_da_decidere"),
        ]
        indexes = [models.Index(fields=["scadenza"], condition=Q(esito=""), name="intervento_da_decidere")]

    def __str__(self) -> str:
        return f"{self.segnalazione_id}: {self.esito or self.scadenza}"

    @property
    def aperto(self) -> bool:
        """Still to be decided."""
        return not self.esito

    @property
    def in_ritardo(self) -> bool:
        """Still to be decided after its last day."""
        return self.aperto and oggi() > self.scadenza

    def chiudi(self, esito: str, passaggio: Passaggio) -> None:
        """Ends it with one of EsitoIntervento, by this step."""
        self.esito, self.conclusione = esito, passaggio
        self.save(update_fields=["esito", "conclusione"])


class Risolto(models.TextChoices):
    """Is the problem solved, for who reported it?"""

    SI = "si", _("Sì")
    IN_PARTE = "in_parte", _("In parte")
    NO = "no", _("No")


class Gradimento(models.Model):
    """What who reported thinks of how it ended: one per case, changed until the case is closed. Never public."""

    segnalazione = models.OneToOneField(Segnalazione, on_delete=models.PROTECT, related_name="gradimento")
    risolto = models.CharField(_("il problema è risolto?"), max_length=8, choices=Risolto)
    voto = models.PositiveSmallIntegerField(
        _("quanto sei contento di come è andata"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    parole = models.TextField(_("parole"), blank=True)
    created_at = models.DateTimeField(_("scritto il"))
    aggiornato_il = models.DateTimeField(_("cambiato il"))

    class Meta:
        verbose_name = _("gradimento")
        verbose_name_plural = _("gradimenti")
        constraints = [
            models.CheckConstraint(condition=Q(voto__range=(1, 5)), name="gradimento_voto_da_1_a_5"),
            models.CheckConstraint(condition=Q(risolto__in=Risolto.values), name="gradimento_risolto_noto"),
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id}: {self.voto}"
