"""The number on the bell."""

from __future__ import annotations

from django import template
from django.template import Context

from notifiche.models import Notifica

register = template.Library()

_MEMORIA = "_notifiche_non_lette"


@register.simple_tag(takes_context=True)
def non_lette(context: Context) -> int:
    """How many notices who is in has not read; 0 for a stranger. One query per request."""
    request = context["request"]
    if not request.user.is_authenticated:
        return 0
    if not hasattr(request, _MEMORIA):
        quante = Notifica.objects.nel_sito(request.user).non_lette().count()
        setattr(request, _MEMORIA, quante)
    return int(getattr(request, _MEMORIA))
