"""One ledger for everything people say, and for what came of it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comune.models import Quartiere, Ufficio
from core.codici import nuovo_codice
from core.models import SoloAggiunta


class Tipo(models.TextChoices):
    """Kinds of input."""

    SEGNALAZIONE = "segnalazione", _("Segnalazione")
    ASSISTENZA = "assistenza", _("Richiesta di assistenza")
    GIUDIZIO = "giudizio", _("Giudizio su una pagina")


class Canale(models.TextChoices):
    """How a voice reached the Comune."""

    WEB = "web", _("Sito")
    SPORTELLO = "sportello", _("Sportello")
    TELEFONO = "telefono", _("Telefono")
    ASSEMBLEA = "assemblea", _("Assemblea")
    CARTA = "carta", _("Carta")
    EMAIL = "email", _("E-mail")
    API = "api", _("Applicazione")


class Visibilita(models.TextChoices):
    """Who may read it. Private and removed answer like what does not exist."""

    PRIVATA = "privata", _("Privata")
    PUBBLICA = "pubblica", _("Pubblica")
    OSCURATA = "oscurata", _("Oscurata in parte")
    RIMOSSA = "rimossa", _("Rimossa")


class Contributo(models.Model):
    """The envelope of every input: number, who, through which door, about which area. The domain row points here."""

    codice = models.CharField(_("numero"), max_length=16, unique=True, default=nuovo_codice, editable=False)
    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo)
    canale = models.CharField(_("canale"), max_length=12, choices=Canale, default=Canale.WEB)
    autore = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("autore"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributi",
    )
    per_conto_di = models.CharField(_("per conto di"), max_length=200, blank=True)
    quartiere = models.ForeignKey(
        Quartiere, verbose_name=_("quartiere"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    impronta_testo = models.CharField(_("impronta del testo"), max_length=64, blank=True)
    visibilita = models.CharField(_("visibilità"), max_length=10, choices=Visibilita, default=Visibilita.PRIVATA)
    created_at = models.DateTimeField(_("arrivato il"))

    class Meta:
        verbose_name = _("contributo")
        verbose_name_plural = _("contributi")
        indexes = [models.Index(fields=["-created_at"]), models.Index(fields=["tipo", "-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibilita__in=Visibilita.values), name="contributo_visibilita_nota"
            )
        ]

    def __str__(self) -> str:
        return self.codice


class Esito(SoloAggiunta):
    """What happened with a contribution: added, never edited. The newest one counts."""

    contributo = models.ForeignKey(Contributo, on_delete=models.PROTECT, related_name="esiti")
    testo = models.TextField(_("che cosa ne è venuto"))
    nota_interna = models.TextField(_("nota interna"), blank=True)
    ufficio = models.ForeignKey(Ufficio, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    prossimo_passo = models.CharField(_("prossimo passo"), max_length=255, blank=True)
    prossimo_entro = models.DateField(_("entro"), null=True, blank=True)

    class Meta:
        verbose_name = _("esito")
        verbose_name_plural = _("esiti")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.contributo_id}: {self.testo[:40]}"


def impronta_testo(testo: str) -> str:
    """SHA-256 of the words alone (case and spaces folded): finds the same text sent twice."""
    return hashlib.sha256(" ".join(testo.casefold().split()).encode()).hexdigest()
