"""What will happen, in order: the line, drawn forwards."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class Tappa(blocks.StructBlock):
    """One moment of it."""

    quando = blocks.CharBlock(label=_("quando"), max_length=80, help_text=_("Per esempio: entro 2 giorni lavorativi"))
    che = blocks.CharBlock(label=_("che cosa succede"), max_length=160)
    nota = blocks.CharBlock(label=_("nota"), max_length=200, required=False)
    attesa = blocks.BooleanBlock(label=_("tocca a chi legge"), required=False)


class LineaBlock(blocks.ListBlock):
    """Moments on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Tappa(), **kwargs)

    class Meta:
        icon = "history"
        label = _("che cosa succede, in ordine")
        template = "blocks/linea.html"
