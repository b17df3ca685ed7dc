"""Pages of the site: the home page and plain pages; the full site comes with its own issue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.models import BasePage
from core.tempo import oggi
from home import vetrina


class HomePage(BasePage):
    """The home page: one question, three doors, and figures that are links."""

    domanda = models.CharField(gettext_lazy("la domanda"), max_length=80, default="Che cosa vuoi dire alla tua città?")
    introduzione = models.CharField(
        gettext_lazy("introduzione"),
        max_length=255,
        default="Scrivilo con parole tue. Ti diamo un numero, una data entro cui rispondere "
        "e una pagina dove vedere che fine fa.",
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("domanda"),
        FieldPanel("introduzione"),
    ]
    template = "home/home.html"
    max_count = 1
    subpage_types = ["home.PaginaSemplice"]

    class Meta:
        verbose_name = gettext_lazy("pagina iniziale")
        verbose_name_plural = gettext_lazy("pagine iniziali")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "oggi": oggi(),
            "numeri": vetrina.numeri(),
            "voci": vetrina.voci(),
            "cammino": [_("Detto"), _("Preso in carico"), _("Deciso"), _("Fatto")],
        }


class PaginaSemplice(BasePage):
    """A page of text: privacy, legal notes, help, and sections that will grow."""

    corpo = RichTextField(
        gettext_lazy("testo"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"],
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("sommario"),
        FieldPanel("corpo"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("corpo")]
    template = "home/pagina.html"
    parent_page_types = ["home.HomePage", "home.PaginaSemplice"]
    subpage_types = ["home.PaginaSemplice"]

    class Meta:
        verbose_name = gettext_lazy("pagina di testo")
        verbose_name_plural = gettext_lazy("pagine di testo")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        sopra = self.get_ancestors().live().filter(depth__gt=2)
        return context | {
            "briciole": [(pagina.title, pagina.get_url(request)) for pagina in sopra],
            "figlie": [
                {"url": pagina.get_url(request), "titolo": pagina.title, "testo": pagina.sommario, "parola": ""}
                for pagina in self.get_children().live()
            ],
        }
