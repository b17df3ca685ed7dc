"""The register of the platform: 1, 2, 3… for each year, without a gap and without a number given twice."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import get_default_timezone, localdate

from core.tempo import adesso
from protocollo.models import INTERNO, Registro
from protocollo.server.porta import Richiesta, Segnatura


class RegistroInterno:
    """Takes the next number. Only inside the transaction that writes it on its row: rolled back, neither was."""

    locale = True

    def protocolla(self, richiesta: Richiesta) -> Segnatura:
        """The next number of the year that it is in Lucca once it is our turn."""
        registro, ora = _di_turno()
        registro.ultimo += 1
        # Two machines' clocks differ: the dates of a register never go back.
        registro.ultimo_il = max(ora, registro.ultimo_il or ora)
        registro.save(update_fields=["ultimo", "ultimo_il"])
        return Segnatura(INTERNO, registro.anno, registro.ultimo, registro.ultimo_il)


def _di_turno() -> tuple[Registro, datetime]:
    """The counter of this year, locked, and the instant at which we got it.

    Who waited for it over midnight of 31 December holds last year's: then this year's is taken instead.
    """
    while True:
        anno = _anno(adesso())
        Registro.objects.get_or_create(anno=anno)
        registro = Registro.objects.select_for_update().get(anno=anno)
        ora = adesso()
        if _anno(ora) == anno:
            return registro, ora


def _anno(istante: datetime) -> int:
    return localdate(istante, get_default_timezone()).year
