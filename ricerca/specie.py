"""The kinds of things that the search finds: how they are called, and in which order their filters stand.

A page says its own (cms.BasePage.specie); whatever else is found says it in its source (ricerca.fonti). A new kind is a
line here, and a sign in templates/ricerca/_segno.html.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Specie:
    """A kind: its name in the address, how many of it and one of it are called."""

    codice: str
    tutte: str | Promise
    una: str | Promise


SEGNALAZIONI = "segnalazioni"  # asked of segnalazioni, not kept here
DA_SEGNALARE = "da-segnalare"
DOCUMENTI = "documenti"
PAGINE = "pagine"
ARGOMENTI = "argomenti"

SPECIE: dict[str, Specie] = {
    specie.codice: specie
    for specie in (
        Specie("servizi", _("Servizi"), _("Servizio")),
        Specie(DA_SEGNALARE, _("Da segnalare"), _("Puoi segnalarlo")),
        Specie("notizie", _("Novità"), _("Novità")),
        Specie("eventi", _("Appuntamenti"), _("Appuntamento")),
        Specie("amministrazione", _("Amministrazione"), _("Amministrazione")),
        Specie("luoghi", _("Luoghi"), _("Luogo")),
        Specie(ARGOMENTI, _("Argomenti"), _("Argomento")),
        Specie(PAGINE, _("Pagine"), _("Pagina")),
        Specie(DOCUMENTI, _("Documenti"), _("Documento")),
        Specie(SEGNALAZIONI, _("Segnalazioni"), _("Segnalazione pubblica")),
    )
}
