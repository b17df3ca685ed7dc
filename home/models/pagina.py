"""What the pages of the site have in common: where they are, their index, the lists under them, what machines read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Page as PaginaDiElenco
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string

from cms.models import BasePage
from core.languages import is_foreign
from core.public_cache import shared

A_PAGINA = 24  # rows of a list


def per_tutti(request: HttpRequest, risposta: HttpResponseBase, *fatta_di: str) -> HttpResponseBase:
    """Marks a page as the same for everybody, unless it is being previewed."""
    return risposta if getattr(request, "is_preview", False) else shared(risposta, *fatta_di)


class PaginaDelSito(BasePage):
    """The base of all of them."""

    # schema.org's name of what the page is; "" says nothing to machines.
    tipo_dato: ClassVar[str] = ""

    class Meta:
        abstract = True

    @cached_property
    def sopra(self) -> list[BasePage]:
        """Live pages above it, without the home page. One query."""
        return list(self.get_ancestors().live().filter(depth__gt=2))

    def indice(self) -> list[tuple[str, str]]:
        """(id, title) of its sections; a page with fewer than two needs no index."""
        corpo = getattr(self, "corpo", None)
        titoli = [blocco.value for blocco in corpo or () if blocco.block_type == "titolo"]
        return [(slugify(titolo), titolo) for titolo in titoli] if len(titoli) > 1 else []

    def dati_per_macchine(self, request: HttpRequest) -> dict[str, Any]:
        """schema.org in JSON-LD; {} when there is nothing to say."""
        if not self.tipo_dato:
            return {}
        comuni = {"@context": "https://schema.org", "@type": self.tipo_dato, "name": self.title}
        return comuni | {"description": self.descrizione, "url": self.get_full_url(request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The same page for whoever has no session; a preview is the editor's alone."""
        return per_tutti(request, super().serve(request, *args, **kwargs), "pagine")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "briciole": [(pagina.title, pagina.get_url(request)) for pagina in self.sopra],
            "indice": self.indice(),
            "argomenti": [] if is_foreign() else list(self.argomenti.all()),  # their names are Italian
            "dati": self.dati_per_macchine(request),
        }


def feed_di(**dove: str) -> dict[str, str]:
    """Addresses of a feed in its two formats; {} in another language, where there is none.

    dove: rubrica or argomento; nothing for all news.
    """
    if is_foreign():
        return {}
    return {formato: reverse("home:feed", kwargs={"formato": formato, **dove}) for formato in ("rss", "atom")}


class ConImmagine(PaginaDelSito):
    """A page with one picture on top."""

    immagine = models.ForeignKey(
        get_image_model_string(),
        verbose_name=gettext_lazy("immagine"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    immagine_testo = models.CharField(
        gettext_lazy("che cosa mostra l’immagine"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Per chi non la vede. Vuoto, vale quello che l’immagine dice di mostrare."),
    )

    panels_immagine: ClassVar[list[Any]] = [FieldPanel("immagine"), FieldPanel("immagine_testo")]

    class Meta:
        abstract = True


class Elenco(PaginaDelSito):
    """A page that lists the pages under it, page by page."""

    # What the public validator of municipal sites looks for on each link of the list.
    dato_figlia: ClassVar[str] = ""

    class Meta:
        abstract = True

    def righe(self, request: HttpRequest) -> QuerySet[Any]:
        """What is listed, in order."""
        figlie: QuerySet[Any] = self.get_children().live().public().order_by("path")
        return figlie

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"elenco": sfogliate(request, self.righe(request)), "dato_figlia": self.dato_figlia}


def sfogliate(request: HttpRequest, righe: QuerySet[Any]) -> PaginaDiElenco[Any]:
    """The page of the list that the address asks for (?pagina=2); whatever else stands there is the nearest one."""
    return Paginator(righe, A_PAGINA).get_page(request.GET.get("pagina"))
