"""Who gets the news by e-mail, and what is sent: an issue is a row, its mails are rows of notifiche."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.models import Argomento
from home.models import NotiziaPage, RubricaPage

if TYPE_CHECKING:
    from accounts.models import User

CONFERMA_ENTRO = timedelta(hours=72)
RIPENSAMENTI = timedelta(days=30)  # that who has stopped may go on with one press; then the address goes
# Between the publication and the first mail: a page taken down meanwhile is told to nobody.
RIPENSACI = timedelta(minutes=10)


class Cadenza(models.TextChoices):
    """How often."""

    SUBITO = "subito", _("Una mail per ogni notizia")
    SETTIMANA = "settimana", _("Un riassunto ogni lunedì mattina")


class StatoAbbonamento(models.TextChoices):
    """Where a subscription stands."""

    DA_CONFERMARE = "da_confermare", _("Da confermare")
    ATTIVO = "attivo", _("Attivo")
    CESSATO = "cessato", _("Cessato")


class AbbonamentoQuerySet(models.QuerySet["Abbonamento"]):
    """Questions with a name."""

    def attivi(self) -> AbbonamentoQuerySet:
        """Those who get something."""
        return self.filter(stato=StatoAbbonamento.ATTIVO)

    def con(self, cadenza: Cadenza, *, dal: datetime) -> AbbonamentoQuerySet:
        """Active ones of this frequency that had already begun at this instant, in the order of the batches."""
        return self.attivi().filter(cadenza=cadenza, decorre_il__lte=dal).order_by("pk")

    def che_vogliono(self, notizia: NotiziaPage) -> AbbonamentoQuerySet:
        """Those whose topics and kinds it is about; who has chosen none wants all."""
        argomenti = ArgomentoSeguito.objects.filter(abbonamento=OuterRef("pk"))
        rubriche = RubricaSeguita.objects.filter(abbonamento=OuterRef("pk"))
        suoi = list(notizia.argomenti.values_list("pk", flat=True))
        sua = notizia.get_parent().pk
        return self.filter(
            ~Exists(argomenti) | Exists(argomenti.filter(argomento__in=suoi)),
            ~Exists(rubriche) | Exists(rubriche.filter(rubrica=sua)),
        )

    def di(self, utente: User) -> AbbonamentoQuerySet:
        """That of an account, made with it or with its mailbox alone."""
        return self.filter(Q(utente=utente) | Q(email=utente.email.lower()))

    def da_buttare(self, ora: datetime) -> AbbonamentoQuerySet:
        """Asked for and never confirmed; stopped long ago."""
        mai = Q(stato=StatoAbbonamento.DA_CONFERMARE, chiesto_il__lte=ora - CONFERMA_ENTRO)
        finiti = Q(stato=StatoAbbonamento.CESSATO, cessato_il__lte=ora - RIPENSAMENTI)
        return self.filter(mai | finiti)


class Abbonamento(models.Model):
    """Somebody who gets the news: an account, or a mailbox that has confirmed."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("indirizzo e-mail"), blank=True)
    cadenza = models.CharField(_("cadenza"), max_length=12, choices=Cadenza, default=Cadenza.SUBITO)
    stato = models.CharField(
        _("stato"), max_length=16, choices=StatoAbbonamento, default=StatoAbbonamento.DA_CONFERMARE
    )
    chiesto_il = models.DateTimeField(_("chiesto il"))
    confermato_il = models.DateTimeField(_("confermato il"), null=True, blank=True)
    # News that came out before is not sent: when it was confirmed, taken up again, or its frequency changed.
    decorre_il = models.DateTimeField(_("decorre dal"), null=True, blank=True)
    cessato_il = models.DateTimeField(_("cessato il"), null=True, blank=True)

    objects = AbbonamentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("abbonamento")
        verbose_name_plural = _("abbonamenti")
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="abbonamento_uno_per_casella"),
            models.UniqueConstraint(
                fields=["utente"], condition=Q(utente__isnull=False), name="abbonamento_uno_per_account"
            ),
            models.CheckConstraint(
                condition=Q(utente__isnull=False, email="") | (Q(utente__isnull=True) & ~Q(email="")),
                name="abbonamento_di_qualcuno",
            ),
            models.CheckConstraint(condition=Q(stato__in=StatoAbbonamento.values), name="abbonamento_stato_noto"),
            models.CheckConstraint(
                condition=~Q(stato=StatoAbbonamento.ATTIVO) | Q(confermato_il__isnull=False, decorre_il__isnull=False),
                name="abbonamento_attivo_confermato",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def attivo(self) -> bool:
        """Does it get anything?"""
        return self.stato == StatoAbbonamento.ATTIVO

    @property
    def cessato(self) -> bool:
        """Was it stopped?"""
        return self.stato == StatoAbbonamento.CESSATO

    @property
    def casella(self) -> str:
        """Where the mails go; "" for an account that is closed."""
        if self.utente is None:
            return self.email
        return self.utente.email if self.utente.is_active and not self.utente.cancellato_il else ""

    def vuole(self, argomenti: Collection[int], rubrica: int) -> bool:
        """As che_vogliono, for a row whose choices are at hand (prefetched)."""
        suoi = {scelto.argomento_id for scelto in self.seguiti.all()}
        sue = {scelta.rubrica_id for scelta in self.rubriche.all()}
        return (not suoi or not suoi.isdisjoint(argomenti)) and (not sue or rubrica in sue)


class ArgomentoSeguito(models.Model):
    """A topic somebody follows. When the topic goes, the row stays: who followed it alone does not get everything."""

    abbonamento = models.ForeignKey(Abbonamento, on_delete=models.CASCADE, related_name="seguiti")
    argomento = models.ForeignKey(Argomento, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("argomento seguito")
        verbose_name_plural = _("argomenti seguiti")
        constraints = [
            models.UniqueConstraint(
                fields=["abbonamento", "argomento"],
                condition=Q(argomento__isnull=False),
                name="argomento_seguito_una_volta",
            )
        ]

    def __str__(self) -> str:
        return f"{self.abbonamento_id}: {self.argomento_id}"


class RubricaSeguita(models.Model):
    """A kind of news somebody wants; kept like a topic when its page goes."""

    abbonamento = models.ForeignKey(Abbonamento, on_delete=models.CASCADE, related_name="rubriche")
    rubrica = models.ForeignKey(RubricaPage, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("tipo di novità seguito")
        verbose_name_plural = _("tipi di novità seguiti")
        constraints = [
            models.UniqueConstraint(
                fields=["abbonamento", "rubrica"], condition=Q(rubrica__isnull=False), name="rubrica_seguita_una_volta"
            )
        ]

    def __str__(self) -> str:
        return f"{self.abbonamento_id}: {self.rubrica_id}"


class SpecieNumero(models.TextChoices):
    """What an issue is."""

    NOTIZIA = "notizia", _("Notizia")
    RIASSUNTO = "riassunto", _("Riassunto della settimana")


class StatoNumero(models.TextChoices):
    """Where an issue stands."""

    IN_ATTESA = "in_attesa", _("Parte fra poco")
    IN_CORSO = "in_corso", _("In partenza")
    PARTITO = "partito", _("Partito")
    RITIRATO = "ritirato", _("Ritirato")


class NumeroQuerySet(models.QuerySet["Numero"]):
    """Questions with a name."""

    def da_mandare(self, ora: datetime) -> NumeroQuerySet:
        """Those whose time has come and that are not finished, the oldest first."""
        return self.filter(stato__in=(StatoNumero.IN_ATTESA, StatoNumero.IN_CORSO), parte_il__lte=ora).order_by(
            "parte_il", "pk"
        )

    def uscite(self, dal: datetime, al: datetime) -> NumeroQuerySet:
        """Pieces of news that came out between two instants (the second excluded) and were not taken down."""
        return self.filter(
            specie=SpecieNumero.NOTIZIA, notizia__isnull=False, uscito_il__gte=dal, uscito_il__lt=al
        ).exclude(stato=StatoNumero.RITIRATO)


class Numero(models.Model):
    """An issue: one piece of news, or the summary of a week. How far its sending has come is in the row."""

    uid = models.UUIDField(_("identificativo"), default=uuid.uuid4, unique=True, editable=False)
    specie = models.CharField(_("specie"), max_length=12, choices=SpecieNumero)
    notizia = models.ForeignKey(NotiziaPage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dal = models.DateTimeField(_("novità dal"))  # of a summary: what came out from here to uscito_il
    uscito_il = models.DateTimeField(_("uscito il"))
    parte_il = models.DateTimeField(_("parte il"))
    stato = models.CharField(_("stato"), max_length=12, choices=StatoNumero, default=StatoNumero.IN_ATTESA)
    ultimo = models.BigIntegerField(_("ultimo abbonamento visto"), default=0)
    destinatari = models.PositiveIntegerField(_("destinatari"), default=0)

    objects = NumeroQuerySet.as_manager()

    class Meta:
        verbose_name = _("numero")
        verbose_name_plural = _("numeri")
        ordering = ["-uscito_il", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stato__in=StatoNumero.values), name="numero_stato_noto"),
            models.UniqueConstraint(
                fields=["notizia"], condition=Q(notizia__isnull=False), name="numero_uno_per_notizia"
            ),
            models.UniqueConstraint(
                fields=["uscito_il"], condition=Q(specie=SpecieNumero.RIASSUNTO), name="numero_un_riassunto_a_settimana"
            ),
        ]

    def __str__(self) -> str:
        return self.evento

    @property
    def evento(self) -> str:
        """The event of its notices, by which nobody gets it twice."""
        return f"numero:{self.uid}"
