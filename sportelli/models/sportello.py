"""The survey of the front offices: what each is for, where, when, and what one may come for by appointment."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from comune.models import Ufficio
from core.tempo import oggi

if TYPE_CHECKING:
    from sportelli.models.appuntamento import Turno

# Hours and appointments stand on quarters of an hour: turns never overlap, whatever the hours become.
PASSO = timedelta(minutes=15)
DURATE = [(minuti, _("%(n)d minuti") % {"n": minuti}) for minuti in (15, 30, 45, 60, 90)]
POSTAZIONI_MASSIME = 20


def sul_quarto(ora: time) -> None:
    """Refuses a time that is not on a quarter of an hour."""
    if ora.minute % 15 or ora.second or ora.microsecond:
        raise ValidationError(_("Solo quarti d’ora: 9:00, 9:15, 9:30, 9:45."), code="quarto")


class Giorno(models.IntegerChoices):
    """Days of the week, as Python counts them."""

    LUNEDI = 0, _("Lunedì")
    MARTEDI = 1, _("Martedì")
    MERCOLEDI = 2, _("Mercoledì")
    GIOVEDI = 3, _("Giovedì")
    VENERDI = 4, _("Venerdì")
    SABATO = 5, _("Sabato")
    DOMENICA = 6, _("Domenica")


class Accesso(models.TextChoices):
    """How one comes in at certain hours."""

    LIBERO = "libero", _("Accesso libero")
    APPUNTAMENTO = "appuntamento", _("Su appuntamento")


class SportelloQuerySet(models.QuerySet["Sportello"]):
    """Questions with a name."""

    def attivi(self) -> SportelloQuerySet:
        """Those that people find on the site."""
        return self.filter(attivo=True)

    def con_gli_orari(self) -> SportelloQuerySet:
        """With what sportelli.orari reads: three queries whatever their number."""
        future = Chiusura.objects.filter(al__gte=oggi()).order_by("dal", "pk")
        aperture = AperturaStraordinaria.objects.filter(giorno__gte=oggi()).order_by("giorno", "dalle")
        return self.prefetch_related(
            models.Prefetch("orari", Orario.objects.order_by("giorno", "dalle")),
            models.Prefetch("chiusure", future),
            models.Prefetch("aperture", aperture),
        )


class Sportello(ClusterableModel):
    """A counter people come to. What nobody has confirmed stays empty: the page says «da confermare»."""

    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=120)
    scopo = models.TextField(
        _("a che cosa serve"), help_text=_("Una o due frasi, come le diresti a chi non c’è mai venuto.")
    )
    ufficio = models.ForeignKey(
        Ufficio,
        verbose_name=_("ufficio"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sportelli",
        help_text=_("Chi ci lavora vede e segue gli appuntamenti. L’URP li vede tutti."),
    )
    indirizzo = models.CharField(
        _("indirizzo"), max_length=200, blank=True, help_text=_("Via, numero, piano: come lo scriveresti su una busta.")
    )
    lat = models.FloatField(
        _("latitudine"), null=True, blank=True, help_text=_("In gradi, per la mappa. Per esempio 43,8429.")
    )
    lon = models.FloatField(_("longitudine"), null=True, blank=True, help_text=_("Per esempio 10,5027."))
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    pec = models.EmailField(_("PEC"), blank=True)
    come_arrivare = models.TextField(
        _("come arrivare e accessibilità"),
        blank=True,
        help_text=_("Autobus, parcheggio, scalini, ascensore, chi aiuta chi non vede o non sente."),
    )
    attivo = models.BooleanField(
        _("attivo"), default=True, help_text=_("Se lo spegni sparisce dal sito e non prende più appuntamenti.")
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)

    objects = SportelloQuerySet.as_manager()

    if TYPE_CHECKING:
        orari: Any
        chiusure: Any
        aperture: Any
        prestazioni: Any
        turni: models.Manager[Turno]

    class Meta:
        verbose_name = _("sportello")
        verbose_name_plural = _("sportelli")
        ordering = ["ordine", "nome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180), lat__isnull=False, lon__isnull=False),
                name="sportello_punto_intero",
                violation_error_message=_("Il punto va in gradi, latitudine e longitudine insieme."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("sportelli:scheda", kwargs={"slug": self.slug})


class _Fascia(models.Model):
    """From when to when, how one comes in, at how many desks."""

    dalle = models.TimeField(_("dalle"), validators=[sul_quarto])
    alle = models.TimeField(_("alle"), validators=[sul_quarto])
    accesso = models.CharField(_("come si entra"), max_length=12, choices=Accesso, default=Accesso.LIBERO)
    postazioni = models.PositiveSmallIntegerField(
        _("postazioni"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(POSTAZIONI_MASSIME)],
        help_text=_("Quante persone si ricevono insieme, negli orari su appuntamento."),
    )

    class Meta:
        abstract = True


def _stretch_constraints(prefix: str) -> list[models.BaseConstraint]:
    """What the database keeps of a stretch, under the names of one table."""
    return [
        models.CheckConstraint(condition=Q(accesso__in=Accesso.values), name=f"{prefix}_accesso_noto"),
        models.CheckConstraint(condition=Q(postazioni__gte=1), name=f"{prefix}_almeno_una_postazione"),
        models.CheckConstraint(
            condition=Q(alle__gt=F("dalle")),
            name=f"{prefix}_finisce_dopo",
            violation_error_message=_("Finisce prima di cominciare."),
        ),
    ]


class Orario(_Fascia):
    """A stretch of the week. Holidays and the patron's day are closed by themselves."""

    sportello = ParentalKey(Sportello, verbose_name=_("sportello"), on_delete=models.CASCADE, related_name="orari")
    giorno = models.PositiveSmallIntegerField(_("giorno"), choices=Giorno)

    class Meta:
        verbose_name = _("orario")
        verbose_name_plural = _("orari")
        ordering = ["giorno", "dalle", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(giorno__in=Giorno.values), name="orario_giorno_noto"),
            *_stretch_constraints("orario"),
        ]

    def __str__(self) -> str:
        return f"{self.get_giorno_display()} {self.dalle:%H:%M}–{self.alle:%H:%M}"


