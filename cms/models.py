"""What pages are made of: the base of every page, images and documents of the editors."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar

from django.core.files.base import ContentFile, File
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to
from wagtail.images.models import Image as WagtailImage
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta, DefaultBasePageMixin

from cms.campi import CampoImmagine
from core.tempo import oggi

OGNI = 12  # months after which a page is read again, where nothing else is said


def aggiungi_mesi(giorno: date, mesi: int) -> date:
    """The same day of another month, or the last one that month has."""
    anno, mese = divmod(giorno.year * 12 + giorno.month - 1 + mesi, 12)
    return date(anno, mese + 1, min(giorno.day, monthrange(anno, mese + 1)[1]))


class Argomento(models.Model):
    """What pages are about, across the sections (Modello Comuni: argomenti)."""

    slug = models.SlugField(_("sigla"), unique=True)
    nome = models.CharField(_("nome"), max_length=80, unique=True)
    descrizione = models.CharField(
        _("descrizione"), max_length=255, blank=True, help_text=_("Una frase: che cosa si trova qui.")
    )
    in_evidenza = models.BooleanField(_("in evidenza"), default=False, help_text=_("Si vede nella pagina iniziale."))

    class Meta:
        verbose_name = _("argomento")
        verbose_name_plural = _("argomenti")
        ordering = ["nome"]

    def __str__(self) -> str:
        return self.nome

    def get_absolute_url(self) -> str:
        """Its page, with everything that is about it."""
        return f"/argomenti/{self.slug}/"


class BasePage(AbstractPage, DefaultBasePageMixin):
    """The base of every page (Wagtail 8 lets it be ours): what all pages share is one column here, not a join."""

    sommario = models.CharField(
        _("in breve"),
        max_length=255,
        blank=True,
        help_text=_("Una o due frasi: si leggono sotto il titolo, negli elenchi e nei motori di ricerca."),
    )

    # A page that nobody reads again grows wrong in silence: redazione.scadenze asks for it.
    rivedere_ogni = models.PositiveSmallIntegerField(
        _("da rileggere ogni (mesi)"),
        default=OGNI,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Dopo tanti mesi chi la cura la trova fra quelle da rivedere. Vuoto: mai."),
    )
    verificata_il = models.DateField(_("riletta il"), null=True, blank=True, editable=False)

    argomenti = ParentalManyToManyField(Argomento, verbose_name=_("argomenti"), blank=True, related_name="pagine")
    parole_chiave = models.CharField(
        _("parole chiave"),
        max_length=500,
        blank=True,
        help_text=_("Altre parole con cui la gente la cerca: «immondizia» per i rifiuti. Contano come un titolo."),
    )

    # Under which filter of the search of the site its pages stand (ricerca.specie); "" keeps them out of it.
    specie: ClassVar[str] = "pagine"

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    content_panels: ClassVar[list[Any]] = [*AbstractPage.content_panels, FieldPanel("sommario")]
    promote_panels: ClassVar[list[Any]] = [
        *DefaultBasePageMixin.promote_panels,
        FieldPanel("argomenti"),
        FieldPanel("parole_chiave"),
    ]
    settings_panels: ClassVar[list[Any]] = [*AbstractPage.settings_panels, FieldPanel("rivedere_ogni")]

    def giorno_che_conta(self) -> date | None:
        """The day that says how old it is, where that matters to who finds it."""
        return None

    def testo_da_cercare(self) -> str:
        """The words of the page beside title, summary and keywords: what its rich text and its blocks say.

        A type of page that keeps words elsewhere adds them here; they must be words that everybody reads on it.
        """
        pezzi: list[str] = []
        for campo in self._meta.concrete_fields:
            leggi = getattr(campo, "get_searchable_content", None)
            if leggi is not None:
                pezzi += leggi(campo.value_from_object(self))
        return "\n".join(pezzi)

    def with_content_json(self, content: dict[str, Any]) -> BasePage:
        """A draft written before somebody read the page again does not take that back."""
        pagina: BasePage = super().with_content_json(content)
        pagina.verificata_il = self.verificata_il
        return pagina

    @cached_property
    def traduzioni(self) -> list[BasePage]:
        """The same page in other languages, where everybody can read it. One query where there is none."""
        altre = self.get_translations().live().select_related("locale")
        return [pagina for pagina in altre if not pagina.get_view_restrictions().exists()]

    @property
    def rivedere_il(self) -> date | None:
        """The day by which it is to be read again; None: never, or it is not out."""
        uscita = timezone.localtime(self.last_published_at).date() if self.last_published_at else None
        letta = max(filter(None, (self.verificata_il, uscita)), default=None)
        return aggiungi_mesi(letta, self.rivedere_ogni) if letta and self.rivedere_ogni else None

    @property
    def giorni(self) -> int | None:
        """Days left until then; below zero when it is over."""
        return (self.rivedere_il - oggi()).days if self.rivedere_il else None

    @property
    def descrizione(self) -> str:
        """What search engines show: the words written for them, else the summary."""
        return self.search_description or self.sommario

    class Meta(AbstractPageMeta):
        verbose_name = _("pagina")
        verbose_name_plural = _("pagine")


class Immagine(AbstractImage):
    """An editor's picture: what is kept is our own encoding of it, whichever door it came by."""

    file = CampoImmagine(verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("immagine")
        verbose_name_plural = _("immagini")
        permissions = [("choose_image", "Can choose image")]

    def generate_rendition_file(self, filter: Filter, *, source: File[Any] | None = None) -> File[Any]:
        """In memory: Wagtail would leave its temporary file open behind it."""
        with super().generate_rendition_file(filter, source=source) as resa:
            resa.seek(0)
            return ContentFile(resa.read(), name=resa.name)


class Resa(AbstractRendition):
    """One size of a picture."""

    image = models.ForeignKey(Immagine, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("resa")
        verbose_name_plural = _("rese")
        unique_together = (("image", "filter_spec", "focal_point_key"),)  # none of the columns is nullable


class Documento(AbstractDocument):
    """An editor's file."""

    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("documento")
        verbose_name_plural = _("documenti")
        permissions = [("choose_document", "Can choose document")]
