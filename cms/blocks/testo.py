"""Running text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# Nothing that a style could hide in: Wagtail drops on save whatever is not in this list, pasted or sent.
TRATTI = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]
TRATTI_BREVI = ["bold", "italic", "link"]


class TestoBlock(blocks.RichTextBlock):
    """Paragraphs and lists, with titles of the third level."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TRATTI, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("testo")
        template = "blocks/testo.html"
        help_text = _("Frasi brevi, una cosa per paragrafo. I titoli grandi sono un blocco a parte.")
