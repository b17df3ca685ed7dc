"""The body itself (settori, unità, uffici, who holds which) and its territory (quartieri, places, boundary)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comune.parole import chiave_di


class Settore(models.Model):
    """A Settore or a Servizio di staff: the top of the structure (Regolamento sull'ordinamento degli uffici)."""

    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=150)
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)

    class Meta:
        verbose_name = _("settore")
        verbose_name_plural = _("settori")
        ordering = ["ordine", "nome"]

    def __str__(self) -> str:
        return self.nome


class UnitaOrganizzativa(models.Model):
    """A part of a Settore, with its own responsabile."""

    settore = models.ForeignKey(Settore, verbose_name=_("settore"), on_delete=models.PROTECT, related_name="unita")
    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=150)

    class Meta:
        verbose_name = _("unità organizzativa")
        verbose_name_plural = _("unità organizzative")
        ordering = ["settore", "nome"]

    def __str__(self) -> str:
        return self.nome


class Ufficio(models.Model):
    """Who answers. Closed, never deleted: histories go on naming it."""

    unita = models.ForeignKey(
        UnitaOrganizzativa, verbose_name=_("unità organizzativa"), on_delete=models.PROTECT, related_name="uffici"
    )
    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=150)
    attivo = models.BooleanField(
        _("attivo"),
        default=True,
        help_text=_("Un ufficio chiuso non riceve più nulla, e resta nella storia delle segnalazioni."),
    )

    class Meta:
        verbose_name = _("ufficio")
        verbose_name_plural = _("uffici")
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome


class Ruolo(models.TextChoices):
    """In which capacity somebody holds an office."""

    URP = "urp", _("URP")
    OPERATORE = "operatore", _("Chi lavora nell’ufficio")
    RESPONSABILE = "responsabile", _("Responsabile")
    # Who steps in when an office is late (L. 241/1990, art. 2 c. 9-bis): for the whole Comune, whatever their office.
    TITOLARE = "titolare", _("Titolare del potere sostitutivo")
    DELEGATO = "delegato", _("Delegato del titolare")


SOSTITUTIVI = (Ruolo.TITOLARE, Ruolo.DELEGATO)


class IncaricoQuerySet(models.QuerySet["Incarico"]):
    """Questions with a name."""

    def in_carica(self, giorno: date) -> IncaricoQuerySet:
        """Those that hold on this day."""
        return self.filter(Q(al__isnull=True) | Q(al__gte=giorno), dal__lte=giorno)

    def sostitutivi(self, giorno: date) -> IncaricoQuerySet:
        """Who may step in for a late office on this day: the titolare first, then delegates."""
        in_carica = self.in_carica(giorno).filter(ruolo__in=SOSTITUTIVI)
        return in_carica.select_related("utente", "ufficio").order_by("-ruolo", "dal", "pk")


class Incarico(models.Model):
    """Who holds which office, in which capacity, from when to when."""

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona"),
        on_delete=models.PROTECT,
        related_name="incarichi",
        # Forms offer colleagues only, never the list of citizens.
        limit_choices_to={"is_staff": True, "is_active": True},
    )
    ufficio = models.ForeignKey(Ufficio, verbose_name=_("ufficio"), on_delete=models.PROTECT, related_name="incarichi")
    ruolo = models.CharField(_("ruolo"), max_length=12, choices=Ruolo)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        ordering = ["ufficio", "ruolo", "dal"]
        constraints = [
            models.CheckConstraint(condition=Q(ruolo__in=Ruolo.values), name="incarico_ruolo_noto"),
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                name="incarico_finisce_dopo",
                violation_error_message=_("Finisce prima di cominciare."),
            ),
            models.CheckConstraint(
                condition=~Q(ruolo=Ruolo.DELEGATO) | Q(al__isnull=False),
                name="incarico_delega_con_una_fine",
                violation_error_message=_("Una delega ha un ultimo giorno: scrivilo in «al»."),
            ),
            models.UniqueConstraint(fields=["utente", "ufficio", "ruolo", "dal"], name="incarico_una_volta"),
        ]

    def __str__(self) -> str:
        # Without the person: what a row is called ends up in logs.
        return f"{self.get_ruolo_display()}, {self.ufficio}"


class Quartiere(models.Model):
    """An area of the Comune as people name it; a point belongs to the one whose centre is nearest."""

    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=80)
    lat = models.FloatField(_("latitudine del centro"))
    lon = models.FloatField(_("longitudine del centro"))

    class Meta:
        verbose_name = _("quartiere")
        verbose_name_plural = _("quartieri")
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="quartiere_in_gradi",
                violation_error_message=_("Il centro va in gradi: latitudine e longitudine."),
            )
        ]

    def __str__(self) -> str:
        return self.nome


class TipoLuogo(models.TextChoices):
    """What a name stands for."""

    LUOGO = "luogo", _("Luogo")
    LOCALITA = "localita", _("Località")
    VIA = "via", _("Via")
    CIVICO = "civico", _("Numero civico")


