"""Pages of the site: the home page and plain pages; the full site comes with its own issue."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models import BasePage


class HomePage(BasePage):
    """The home page: one question, three doors, and figures that are links."""

    domanda = models.CharField(_("la domanda"), max_length=80, default="Che cosa vuoi dire alla tua città?")
    introduzione = models.CharField(
        _("introduzione"),
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
        verbose_name = _("pagina iniziale")
        verbose_name_plural = _("pagine iniziali")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from segnalazioni.models import Segnalazione

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["numeri"] = Segnalazione.objects.numeri_pubblici()
        return context


class PaginaSemplice(BasePage):
    """A page of text: privacy, legal notes, help, and sections that will grow."""

    corpo = RichTextField(
        _("testo"), blank=True, features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
    )

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("sommario"),
        FieldPanel("corpo"),
    ]
    template = "home/pagina.html"
    parent_page_types = ["home.HomePage", "home.PaginaSemplice"]

    class Meta:
        verbose_name = _("pagina di testo")
        verbose_name_plural = _("pagine di testo")
