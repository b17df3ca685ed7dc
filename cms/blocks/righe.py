"""A list whose items have a name and an explanation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.testo import TRATTI_BREVI


class Riga(blocks.StructBlock):
    """One of them."""

    titolo = blocks.CharBlock(label=_("nome"), max_length=120)
    testo = blocks.RichTextBlock(label=_("spiegazione"), features=TRATTI_BREVI, required=False)


class RigheBlock(blocks.ListBlock):
    """What is needed, what one gets, where one goes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Riga(), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("elenco con spiegazioni")
        template = "blocks/righe.html"
