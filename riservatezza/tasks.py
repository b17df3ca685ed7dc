"""What is prepared in the background: after commit, by id, repeatable."""

from __future__ import annotations

from celery import shared_task

from riservatezza.raccolta import prepara_esportazione


@shared_task(name="riservatezza.prepara")
def prepara(pk: int) -> None:
    """Writes the file of a request for one's own data."""
    prepara_esportazione(pk)
