"""Words of people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CitazioneBlock(blocks.StructBlock):
    """What somebody said, and who."""

    testo = blocks.TextBlock(label=_("parole"), help_text=_("Senza virgolette: le mette la pagina."))
    chi = blocks.CharBlock(label=_("chi e quando"), required=False)

    class Meta:
        icon = "openquote"
        label = _("citazione")
        template = "blocks/citazione.html"
