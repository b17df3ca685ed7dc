"""A table of data, with the name that a screen reader says first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class Celle(TypedTableBlock):
    """Columns with a heading, of words or of figures."""

    def clean(self, value: Any) -> Any:
        """Columns without a heading are refused: the cells under them would say nothing on a phone."""
        if value and not all(colonna["heading"].strip() for colonna in value.columns):
            raise ValidationError(_("Ogni colonna ha bisogno del suo titolo."))
        return super().clean(value)


class TavolaBlock(blocks.StructBlock):
    """The table and what it shows."""

    nome = blocks.CharBlock(label=_("che cosa mostra"), max_length=160)
    celle = Celle(
        [
            ("parole", blocks.CharBlock(label=_("parole"), required=False)),
            ("numero", blocks.DecimalBlock(label=_("numero"), required=False)),
        ],
        label=_("tabella"),
    )

    class Meta:
        icon = "table"
        label = _("tabella")
        template = "blocks/tavola.html"
