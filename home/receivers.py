"""Whatever editors keep has changed: public pages made of it are rendered again.

Wagtail saves pages, snippets, pictures and their relations through many doors, all of which end in a saved or deleted
row of these apps; what a tree does in SQL (moves) has a signal of its own.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import page_unpublished, post_page_move

from core.public_cache import touch

APPS = frozenset({"cms", "comune", "home", "wagtailcore", "wagtailredirects"})
# Kept at every turn by the editors' site, shown by no public page.
SENZA_EFFETTO = frozenset(
    {"modellogentry", "pagelogentry", "comment", "commentreply", "pagesubscription", "editingsession"}
)


def segui() -> None:
    """Begins to listen."""
    for segnale in (post_save, post_delete, m2m_changed, post_page_move, page_unpublished):
        segnale.connect(_cambia)


def _cambia(sender: type[Model], **altro: Any) -> None:
    meta = sender._meta
    if meta.app_label in APPS and meta.model_name not in SENZA_EFFETTO:
        touch("pagine")
