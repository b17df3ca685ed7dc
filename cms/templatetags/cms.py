"""What the templates of pages ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.models import AbstractDocument

from cms import lingue
from cms.models import BasePage
from core.languages import current, is_foreign

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


@register.inclusion_tag("cornice/lingue.html", takes_context=True)
def altre_lingue(context: Context) -> dict[str, Any]:
    """Links to the other languages of the page that is open, or of the site."""
    pagina = context.get("page")
    return {"lingue": lingue.altre(pagina if isinstance(pagina, BasePage) else None, context.get("request"))}


@register.inclusion_tag("cornice/livello_tradotto.html")
def livello_tradotto(percorso: str) -> dict[str, Any]:
    """The first level in a language that is not Italian: the pages that their editors show in menus."""
    return {"pagine": lingue.prime(current()).filter(show_in_menus=True), "percorso": percorso}


@register.simple_tag
def vie() -> dict[str, str]:
    """For in_lingua: nothing to ask where we speak Italian."""
    return lingue.vie(current()) if is_foreign() else {}


@register.filter
def in_lingua(percorso: str, vie: Mapping[str, str]) -> str:
    """The address of this Italian page in our language, or itself."""
    return vie.get(percorso, percorso)


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
