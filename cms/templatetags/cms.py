"""What the templates of pages ask for."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.models import AbstractDocument

register = template.Library()

# As django.utils.html.json_script does: nothing inside may end the element.
_CHIUSE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def per_macchine(dati: dict[str, Any]) -> SafeString | str:
    """JSON-LD: a block of data, which no policy of scripts runs or forbids."""
    if not dati:
        return ""
    testo = mark_safe(json.dumps(dati, ensure_ascii=False).translate(_CHIUSE))
    return format_html('<script type="application/ld+json" data-element="metatag">{}</script>', testo)


@register.filter
def peso(documento: AbstractDocument) -> str:
    """Kind and weight of a file: «PDF, 210 kB»."""
    byte = documento.get_file_size()
    return ", ".join(filter(None, [documento.file_extension.upper(), filesizeformat(byte) if byte else ""]))


@register.filter
def celle(tavola: Any) -> dict[str, Any]:
    """A typed table as components/tavola reads it: colonne [{nome, numero}], righe [[{nome, numero, valore}]]."""
    colonne = [{"nome": c["heading"], "numero": c["block"].name == "numero"} for c in tavola.columns]
    righe = [
        [colonna | {"valore": cella} for colonna, cella in zip(colonne, riga["values"], strict=True)]
        for riga in tavola.row_data
    ]
    return {"colonne": colonne, "righe": righe}
