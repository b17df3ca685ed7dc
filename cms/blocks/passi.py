"""Things to do, one after the other."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.testo import TRATTI_BREVI


class Passo(blocks.StructBlock):
    """One of them."""

    titolo = blocks.CharBlock(label=_("che cosa si fa"), max_length=120)
    testo = blocks.RichTextBlock(label=_("come"), features=TRATTI_BREVI, required=False)


class PassiBlock(blocks.ListBlock):
    """Numbered by the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Passo(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("passi numerati")
        template = "blocks/passi.html"
