"""The answers to the questions of a category, as people read them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from core.templatetags.lp import giorno
from segnalazioni.models import Segnalazione


def risposte(caso: Segnalazione) -> list[tuple[str, str]]:
    """(question, answer) in the order of the category; questions without an answer are left out."""
    coppie = ((d, caso.risposte.get(d["chiave"], "")) for d in caso.categoria.domande)
    return [(d["testo"], _in_parole(d.get("tipo", ""), valore)) for d, valore in coppie if valore]


def _in_parole(tipo: str, valore: str) -> str:
    if tipo == "si_no":
        return {"si": _("sì"), "no": _("no")}.get(valore, valore)
    if tipo == "data":
        try:
            return giorno(date.fromisoformat(valore))
        except ValueError:
            return valore
    return valore
