"""The one button of a page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.collegamenti import un_indirizzo


class Destinazione(blocks.StructValue):
    """Where the button leads."""

    @property
    def url(self) -> str:
        """Of the page, or the address as written; "" when the page is no longer there."""
        pagina = self.get("pagina")
        return (pagina.url or "") if pagina else str(self.get("indirizzo") or "")


class AzioneBlock(blocks.StructBlock):
    """Words and a destination: a page of ours, or an address."""

    testo = blocks.CharBlock(label=_("parole del bottone"), max_length=60)
    pagina = blocks.PageChooserBlock(label=_("pagina"), required=False)
    indirizzo = blocks.CharBlock(
        label=_("oppure indirizzo"),
        required=False,
        validators=[un_indirizzo],
        help_text=_("https://… oppure una via di questo sito, per esempio /segnalazioni/nuova/"),
    )

    def clean(self, value: Any) -> Any:
        """One destination, not none and not two."""
        pulito = super().clean(value)
        if bool(pulito["pagina"]) == bool(pulito["indirizzo"]):
            raise ValidationError(_("Scegli una pagina oppure scrivi un indirizzo."))
        return pulito

    class Meta:
        icon = "link"
        label = _("bottone")
        template = "blocks/azione.html"
        value_class = Destinazione
