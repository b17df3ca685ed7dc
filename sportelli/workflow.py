"""An appointment as a table: which step may follow which state, and for whom."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.workflow import Procedura, Transizione


class Stato(TextChoices):
    """Where an appointment stands."""

    DA_CONFERMARE = "da_confermare", _("Da confermare")
    CONFERMATO = "confermato", _("Confermato")
    DISDETTO = "disdetto", _("Disdetto")
    ANNULLATO = "annullato", _("Annullato dall’ufficio")
    SCADUTO = "scaduto", _("Mai confermato")
    VENUTO = "venuto", _("Presente")
    ASSENTE = "assente", _("Assente")


class Chi(TextChoices):
    """Who takes a step."""

    PRENOTA = "prenota", _("Chi prenota")
    UFFICIO = "ufficio", _("L’ufficio")
    SISTEMA = "sistema", _("Il sistema")


# Somebody is still expected.
ATTESI = frozenset({Stato.DA_CONFERMARE, Stato.CONFERMATO})
# What keeps its turns: those expected, and those that have been.
CON_POSTO = ATTESI | {Stato.VENUTO, Stato.ASSENTE}


def _riga(passo: str, da: frozenset[str], a: str, *chi: str, serve: tuple[str, ...] = ()) -> Transizione:
    return Transizione(passo, da, a, frozenset(chi), serve)


PROCEDURA = Procedura(
    "appuntamento",
    (
        _riga("conferma", frozenset({Stato.DA_CONFERMARE}), Stato.CONFERMATO, Chi.PRENOTA),
        _riga("disdici", ATTESI, Stato.DISDETTO, Chi.PRENOTA),
        _riga("annulla", ATTESI, Stato.ANNULLATO, Chi.UFFICIO, Chi.SISTEMA, serve=("motivo",)),
        _riga("scade", frozenset({Stato.DA_CONFERMARE}), Stato.SCADUTO, Chi.SISTEMA),
        _riga("segna_venuto", frozenset({Stato.CONFERMATO, Stato.ASSENTE}), Stato.VENUTO, Chi.UFFICIO),
        _riga("segna_assente", frozenset({Stato.CONFERMATO, Stato.VENUTO}), Stato.ASSENTE, Chi.UFFICIO),
    ),
)
