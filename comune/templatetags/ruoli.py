"""What a page offers depends on who reads it. The doors ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.contrib.auth.models import AnonymousUser

from comune.ruoli import e_urp, uffici_diretti

if TYPE_CHECKING:
    from accounts.models import User

register = template.Library()


@register.filter
def urp(user: User | AnonymousUser) -> bool:
    """Works at the URP today: {% if user|urp %}."""
    return e_urp(user)


@register.filter
def vede_le_cifre(user: User | AnonymousUser) -> bool:
    """Works at the URP or heads an office today: no query beside the one that every page of the desk makes."""
    return e_urp(user) or bool(uffici_diretti(user))
