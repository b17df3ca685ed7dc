"""Vivere Lucca: the places of the city."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import CorpoBlock
from cms.models import BasePage
from home.models.pagina import ConImmagine, Elenco


class VivereLuccaPage(Elenco):
    """The first level: places, and events when their issue comes."""

    template = "home/vivere.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.LuogoPage"]

    class Meta:
        verbose_name = gettext_lazy("vivere Lucca")
        verbose_name_plural = gettext_lazy("vivere Lucca")

    def righe(self, request: HttpRequest) -> models.QuerySet[Any]:
        """By name."""
        luoghi: models.QuerySet[Any] = LuogoPage.objects.child_of(self).live().public().order_by("title")
        return luoghi


class LuogoPage(ConImmagine):
    """A place: where it is, how one gets in, whether everybody can."""

    indirizzo = models.CharField(gettext_lazy("indirizzo"), max_length=200, blank=True)
    lat = models.FloatField(
        gettext_lazy("latitudine"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    lon = models.FloatField(
        gettext_lazy("longitudine"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    accesso = models.CharField(
        gettext_lazy("come si entra"),
        max_length=255,
        blank=True,
        help_text=gettext_lazy("Gradini, ascensori, posti riservati: chi legge decide se venire."),
    )
    corpo = StreamField(CorpoBlock(), verbose_name=gettext_lazy("testo"))

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("indirizzo"),
        FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
        FieldPanel("accesso"),
        *ConImmagine.panels_immagine,
        FieldPanel("corpo"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("corpo")]
    specie = "luoghi"
    template = "home/luogo.html"
    tipo_dato = "Place"
    parent_page_types = ["home.VivereLuccaPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("luogo")
        verbose_name_plural = gettext_lazy("luoghi")

    def dati_per_macchine(self, request: HttpRequest) -> dict[str, Any]:
        """With its point, where there is one."""
        dati = super().dati_per_macchine(request)
        if self.indirizzo:
            dati["address"] = self.indirizzo
        if self.lat is not None and self.lon is not None:
            dati["geo"] = {"@type": "GeoCoordinates", "latitude": self.lat, "longitude": self.lon}
        return dati
