"""What warns, promises or explains, apart from the text."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.testo import TRATTI_BREVI

TONI = [
    ("s-pietra", _("Spiega")),
    ("s-bosco", _("Promette, rassicura")),
    ("s-ocra", _("Chiede attenzione")),
    ("s-mattone", _("Avverte di un pericolo o di una scadenza")),
]


class NotaBlock(blocks.StructBlock):
    """A box with a tone of its own."""

    tono = blocks.ChoiceBlock(label=_("che cosa fa"), choices=TONI, default="s-pietra")
    titolo = blocks.CharBlock(label=_("titolo"), required=False, max_length=120)
    testo = blocks.RichTextBlock(label=_("testo"), features=TRATTI_BREVI)

    class Meta:
        icon = "warning"
        label = _("nota")
        template = "blocks/nota.html"
