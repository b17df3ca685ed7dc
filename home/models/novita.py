"""Novità: news, press releases, notices (L. 150/2000)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.models.pages import PageManager, PageQuerySet
from wagtail.search import index

from cms.blocks import CorpoBlock
from cms.models import BasePage
from comune.models import Ufficio
from core.tempo import oggi
from home.models.pagina import ConImmagine, Elenco, feed_di
from redazione.forms import PaginaDiUfficioForm

PAROLE_AL_MINUTO = 200
NOMI_PRESI = frozenset({"newsletter"})


class NovitaPage(Elenco):
    """The first level: the latest of every kind."""

    template = "home/novita.html"
    dato_figlia = "news-category-link"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.RubricaPage"]

    class Meta:
        verbose_name = gettext_lazy("novità")
        verbose_name_plural = gettext_lazy("novità")

    def righe(self, request: HttpRequest) -> models.QuerySet[Any]:
        """News of all kinds, the newest first."""
        notizie: models.QuerySet[Any] = NotiziaPage.objects.descendant_of(self).recenti()
        return notizie

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "rubriche": list(self.get_children().live().public()),
            "feed": feed_di(),
        }


class RubricaPage(Elenco):
    """A kind of news: notizie, comunicati per la stampa, avvisi."""

    singolare = models.CharField(
        gettext_lazy("come si chiama una di queste"), max_length=30, help_text=gettext_lazy("Per esempio: Notizia")
    )

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("singolare")]
    template = "home/rubrica.html"
    parent_page_types = ["home.NovitaPage"]
    subpage_types = ["home.NotiziaPage"]

    class Meta:
        verbose_name = gettext_lazy("tipo di novità")
        verbose_name_plural = gettext_lazy("tipi di novità")

    def clean(self) -> None:
        """Under Novità one name is an address of the site: a page that took it could not be read."""
        super().clean()
        if self.slug in NOMI_PRESI:
            raise ValidationError({"slug": _("Questo indirizzo è già del sito: scegline un altro.")})

    def righe(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The newest first."""
        notizie: models.QuerySet[Any] = NotiziaPage.objects.child_of(self).recenti()
        return notizie

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"feed": feed_di(rubrica=self.slug)}


class NotiziaQuerySet(PageQuerySet):
    """Questions with a name."""

    def recenti(self) -> NotiziaQuerySet:
        """Those that everybody can read, the newest first, with what a card shows. genere: what its kind calls one."""
        sopra = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - BasePage.steplen)
        genere = Subquery(RubricaPage.objects.filter(path=sopra).values("singolare"))
        recenti: NotiziaQuerySet = self.live().public().select_related("immagine").order_by("-data", "-pk")
        con_genere: NotiziaQuerySet = recenti.annotate(genere=genere)
        return con_genere


class NotiziaPage(ConImmagine):
    """A piece of news: what has happened, whose it is, what was corrected afterwards."""

    data = models.DateField(gettext_lazy("data"), default=oggi)
    corpo = StreamField(CorpoBlock(), verbose_name=gettext_lazy("testo"))
    ufficio = models.ForeignKey(
        Ufficio,
        verbose_name=gettext_lazy("a cura di"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PageManager.from_queryset(NotiziaQuerySet)()

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("data"), FieldPanel("ufficio")]),
        *ConImmagine.panels_immagine,
        FieldPanel("corpo"),
        InlinePanel("correzioni", label=gettext_lazy("correzione")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("corpo"), index.FilterField("data")]
    specie = "notizie"
    base_form_class = PaginaDiUfficioForm
    template = "home/notizia.html"
    tipo_dato = "NewsArticle"
    parent_page_types = ["home.RubricaPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = gettext_lazy("notizia")
        verbose_name_plural = gettext_lazy("notizie")

    def rubrica(self) -> RubricaPage | None:
        """The kind it is, when that can be read."""
        sopra = self.sopra[-1:]
        return RubricaPage.objects.filter(pk=sopra[0].pk).first() if sopra else None

    def giorno_che_conta(self) -> date:
        """News is of its day."""
        return self.data

    def minuti(self) -> int:
        """How long reading takes, at least one minute."""
        parole = sum(len(testo.split()) for testo in self.corpo.stream_block.get_searchable_content(self.corpo))
        return max(1, round(parole / PAROLE_AL_MINUTO))

    def dati_per_macchine(self, request: HttpRequest) -> dict[str, Any]:
        """With its dates and its author."""
        modificata = self.last_published_at or self.first_published_at
        return super().dati_per_macchine(request) | {
            "headline": self.title,
            "datePublished": self.data.isoformat(),
            "dateModified": modificata.date().isoformat() if modificata else self.data.isoformat(),
            "author": {"@type": "GovernmentOrganization", "name": "Comune di Lucca"},
            "inLanguage": self.locale.language_code,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        altre = NotiziaPage.objects.recenti().filter(locale=self.locale_id).exclude(pk=self.pk)[:3]
        rubrica = self.rubrica()
        return context | {
            "rubrica": rubrica,
            "feed": feed_di(rubrica=rubrica.slug) if rubrica else feed_di(),
            "altre": list(altre),
            "correzioni": list(self.correzioni.all()),
        }


class Correzione(Orderable):
    """What was wrong, said under the text instead of silently mended."""

    pagina = ParentalKey(NotiziaPage, on_delete=models.CASCADE, related_name="correzioni")
    giorno = models.DateField(gettext_lazy("corretto il"), default=oggi)
    testo = models.CharField(
        gettext_lazy("che cosa"),
        max_length=300,
        help_text=gettext_lazy("Per esempio: avevamo scritto «nove lampade», sono otto."),
    )

    panels: ClassVar[list[Any]] = [FieldPanel("giorno"), FieldPanel("testo")]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("correzione")
        verbose_name_plural = gettext_lazy("correzioni")