class Chiusura(models.Model):
    """Days on which a counter is closed, and why. Appointments within are cancelled, and people told."""

    sportello = ParentalKey(Sportello, verbose_name=_("sportello"), on_delete=models.CASCADE, related_name="chiusure")
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), help_text=_("Compreso. Per un giorno solo scrivi la stessa data."))
    motivo = models.CharField(
        _("motivo"),
        max_length=120,
        help_text=_("Si legge sul sito e nella mail a chi aveva un appuntamento. Per esempio «trasloco»."),
    )

    class Meta:
        verbose_name = _("chiusura")
        verbose_name_plural = _("chiusure")
        ordering = ["dal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(al__gte=F("dal")),
                name="chiusura_finisce_dopo",
                violation_error_message=_("Finisce prima di cominciare."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dal:%d/%m/%Y}–{self.al:%d/%m/%Y}"

    def comprende(self, giorno: date) -> bool:
        """Is it closed on this day?"""
        return self.dal <= giorno <= self.al


class AperturaStraordinaria(_Fascia):
    """Hours of one day beside those of the week; they hold on a holiday and within a closure too."""

    sportello = ParentalKey(Sportello, verbose_name=_("sportello"), on_delete=models.CASCADE, related_name="aperture")
    giorno = models.DateField(_("giorno"))
    motivo = models.CharField(_("motivo"), max_length=120, blank=True, help_text=_("Per esempio «carta d’identità»."))

    class Meta:
        verbose_name = _("apertura straordinaria")
        verbose_name_plural = _("aperture straordinarie")
        ordering = ["giorno", "dalle", "pk"]
        constraints = _stretch_constraints("apertura")

    def __str__(self) -> str:
        return f"{self.giorno:%d/%m/%Y} {self.dalle:%H:%M}–{self.alle:%H:%M}"


class PrestazioneQuerySet(models.QuerySet["Prestazione"]):
    """Questions with a name."""

    def prenotabili(self) -> PrestazioneQuerySet:
        """What an appointment may be made for, in the order of the site."""
        scelte = self.filter(attiva=True, sportello__attivo=True).select_related("sportello")
        return scelte.order_by("sportello__ordine", "sportello__nome", "ordine", "nome")


class Prestazione(models.Model):
    """What one may come for by appointment, and how long it takes."""

    sportello = ParentalKey(
        Sportello, verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="prestazioni"
    )
    nome = models.CharField(
        _("per che cosa"), max_length=120, help_text=_("Con le parole di chi viene: «Chiedere un aiuto per l’affitto».")
    )
    minuti = models.PositiveSmallIntegerField(_("quanto dura"), choices=DURATE, default=30)
    da_portare = models.TextField(
        _("che cosa portare"), blank=True, help_text=_("Una cosa per riga. Si legge nella conferma e nel promemoria.")
    )
    attiva = models.BooleanField(
        _("si prenota"),
        default=True,
        help_text=_("Se la spegni non si prenota più; gli appuntamenti già presi restano."),
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)

    objects = PrestazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("prestazione")
        verbose_name_plural = _("prestazioni")
        ordering = ["ordine", "nome", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minuti__in=[m for m, _nome in DURATE]), name="prestazione_durata_nota"),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def passi(self) -> int:
        """How many turns it takes."""
        return int(timedelta(minutes=self.minuti) / PASSO)
