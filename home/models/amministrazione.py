"""Amministrazione: governing bodies, areas, offices, public documents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.documents import get_document_model_string
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import CorpoBlock
from cms.models import BasePage
from comune.models import Settore, Ufficio
from core.tempo import oggi
from home.models.pagina import Elenco, PaginaDelSito
from redazione.forms import PaginaDiUfficioForm

CORPO = index.SearchField("corpo")


class AmministrazionePage(Elenco):
    """The first level."""

    template = "home/elenco.html"
    dato_figlia = "management-category-link"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.OrganizzazionePage"]

    class Meta:
        verbose_name = gettext_lazy("amministrazione")
        verbose_name_plural = gettext_lazy("amministrazione")


class OrganizzazionePage(Elenco):
    """One part of it: organi di governo, aree amministrative, uffici, documenti e dati."""

    template = "home/elenco.html"
    parent_page_types = ["home.AmministrazionePage"]
    subpage_types = ["home.OrganoPage", "home.AreaPage", "home.UfficioPage", "home.DocumentoPage"]

    class Meta:
        verbose_name = gettext_lazy("parte dell’amministrazione")
        verbose_name_plural = gettext_lazy("parti dell’amministrazione")


class ConRecapiti(PaginaDelSito):
    """A body of the Comune: what it does, where it is found; what is not known is left empty and not shown."""

    sede = models.CharField(gettext_lazy("sede"), max_length=200, blank=True)
    telefono = models.CharField(gettext_lazy("telefono"), max_length=60, blank=True)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    pec = models.EmailField(gettext_lazy("PEC"), blank=True)
    corpo = StreamField(CorpoBlock(), verbose_name=gettext_lazy("che cosa fa"))

    search_fields = [*BasePage.search_fields, CORPO]
    specie = "amministrazione"
    parent_page_types = ["home.OrganizzazionePage"]
    subpage_types: ClassVar[list[str]] = []
    panels_recapiti: ClassVar[list[Any]] = [
        FieldPanel("sede"),
        FieldRowPanel([FieldPanel("telefono"), FieldPanel("email"), FieldPanel("pec")]),
    ]

    class Meta:
        abstract = True

    def recapiti(self) -> list[tuple[str, str]]:
        """(what it is, value) of those that are known."""
        voci = [
            (_("Sede"), self.sede),
            (_("Telefono"), self.telefono),
            (_("E-mail"), self.email),
            (_("PEC"), self.pec),
        ]
        return [(nome, valore) for nome, valore in voci if valore]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"recapiti": self.recapiti()}


class OrganoPage(ConRecapiti):
    """A governing body: who is in it, what it does (D.Lgs. 33/2013, art. 13)."""

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("corpo"),
        InlinePanel("componenti", label=gettext_lazy("componente")),
        *ConRecapiti.panels_recapiti,
    ]
    template = "home/organo.html"
    tipo_dato = "GovernmentOrganization"

    class Meta:
        verbose_name = gettext_lazy("organo di governo")
        verbose_name_plural = gettext_lazy("organi di governo")

    def testo_da_cercare(self) -> str:
        """With who is in it."""
        chi = (f"{c.nome} {c.carica} {c.deleghe}" for c in self.componenti.all())
        return "\n".join([super().testo_da_cercare(), *chi])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"componenti": list(self.componenti.all())}


class Componente(Orderable):
    """Somebody who is in a governing body: a public office, so a public name."""

    pagina = ParentalKey(OrganoPage, on_delete=models.CASCADE, related_name="componenti")
    nome = models.CharField(gettext_lazy("nome e cognome"), max_length=120)
    carica = models.CharField(gettext_lazy("carica"), max_length=120)
    deleghe = models.CharField(gettext_lazy("deleghe"), max_length=255, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("nome"), FieldPanel("carica"), FieldPanel("deleghe")]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("componente")
        verbose_name_plural = gettext_lazy("componenti")


class AreaPage(ConRecapiti):
    """A settore or a servizio di staff, with its offices."""

    settore = models.OneToOneField(
        Settore,
        verbose_name=gettext_lazy("settore"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("settore"),
        FieldPanel("corpo"),
        *ConRecapiti.panels_recapiti,
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["settore"]  # it has one page, and a copy or a translation is another
    template = "home/area.html"
    tipo_dato = "GovernmentOrganization"

    class Meta:
        verbose_name = gettext_lazy("area amministrativa")
        verbose_name_plural = gettext_lazy("aree amministrative")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        suoi = (
            UfficioPage.objects.live().public().filter(locale=self.locale_id, ufficio__unita__settore=self.settore_id)
        )
        uffici = suoi if self.settore_id else suoi.none()
        return context | {"uffici": list(uffici.order_by("title"))}


class UfficioPage(ConRecapiti):
    """An office: what it does, how to reach it."""

    ufficio = models.OneToOneField(
        Ufficio,
        verbose_name=gettext_lazy("ufficio"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("ufficio"),
        FieldPanel("corpo"),
        *ConRecapiti.panels_recapiti,
    ]
    exclude_fields_in_copy: ClassVar[list[str]] = ["ufficio"]  # it has one page, and a copy or a translation is another
    template = "home/ufficio.html"
    tipo_dato = "GovernmentOffice"

    class Meta:
        verbose_name = gettext_lazy("ufficio")
        verbose_name_plural = gettext_lazy("uffici")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        servizi = (
            BasePage.objects.live().public().filter(locale=self.locale_id, serviziopage__ufficio=self).order_by("title")
        )
        return context | {"servizi": list(servizi), "area": self.area()}

    def area(self) -> AreaPage | None:
        """The page of the settore it belongs to, where both are known."""
        if self.ufficio_id is None:
            return None
        area: AreaPage | None = AreaPage.objects.live().public().filter(settore__unita__uffici=self.ufficio_id).first()
        return area


class DocumentoPage(PaginaDelSito):
    """A public document and every version it has had, the newest first; none yet where it lies elsewhere."""

    ufficio = models.ForeignKey(
        Ufficio,
        verbose_name=gettext_lazy("ufficio responsabile"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    corpo = StreamField(CorpoBlock(), verbose_name=gettext_lazy("di che cosa parla"))

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("ufficio"),
        FieldPanel("corpo"),
        InlinePanel(
            "versioni",
            label=gettext_lazy("versione"),
            help_text=gettext_lazy("Se il file non è ancora qui, di’ nel testo dove si trova."),
        ),
    ]
    search_fields = [*BasePage.search_fields, CORPO]
    specie = "documenti"
    base_form_class = PaginaDiUfficioForm
    template = "home/documento.html"
    tipo_dato = "DigitalDocument"
    parent_page_types = ["home.OrganizzazionePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("documento pubblico")
        verbose_name_plural = gettext_lazy("documenti pubblici")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        versioni = sorted(self.versioni.all(), key=lambda v: (v.dal, v.pk or 0), reverse=True)
        return super().get_context(request, *args, **kwargs) | {"versioni": versioni}


class Versione(Orderable):
    """A file that was the document from one day on. It stays when a newer one comes."""

    pagina = ParentalKey(DocumentoPage, on_delete=models.CASCADE, related_name="versioni")
    file = models.ForeignKey(
        get_document_model_string(), verbose_name=gettext_lazy("file"), on_delete=models.PROTECT, related_name="+"
    )
    dal = models.DateField(gettext_lazy("vale dal"), default=oggi)
    che_cambia = models.CharField(gettext_lazy("che cosa cambia"), max_length=255, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("file"), FieldPanel("dal"), FieldPanel("che_cambia")]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("versione")
        verbose_name_plural = gettext_lazy("versioni")
