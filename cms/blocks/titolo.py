"""A title inside a page: the index of the page is made of these."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class TitoloBlock(blocks.CharBlock):
    """Second level; the first is the title of the page."""

    class Meta:
        icon = "title"
        label = _("titolo di sezione")
        template = "blocks/titolo.html"
        max_length = 120
        help_text = _("Con due o più titoli la pagina ha il suo indice.")
