"""A picture with its words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class FiguraBlock(blocks.StructBlock):
    """The picture, what it shows for who cannot see it (or that it is only decoration), and whose it is."""

    immagine = ImageBlock(label=_("immagine"))
    didascalia = blocks.CharBlock(label=_("didascalia"), max_length=200, required=False)
    crediti = blocks.CharBlock(label=_("di chi è, con quale licenza"), max_length=120, required=False)

    class Meta:
        icon = "image"
        label = _("immagine")
        template = "blocks/figura.html"
