"""Addresses that editors write by hand."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_FUORI = URLValidator(schemes=["https", "http"])


def un_indirizzo(valore: str) -> None:
    """A path of this site or a web address: never javascript:, data: or another site without its scheme."""
    if valore.startswith("/") and not valore.startswith(("//", "/\\")) and not set(valore) & set(" \t\r\n\\"):
        return
    try:
        _FUORI(valore)
    except ValidationError:
        raise ValidationError(_("Scrivi https://… oppure una via di questo sito che comincia con /.")) from None
