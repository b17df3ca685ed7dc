"""An appointment in words, for pages, mails and calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.templatetags.lp import giorno
from sportelli.models import Appuntamento, Sportello
from sportelli.orari import ora
from sportelli.workflow import Stato

_TONI = {
    Stato.DA_CONFERMARE: "s-ocra mezzo",
    Stato.CONFERMATO: "s-bosco pieno",
    Stato.DISDETTO: "s-pietra",
    Stato.ANNULLATO: "s-mattone",
    Stato.SCADUTO: "s-pietra",
    Stato.VENUTO: "s-bosco",
    Stato.ASSENTE: "s-ocra",
}


def quando(istante: datetime) -> str:
    """«lunedì 30 novembre 2026 alle 9:00», in local time."""
    return _("%(giorno)s alle %(ora)s") % {"giorno": giorno(timezone.localtime(istante)), "ora": ora(istante)}


def dove(sportello: Sportello) -> str:
    """The address, or that nobody has said it yet."""
    return sportello.indirizzo or _("Indirizzo da confermare")


def pillola(appuntamento: Appuntamento) -> tuple[str, str]:
    """(word, classes) of its state, for components/stato.html."""
    stato = Stato(appuntamento.stato)
    return str(stato.label), _TONI[stato]


def dati(appuntamento: Appuntamento) -> dict[str, Any]:
    """What the mails say of it. No name and no words of whoever comes."""
    scade = appuntamento.scade_il if appuntamento.stato == Stato.DA_CONFERMARE else None
    return {
        "codice": appuntamento.codice,
        "sportello": appuntamento.sportello.nome,
        "che": appuntamento.prestazione.nome,
        "quando": quando(appuntamento.inizio),
        "dove": dove(appuntamento.sportello),
        "portare": appuntamento.prestazione.da_portare,
        "motivo": appuntamento.motivo,
        "scade": ora(scade) if scade else "",
    }
