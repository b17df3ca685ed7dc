"""What pages are made of: the base of every page, images and documents of the editors."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta, DefaultBasePageMixin


class BasePage(AbstractPage, DefaultBasePageMixin):
    """The base of every page (Wagtail 8 lets it be ours): what all pages share is one column here, not a join."""

    sommario = models.CharField(
        _("in breve"),
        max_length=255,
        blank=True,
        help_text=_("Una o due frasi: si leggono sotto il titolo, negli elenchi e nei motori di ricerca."),
    )

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    promote_panels = DefaultBasePageMixin.promote_panels

    @property
    def descrizione(self) -> str:
        """What search engines show: the words written for them, else the summary."""
        return self.search_description or self.sommario

    class Meta(AbstractPageMeta):
        verbose_name = _("pagina")
        verbose_name_plural = _("pagine")


class Immagine(AbstractImage):
    """An editor's picture."""

    admin_form_fields: ClassVar[tuple[str, ...]] = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("immagine")
        verbose_name_plural = _("immagini")
        permissions = [("choose_image", "Can choose image")]


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
