"""What editors' forms for pictures ask beyond Wagtail's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.campi import nostra
from core.immagini import ImmagineRifiutata


class CampoFile(WagtailImageField):
    """Encoded by us before anything else looks at it: no place, no device, no author of the photo is in it.

    What is no photo, or a broken one, gets a sentence; Wagtail would open it first, and fail.
    """

    def to_python(self, data: Any) -> Any:
        if not data:
            return super().to_python(data)
        try:
            return super().to_python(nostra(data, str(data.name)))
        except ImmagineRifiutata as rifiuto:
            raise forms.ValidationError(rifiuto.messaggio, code=rifiuto.codice) from rifiuto


class ImmagineForm(BaseImageForm):
    """A description always, and a file that has become a clean picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if suo := self.fields.get("file"):
            self.fields["file"] = CampoFile(label=suo.label, required=suo.required, widget=suo.widget)
        if campo := self.fields.get("description"):
            campo.required = True
            campo.label = _("Che cosa mostra")
            campo.help_text = _("Una frase per chi non la vede: vale dove la pagina non ne dice un’altra.")
