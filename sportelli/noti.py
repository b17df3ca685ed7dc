"""The front offices that the transparency programme names, and what each is for.

Used by the migration that makes them. Where they are, when they open and how to call them nobody has confirmed:
those stay empty, and the pages say so.
"""

from __future__ import annotations

from typing import NamedTuple


class Noto(NamedTuple):
    """A counter known by name."""

    slug: str
    nome: str
    scopo: str


NOTI: tuple[Noto, ...] = (
    Noto(
        "urp",
        "URP, ufficio relazioni con il pubblico",
        "Informazioni sui servizi e sulle pratiche del Comune, segnalazioni e reclami, accesso agli atti. Se non sai a "
        "chi rivolgerti, comincia da qui.",
    ),
    Noto(
        "segretariato-sociale",
        "Segretariato sociale",
        "Ascolta chi attraversa una difficoltà, sua o della famiglia, e dice quali aiuti ci sono e come si chiedono.",
    ),
    Noto(
        "immigrazione",
        "Sportello per l’immigrazione",
        "Aiuta chi viene da un altro Paese con permessi, documenti, residenza e servizi della città.",
    ),
    Noto(
        "informagiovani",
        "Informagiovani",
        "Lavoro, studio, viaggi, volontariato e tempo libero per chi è giovane: informazioni e aiuto a orientarsi.",
    ),
    Noto(
        "informadonna",
        "Informadonna",
        "Informazioni e primo ascolto per le donne: diritti, lavoro, famiglia, aiuto contro la violenza.",
    ),
)
