"""The home page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from cms.lingue import IN_ITALIANO
from cms.models import Argomento, BasePage
from core.languages import is_foreign
from core.tempo import oggi
from home import vetrina
from home.models.novita import NotiziaPage
from home.models.pagina import per_tutti

QUANTE_NOTIZIE = 3


class HomePage(BasePage):
    """One question, three doors, figures that are links, the latest news."""

    domanda = models.CharField(gettext_lazy("la domanda"), max_length=80, default="Che cosa vuoi dire alla tua città?")
    introduzione = models.CharField(
        gettext_lazy("introduzione"),
        max_length=255,
        default="Scrivilo con parole tue. Ti diamo un numero, una data entro cui rispondere "
        "e una pagina dove vedere che fine fa.",
    )
    # Which edition of the initial contents has been laid: what editors have taken away does not come back.
    contenuti_posati = models.PositiveSmallIntegerField(default=0, editable=False)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("domanda"),
        FieldPanel("introduzione"),
    ]

    @property
    def descrizione(self) -> str:
        """The words under the question, where nothing else is written."""
        return super().descrizione or self.introduzione

    template = "home/home.html"
    max_count = 1
    # In another language there are no reports to show, whose words are Italian: the pages there are, and what is new.
    template_tradotto = "home/casa_tradotta.html"
    subpage_types = [
        "home.AmministrazionePage",
        "home.NovitaPage",
        "home.ServiziPage",
        "home.VivereLuccaPage",
        "home.FaqPage",
        "home.PaginaSemplice",
    ]

    class Meta:
        verbose_name = gettext_lazy("pagina iniziale")
        verbose_name_plural = gettext_lazy("pagine iniziali")

    @classmethod
    def italiana(cls) -> HomePage:
        """The one there always is; its translations are beside it."""
        casa: HomePage = cls.objects.get(IN_ITALIANO)
        return casa

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """Each its own."""
        return self.template_tradotto if is_foreign() else self.template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same for whoever has no session; its figures are those of the reports."""
        return per_tutti(request, super().serve(request, *args, **kwargs), "pagine", "segnalazioni")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        notizie = NotiziaPage.objects.recenti().filter(locale=self.locale_id)
        comuni = {
            "dati": {"@context": "https://schema.org", "@type": "WebSite", "name": self.title, "url": self.full_url},
            "notizie": list(notizie[:QUANTE_NOTIZIE]),
        }
        return context | comuni | (self._tradotta() if is_foreign() else self._italiana())

    def _italiana(self) -> dict[str, Any]:
        return {
            "oggi": oggi(),
            "numeri": vetrina.numeri(),
            "voci": vetrina.voci(),
            "cammino": [_("Detto"), _("Preso in carico"), _("Deciso"), _("Fatto")],
            "argomenti": list(Argomento.objects.filter(in_evidenza=True)),
        }

    def _tradotta(self) -> dict[str, Any]:
        return {"sezioni": list(self.get_children().live().public().in_menu().order_by("path"))}
