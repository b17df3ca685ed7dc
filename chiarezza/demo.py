"""Opinions of the demonstration: every page has some, the less clear ones say why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random

from chiarezza.actions import esprimi
from chiarezza.domande import motivi_per
from chiarezza.posti import Posto
from cms.models import BasePage
from core.tempo import adesso, fermo_a

GIORNI = 180
PAROLE = {
    2: ("Non si capisce a chi scrivere", "Manca quanto tempo ci vuole", "Troppe parole per dire poco"),
    3: ("Un esempio aiuterebbe", "Non trovo gli orari"),
    5: ("Ho trovato subito quello che cercavo", "Finalmente una data scritta chiara"),
}


def giudica_le_pagine(pagine: Iterable[BasePage], *, seme: int) -> int:
    """A few opinions of each page, over the last months; the same for the same seme. Returns how many."""
    caso, quanti = Random(seme), 0  # noqa: S311
    for pagina in pagine:
        chiara = caso.choice((2, 4, 4, 5))
        indirizzo = str(pagina.url)
        for numero in range(caso.randint(2, 12)):
            voto = min(5, max(1, chiara + caso.choice((-1, 0, 0, 1))))
            parole = caso.choice(PAROLE.get(voto, ("",))) if caso.random() < 0.3 else ""
            with fermo_a(adesso() - timedelta(days=caso.randint(0, GIORNI), minutes=caso.randint(0, 600))):
                posto = Posto(indirizzo, indirizzo, pagina)
                visitatore = f"demo {pagina.pk} {numero}"
                esprimi(posto, visitatore=visitatore, voto=voto, motivo=caso.choice(motivi_per(voto)), parole=parole)
            quanti += 1
    return quanti
