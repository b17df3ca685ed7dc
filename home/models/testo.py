"""Pages of text, and the page of the questions people ask."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import CorpoBlock, DomandeStream
from cms.models import BasePage
from home.models.pagina import PaginaDelSito


class PaginaSemplice(PaginaDelSito):
    """Privacy, legal notes, help, and sections that will grow."""

    corpo = StreamField(CorpoBlock(), verbose_name=gettext_lazy("testo"), blank=True)

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("corpo")]
    search_fields = [*BasePage.search_fields, index.SearchField("corpo")]
    template = "home/pagina.html"
    tipo_dato = "WebPage"
    parent_page_types = ["home.HomePage", "home.PaginaSemplice"]
    subpage_types = ["home.PaginaSemplice"]

    class Meta:
        verbose_name = gettext_lazy("pagina di testo")
        verbose_name_plural = gettext_lazy("pagine di testo")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        figlie = self.get_children().live().public()
        righe = [{"url": p.get_url(request), "titolo": p.title, "testo": p.sommario, "parola": ""} for p in figlie]
        return context | {"figlie": righe}


class FaqPage(PaginaDelSito):
    """Questions and answers."""

    corpo = StreamField(DomandeStream(), verbose_name=gettext_lazy("domande"))

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("corpo")]
    search_fields = [*BasePage.search_fields, index.SearchField("corpo")]
    template = "home/pagina.html"
    tipo_dato = "FAQPage"
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("domande frequenti")
        verbose_name_plural = gettext_lazy("domande frequenti")

    def dati_per_macchine(self, request: HttpRequest) -> dict[str, Any]:
        """With every question and its answer."""
        voci = [voce for blocco in self.corpo if blocco.block_type == "domande" for voce in blocco.value]
        domande = [
            {
                "@type": "Question",
                "name": voce["domanda"],
                "acceptedAnswer": {"@type": "Answer", "text": strip_tags(voce["risposta"].source)},
            }
            for voce in voci
        ]
        return super().dati_per_macchine(request) | {"mainEntity": domande}