class Luogo(models.Model):
    """A name on the map: a place, a hamlet, a street, a house number (of a street, always).

    fonte, fonte_id: where the name comes from and which one it is there; together they are unique.
    """

    tipo = models.CharField(_("che cos’è"), max_length=10, choices=TipoLuogo)
    nome = models.CharField(_("nome"), max_length=200)
    chiave = models.CharField(_("chiave di ricerca"), max_length=200, editable=False)
    via = models.ForeignKey(
        "self", verbose_name=_("via"), on_delete=models.CASCADE, null=True, blank=True, related_name="civici"
    )
    # "12", "12a", "12-1": see comune.parole.numero_di.
    numero = models.CharField(_("numero civico"), max_length=12, blank=True)
    lat = models.FloatField(_("latitudine"), null=True, blank=True)
    lon = models.FloatField(_("longitudine"), null=True, blank=True)
    quartiere = models.ForeignKey(
        Quartiere, verbose_name=_("quartiere"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    fonte = models.CharField(_("fonte"), max_length=40)
    fonte_id = models.CharField(_("numero nella fonte"), max_length=80)

    class Meta:
        verbose_name = _("luogo")
        verbose_name_plural = _("luoghi")
        ordering = ["nome", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fonte", "fonte_id"], name="luogo_fonte_una_sola"),
            models.CheckConstraint(condition=Q(tipo__in=TipoLuogo.values), name="luogo_tipo_noto"),
            models.CheckConstraint(
                condition=Q(tipo=TipoLuogo.CIVICO, via__isnull=False) & ~Q(numero="")
                | ~Q(tipo=TipoLuogo.CIVICO) & Q(via__isnull=True, numero=""),
                name="luogo_civico_di_una_via",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180), lat__isnull=False, lon__isnull=False),
                name="luogo_punto_intero",
            ),
        ]
        indexes = [
            # A search reads every name but no house number: those are reached through their street.
            models.Index(fields=["chiave"], condition=Q(via__isnull=True), name="luogo_nomi"),
            models.Index(fields=["lat", "lon"], name="luogo_qui"),
        ]

    def __str__(self) -> str:
        return self.nome

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """The key follows the name, whatever is saved."""
        self.chiave = chiave_di(self.nome)
        if update_fields is not None and "nome" in update_fields:
            update_fields = {*update_fields, "chiave"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def descrizione(self) -> str:
        """What it is and where: "Via · Centro storico"; outside every quartiere only "Via"."""
        tipo = self.get_tipo_display()
        return f"{tipo} · {self.quartiere.nome}" if self.quartiere else tipo


class Confine(models.Model):
    """The boundary of the Comune: the newest row counts. Without any, the coarse outline of comune.figure does."""

    fonte = models.CharField(_("fonte"), max_length=120)
    # GeoJSON Polygon or MultiPolygon, WGS84, [lon, lat].
    geometria: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(_("geometria"))
    # Of the geometry: what the prepared area is remembered by (comune.territorio).
    impronta = models.CharField(_("impronta"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("caricato il"))

    class Meta:
        verbose_name = _("confine")
        verbose_name_plural = _("confini")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.fonte

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The digest follows the geometry. A boundary is added, never edited: see comune.actions.carica_confine."""
        self.impronta = impronta_geometria(self.geometria)
        super().save(*args, **kwargs)


def impronta_geometria(geometria: dict[str, object]) -> str:
    """SHA-256 of the canonical JSON of a geometry."""
    testo = json.dumps(geometria, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(testo.encode()).hexdigest()


class TipoEnte(models.TextChoices):
    """What kind of body it is."""

    GESTORE = "gestore", _("Gestore di un servizio")
    PUBBLICO = "pubblico", _("Ente pubblico")
    STRADE = "strade", _("Gestore di strade")


class EnteQuerySet(models.QuerySet["Ente"]):
    """Questions with a name."""

    def attivi(self) -> EnteQuerySet:
        """Those that may be chosen."""
        return self.filter(attivo=True)

    def di_nome(self, nome: str) -> Ente | None:
        """The one that is called so, or was, or is by others; None for an unknown name. One query: they are few."""
        cercato = nome.strip().casefold()
        return next((ente for ente in self if cercato in ente.tutti_i_nomi), None)


class Ente(models.Model):
    """Another body that answers for what is not the Comune's. Contacts that nobody has verified stay empty.

    altri_nomi: what it is called in the taxonomy and what it was called before, one per line: histories keep the
    name of their day, and are still recognised.
    """

    nome = models.CharField(_("nome"), max_length=200, unique=True)
    tipo = models.CharField(_("che cos’è"), max_length=10, choices=TipoEnte)
    di_che_cosa = models.CharField(
        _("di che cosa risponde"), max_length=200, help_text=_("Per esempio: «l’acquedotto e le fognature».")
    )
    sito = models.URLField(_("pagina per scrivergli o segnalare"), blank=True)
    pec = models.EmailField(_("PEC"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    altri_nomi = models.TextField(_("altri nomi, uno per riga"), blank=True)
    attivo = models.BooleanField(
        _("attivo"), default=True, help_text=_("Se non risponde più di nulla, toglilo da quelli che si scelgono.")
    )

    objects = EnteQuerySet.as_manager()

    class Meta:
        verbose_name = _("altro ente")
        verbose_name_plural = _("altri enti")
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(condition=Q(tipo__in=TipoEnte.values), name="ente_tipo_noto"),
        ]

    def __str__(self) -> str:
        return self.nome

    @property
    def tutti_i_nomi(self) -> set[str]:
        """Its names, case folded."""
        return {nome.strip().casefold() for nome in (self.nome, *self.altri_nomi.splitlines()) if nome.strip()}

    @property
    def contatti(self) -> bool:
        """Is any way known to reach it?"""
        return bool(self.sito or self.pec or self.telefono)
