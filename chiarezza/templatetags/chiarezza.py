"""{% chiarezza request.path %}: the question that closes every page."""

from __future__ import annotations

from typing import Any

from django import template

from chiarezza.domande import BENE, MALE, STELLE
from chiarezza.posti import si_chiede

register = template.Library()


@register.inclusion_tag("components/chiarezza.html")
def chiarezza(percorso: str) -> dict[str, Any]:
    """About the page at this address; nothing where it is not asked. The same for everybody: it may be cached."""
    return {"percorso": percorso if si_chiede(percorso) else "", "stelle": STELLE, "bene": BENE, "male": MALE}
