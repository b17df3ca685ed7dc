"""Files to take away."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DocumentiBlock(blocks.ListBlock):
    """Each with its kind and weight."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DocumentChooserBlock(label=_("documento")), **kwargs)

    class Meta:
        icon = "doc-full"
        label = _("documenti")
        template = "blocks/documenti.html"
