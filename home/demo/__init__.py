"""The site of the demonstration: news, offices and a Giunta that do not exist. The ribbon of every page says so."""

from __future__ import annotations

from django.db import transaction

from home.demo.notizie import scrivi_le_notizie
from home.demo.uffici import presenta_gli_uffici


@transaction.atomic
def scrivi_il_sito() -> int:
    """Fills the pages that the initial contents leave to the Comune; answers how many pages are new.

    Wants the offices of segnalazioni.demo and the initial pages; once only.
    """
    return presenta_gli_uffici() + scrivi_le_notizie()
