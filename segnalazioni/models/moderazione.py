"""What is covered on a case, by whom and why; and who has looked at what is covered. History: added, never edited."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.models import Visibilita
from core.models import SoloAggiunta
from core.storage import privato
from segnalazioni.models.foto import Foto
from segnalazioni.models.segnalazione import Segnalazione
from segnalazioni.workflow import RuoloCaso


class Atto(models.TextChoices):
    """What was done to what everybody reads."""

    COPRE_PAROLE = "copre_parole", _("Parole coperte")
    SCOPRE_PAROLE = "scopre_parole", _("Parole scoperte")
    COPRE_FOTO = "copre_foto", _("Foto coperta in parte")
    SCOPRE_FOTO = "scopre_foto", _("Foto scoperta")
    VISIBILITA = "visibilita", _("Chi la può leggere")


class MotivoModerazione(models.TextChoices):
    """Why. The words stand after «Perché:» in the notice to who reported."""

    ALTRI = "altri", _("Dati personali di altre persone")
    PROPRI = "propri", _("Dati personali di chi ha segnalato")
    DELICATI = "delicati", _("Dati su salute, minori o altre cose delicate")
    OFFESE = "offese", _("Offese o accuse a persone")
    ESTRANEO = "estraneo", _("Pubblicità o cose che non c’entrano")
    RICHIESTA = "richiesta", _("L’ha chiesto chi ha segnalato")
    RIVISTO = "rivisto", _("La scelta di prima è stata rivista")
    ALTRO = "altro", _("Altro, spiegato sotto")


class Moderazione(SoloAggiunta):
    """One act on what everybody reads of a case. Its free words stand in ParoleModerazione, which retention deletes."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="moderazioni")
    atto = models.CharField(_("atto"), max_length=16, choices=Atto)
    parti: models.JSONField[list[str], list[str]] = models.JSONField(_("parti"), default=list)
    da = models.CharField(_("visibilità prima"), max_length=10, choices=Visibilita)
    a = models.CharField(_("visibilità dopo"), max_length=10, choices=Visibilita)
    motivo = models.CharField(_("motivo"), max_length=12, choices=MotivoModerazione)
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruolo = models.CharField(_("in veste di"), max_length=12, choices=RuoloCaso)

    class Meta:
        verbose_name = _("atto di moderazione")
        verbose_name_plural = _("atti di moderazione")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.atto}"


class ParoleModerazione(models.Model):
    """The explanation, as who reported was told."""

    moderazione = models.OneToOneField(Moderazione, on_delete=models.PROTECT, related_name="parole")
    spiegazione = models.TextField(_("spiegazione"))

    class Meta:
        verbose_name = _("parole di un atto di moderazione")
        verbose_name_plural = _("parole degli atti di moderazione")

    def __str__(self) -> str:
        return f"{self.moderazione_id}"


class ParteCoperta(models.Model):
    """A public part of a case of which some words are covered: where it is shown, the mark stands in their place.

    chiave: which part (segnalazioni.parti). originale: as it was; "" once retention has dropped it. tratti: the
    stretches covered, as [from, to) in the original.
    """

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="parti_coperte")
    chiave = models.CharField(_("parte"), max_length=120)
    originale = models.TextField(_("come era"), blank=True)
    tratti: models.JSONField[list[list[int]], list[list[int]]] = models.JSONField(_("tratti coperti"), default=list)
    created_at = models.DateTimeField(_("coperta il"))

    class Meta:
        verbose_name = _("parte coperta")
        verbose_name_plural = _("parti coperte")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["segnalazione", "chiave"], name="parte_coperta_una_sola")]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.chiave}"


class OriginaleFoto(models.Model):
    """A photo as it was before parts of it were overwritten. No door of the public leads here; retention drops it.

    zone: the areas overwritten, [x, y, width, height] in per cent of the picture.
    """

    foto = models.OneToOneField(Foto, on_delete=models.CASCADE, related_name="originale")
    file = models.FileField(_("foto"), storage=privato)
    miniatura = models.FileField(_("miniatura"), storage=privato)
    peso = models.PositiveIntegerField(_("byte"))
    impronta = models.CharField(_("impronta"), max_length=64)
    zone: models.JSONField[list[list[float]], list[list[float]]] = models.JSONField(_("zone coperte"), default=list)
    created_at = models.DateTimeField(_("coperta il"))

    class Meta:
        verbose_name = _("originale di una foto coperta")
        verbose_name_plural = _("originali delle foto coperte")

    def __str__(self) -> str:
        return str(self.foto_id)


class CosaVista(models.TextChoices):
    """What somebody looked at that is covered."""

    RECAPITI = "recapiti", _("Recapiti")
    PAROLE = "parole", _("Parole coperte")
    FOTO = "foto", _("Foto senza coperture")


class MotivoConsultazione(models.TextChoices):
    """Why somebody needs to see it."""

    CONTATTO = "contatto", _("Devo parlare con chi ha segnalato")
    LAVORO = "lavoro", _("Serve per fare il lavoro")
    DECISIONE = "decisione", _("Devo decidere se coprire o scoprire")
    DIRITTI = "diritti", _("L’ha chiesto chi ha segnalato, sui propri dati")
    AUTORITA = "autorita", _("Lo chiede un’autorità")


class Consultazione(SoloAggiunta):
    """One look at contacts or at what is covered: who, when, of which case, why. Kept as CONSERVA_ACCESSI_ANNI says."""

    segnalazione = models.ForeignKey(Segnalazione, on_delete=models.PROTECT, related_name="consultazioni")
    autore = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ruolo = models.CharField(_("in veste di"), max_length=12, choices=RuoloCaso)
    cosa = models.CharField(_("che cosa"), max_length=8, choices=CosaVista)
    motivo = models.CharField(_("perché"), max_length=12, choices=MotivoConsultazione)

    class Meta:
        verbose_name = _("consultazione")
        verbose_name_plural = _("consultazioni")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(motivo__in=MotivoConsultazione.values), name="consultazione_con_un_motivo"
            )
        ]

    def __str__(self) -> str:
        return f"{self.segnalazione_id} {self.cosa}"
