"""The timetable: what runs by itself, and how often or at what hour."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from importlib import import_module

from django.db import close_old_connections
from django.utils import timezone

from core.tempo import adesso

logger = logging.getLogger(__name__)

DAY = 86_400.0  # seconds
A_MINUTE = timedelta(minutes=1)

# Scheduled entries: plain functions of app/scheduled.py, run by beat (celery.py) or, where the one process is all there
# is, by its timer (timer.py). A number is a pause in seconds; an hour is an hour of every day in Italy. Not a pause of
# a day: it would begin anew with every restart, and a process restarted each day would never come to the end of one.
ORARIO: dict[str, float | time] = {
    "notifiche.scheduled.rimanda_le_non_inviate": 60.0,
    "protocollo.scheduled.protocolla_le_rimaste": 60.0,
    "redazione.scheduled.pubblica_programmate": 60.0,
    "redazione.scheduled.allinea_le_redazioni": 900.0,
    "accounts.scheduled.butta_il_superfluo": 3600.0,
    "segnalazioni.scheduled.prosegui_i_lavori": 30.0,
    "segnalazioni.scheduled.scarta_le_non_confermate": 900.0,
    "segnalazioni.scheduled.butta_le_bozze_scadute": 3600.0,
    "segnalazioni.scheduled.verifica_le_catene": time(3, 0),
    "riservatezza.scheduled.applica_la_conservazione": time(3, 30),
    "riservatezza.scheduled.butta_le_richieste_scadute": 3600.0,
    "segnalazioni.scheduled.prosegui_senza_risposta": 900.0,
    "segnalazioni.scheduled.segna_le_scadute": 900.0,
    "segnalazioni.scheduled.manda_i_promemoria": 3600.0,
    "segnalazioni.scheduled.ricorda_gli_interventi": 3600.0,
    "segnalazioni.scheduled.chiudi_le_concluse": 3600.0,
    "sportelli.scheduled.libera_i_non_confermati": 60.0,
    "sportelli.scheduled.manda_i_promemoria": 3600.0,
    "sportelli.scheduled.prepara_i_turni": 3600.0,
    "notiziario.scheduled.manda_i_numeri": 60.0,
    "notiziario.scheduled.prepara_il_riassunto": 900.0,
    "notiziario.scheduled.butta_le_iscrizioni_vecchie": 3600.0,
}


def every(when: float | time) -> float:
    """Seconds from one turn to the next; of an hour, on a day of 24."""
    return DAY if isinstance(when, time) else when


def until(when: float | time) -> float:
    """Seconds from now to the next turn. An hour less than a minute away is tomorrow's: the clock of a machine that is
    put back a little would have the same turn twice."""
    if not isinstance(when, time):
        return when
    after = timezone.localtime(adesso()) + A_MINUTE
    turn = datetime.combine(after.date(), when, after.tzinfo)
    if turn <= after:
        turn = datetime.combine(after.date() + timedelta(days=1), when, after.tzinfo)
    # As instants: two hours of one time zone are subtracted by the clock on the wall, which jumps twice a year.
    return turn.timestamp() - adesso().timestamp()


def run_due(entry: str) -> None:
    """Calls one scheduled entry ("app.scheduled.name") in this process; a failure is logged, the timer goes on."""
    module, name = entry.rsplit(".", 1)
    close_old_connections()
    try:
        getattr(import_module(module), name)()
    except Exception:  # a scheduled entry must never stop the others
        logger.exception("scheduled entry failed: %s", entry)
    finally:
        close_old_connections()
