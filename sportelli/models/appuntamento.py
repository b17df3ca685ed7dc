"""Turns of a counter, and the appointments that take them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from comune.ruoli import e_urp, uffici_di
from core.calendario import UN_GIORNO
from core.codici import nuovo_codice
from core.tempo import adesso, giorno_di, mezzanotte, oggi
from sportelli.models.sportello import Prestazione, Sportello
from sportelli.workflow import ATTESI, CON_POSTO, Stato

if TYPE_CHECKING:
    from accounts.models import User


def impronta_di(casella: str) -> str:
    """Who somebody is, as a keyed digest of their mailbox; "" for nobody known."""
    casella = casella.strip().lower()
    return salted_hmac("sportelli.chi", casella, algorithm="sha256").hexdigest() if casella else ""


class Turno(models.Model):
    """A quarter of an hour at a counter, with so many desks; made from the hours (sportelli.actions.turni)."""

    sportello = models.ForeignKey(
        Sportello, verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="turni"
    )
    inizio = models.DateTimeField(_("inizio"))
    posti = models.PositiveSmallIntegerField(_("posti"))
    occupati = models.PositiveSmallIntegerField(_("occupati"), default=0)

    class Meta:
        verbose_name = _("turno")
        verbose_name_plural = _("turni")
        ordering = ["inizio", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sportello", "inizio"], name="turno_uno_solo"),
            models.CheckConstraint(condition=Q(occupati__lte=F("posti")), name="turno_non_oltre_i_posti"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.inizio):%d/%m/%Y %H:%M}"

    @property
    def libero(self) -> bool:
        """Is there room for one more?"""
        return self.occupati < self.posti


class AppuntamentoQuerySet(models.QuerySet["Appuntamento"]):
    """Questions with a name."""

    def per_elenco(self) -> AppuntamentoQuerySet:
        """With what a row or a page of it shows."""
        return self.select_related("sportello__ufficio", "prestazione", "utente")

    def attesi(self) -> AppuntamentoQuerySet:
        """Somebody is expected, from now on."""
        return self.filter(stato__in=ATTESI, inizio__gt=adesso())

    def del_giorno(self, giorno: date) -> AppuntamentoQuerySet:
        """Those of a local day, with somebody expected or come."""
        fine = mezzanotte(giorno + UN_GIORNO)
        return self.filter(stato__in=CON_POSTO, inizio__gte=mezzanotte(giorno), inizio__lt=fine)

    def dopo_il_giorno(self, giorno: date) -> AppuntamentoQuerySet:
        """Those of the days after a local day, the next first."""
        dopo = self.filter(stato__in=CON_POSTO, inizio__gte=mezzanotte(giorno + UN_GIORNO))
        return dopo.order_by("inizio", "pk")

    def del_servizio(self, user: User) -> AppuntamentoQuerySet:
        """Those whose counter is this colleague's: all for the URP, else those of their offices."""
        return self if e_urp(user) else self.filter(sportello__ufficio__in=uffici_di(user))

    def scaduti(self) -> AppuntamentoQuerySet:
        """Held for somebody who has not confirmed in time."""
        return self.filter(stato=Stato.DA_CONFERMARE, scade_il__lte=adesso())


class Appuntamento(models.Model):
    """Somebody comes to a counter, on a day, for something. Cancelled is a state: the row stays, its turns go free.

    chi: keyed digest of the mailbox (of the account, or given); "" for a caller who has none.
    scade_il: until when a guest's is held unconfirmed. chiave: of the form it came from, so that it is made once.
    """

    codice = models.CharField(_("codice"), max_length=20, unique=True, default=nuovo_codice, editable=False)
    sportello = models.ForeignKey(
        Sportello, verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="appuntamenti"
    )
    prestazione = models.ForeignKey(
        Prestazione, verbose_name=_("per che cosa"), on_delete=models.PROTECT, related_name="appuntamenti"
    )
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))
    stato = models.CharField(_("stato"), max_length=16, choices=Stato)
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appuntamenti",
    )
    nome = models.CharField(_("nome"), max_length=120, blank=True)
    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    parole = models.TextField(_("che cosa dobbiamo sapere"), blank=True)
    motivo = models.CharField(_("motivo dell’annullamento"), max_length=300, blank=True)
    chi = models.CharField(_("impronta della casella"), max_length=64, blank=True, editable=False)
    chiave = models.UUIDField(_("chiave del modulo"), default=uuid.uuid4, unique=True, editable=False)
    scade_il = models.DateTimeField(_("tenuto fino al"), null=True, blank=True)
    confermato_il = models.DateTimeField(_("confermato il"), null=True, blank=True)
    # A colleague who booked for somebody at the counter or on the telephone.
    operatore = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("preso il"))

    objects = AppuntamentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("appuntamento")
        verbose_name_plural = _("appuntamenti")
        ordering = ["inizio", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stato__in=Stato.values), name="appuntamento_stato_noto"),
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="appuntamento_finisce_dopo"),
            models.CheckConstraint(
                condition=~Q(stato=Stato.DA_CONFERMARE) | Q(scade_il__isnull=False),
                name="appuntamento_tenuto_fino_a_quando",
            ),
            models.CheckConstraint(
                condition=~Q(stato=Stato.CONFERMATO) | Q(confermato_il__isnull=False),
                name="appuntamento_confermato_quando",
            ),
        ]
        indexes = [
            models.Index(fields=["sportello", "inizio"], name="appuntamento_agenda"),
            models.Index(fields=["chi"], condition=Q(stato__in=sorted(ATTESI)), name="appuntamento_di_chi"),
            models.Index(fields=["scade_il"], condition=Q(stato="da_confermare"), name="appuntamento_tenuti"),
        ]

    def __str__(self) -> str:
        return self.codice

    def get_absolute_url(self) -> str:
        """The page of who has it."""
        return reverse("prenota:appuntamento", kwargs={"codice": self.codice})

    @property
    def atteso(self) -> bool:
        """Is somebody expected?"""
        return self.stato in ATTESI

    @property
    def passato(self) -> bool:
        """Has it begun?"""
        return self.inizio <= adesso()

    @property
    def si_segna(self) -> bool:
        """Has its day come? Who came is marked from that morning on."""
        return giorno_di(self.inizio) <= oggi()

    @property
    def casella(self) -> str:
        """Where its notices go: the account's mailbox, or the one given."""
        return self.utente.email if self.utente else self.email


class Posto(models.Model):
    """A turn that an appointment takes. One row for each quarter: whoever is at one counter is at no other."""

    appuntamento = models.ForeignKey(Appuntamento, on_delete=models.CASCADE, related_name="posti")
    turno = models.ForeignKey(Turno, on_delete=models.PROTECT, related_name="presi")
    chi = models.CharField(_("impronta della casella"), max_length=64, blank=True)
    inizio = models.DateTimeField(_("inizio"))

    class Meta:
        verbose_name = _("posto")
        verbose_name_plural = _("posti")
        constraints = [
            models.UniqueConstraint(fields=["appuntamento", "turno"], name="posto_una_volta"),
            models.UniqueConstraint(fields=["chi", "inizio"], condition=~Q(chi=""), name="posto_uno_per_persona"),
        ]

    def __str__(self) -> str:
        return f"{self.appuntamento_id}/{self.turno_id}"
