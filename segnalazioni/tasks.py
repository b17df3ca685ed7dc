"""Work on many cases at once, away from who asked for it. The rows say what is left: it may run twice, late, or die."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError as BrokerGiu

from segnalazioni.actions.banco import avanza
from segnalazioni.models import Lavoro

logger = logging.getLogger(__name__)

IN_RICHIESTA = 2.0  # seconds, where work runs inside the request of who asked; the timer goes on with the rest


@shared_task(name="segnalazioni.lavora")
def lavora(pk: int) -> None:
    """Does what is left of a work."""
    avanza(Lavoro.objects.get(pk=pk), entro=IN_RICHIESTA if settings.CELERY_TASK_ALWAYS_EAGER else None)


def affida(lavoro: Lavoro) -> None:
    """Starts the work. A broker that does not answer delays it until the sweep, and fails nobody."""
    try:
        lavora.delay(lavoro.pk)
    except BrokerGiu:
        logger.warning("work %s left to the sweep: the broker does not answer", lavoro.pk)
