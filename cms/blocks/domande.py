"""Questions that people ask, with their answers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.testo import TestoBlock


class DomandaBlock(blocks.StructBlock):
    """One of them."""

    domanda = blocks.CharBlock(label=_("domanda"), max_length=160, help_text=_("Come la farebbe chi legge."))
    risposta = TestoBlock(label=_("risposta"))


class DomandeBlock(blocks.ListBlock):
    """They open one by one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(DomandaBlock(), **kwargs)

    class Meta:
        icon = "help"
        label = _("domande e risposte")
        template = "blocks/domande.html"
