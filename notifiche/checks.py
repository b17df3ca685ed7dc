"""System check: every kind of notice has its templates."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from notifiche.tipi import TIPI

PARTI = ("subject.txt", "txt", "html")


def template_di_ogni_tipo(**kwargs: Any) -> list[Error]:
    """notifiche.E001: a template is missing or does not compile."""
    errori = []
    for nome in (f"email/{tipo}.{parte}" for tipo in TIPI for parte in PARTI):
        try:
            get_template(nome)
        except (TemplateDoesNotExist, TemplateSyntaxError) as errore:
            errori.append(Error(f"{nome}: {errore}", id="notifiche.E001"))
    return errori
