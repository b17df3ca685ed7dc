"""Words in braces that a canned answer holds, and what stands in their place for one case.

Only what the page of the case says already: a text that everybody reads cannot say more than the page does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.lp import giorno_settimana
from segnalazioni.models import Segnalazione

_FRA_GRAFFE = re.compile(r"\{([^{}\n]{0,40})\}")


def _luogo(caso: Segnalazione) -> str:
    # The address only: the place in somebody's own words may say where they live.
    quartiere = caso.contributo.quartiere
    return caso.indirizzo or (quartiere.nome if quartiere else "") or _("nel luogo indicato")


# Name → what it says, for who writes the answers, and how it is found.
VARIABILI: dict[str, tuple[Promise, Callable[[Segnalazione], str]]] = {
    "numero": (gettext_lazy("il numero della segnalazione"), lambda caso: caso.codice),
    "categoria": (gettext_lazy("la categoria"), lambda caso: caso.categoria.nome),
    "luogo": (gettext_lazy("l’indirizzo, o il quartiere"), _luogo),
    "scadenza": (
        gettext_lazy("il giorno entro cui si risponde"),
        lambda caso: giorno_settimana(caso.scadenza) if caso.scadenza else _("senza termine"),
    ),
    "ufficio": (
        gettext_lazy("l’ufficio che l’ha in mano"),
        lambda caso: caso.ufficio.nome if caso.ufficio else _("l’URP"),
    ),
}


def riempi(testo: str, caso: Segnalazione) -> str:
    """The text with its variables in words; whatever else stands in braces stays as it is."""

    def parola(trovata: re.Match[str]) -> str:
        voce = VARIABILI.get(trovata[1].strip().lower())
        return voce[1](caso) if voce else trovata[0]

    return _FRA_GRAFFE.sub(parola, testo)


def sconosciute(testo: str) -> list[str]:
    """What stands in braces and is no variable, each once."""
    return [n for n in dict.fromkeys(_FRA_GRAFFE.findall(testo)) if n.strip().lower() not in VARIABILI]
