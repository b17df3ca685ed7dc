"""Is history as it was written? Reads the chain of a case and names every link that does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from segnalazioni.models import Passaggio, Segnalazione, TestoPassaggio, impronta_parole


@dataclass(frozen=True, slots=True)
class Guasto:
    """A link that does not hold: the case, the number of the step, and what is wrong with it."""

    codice: str
    numero: int
    che: str


def guasti(caso: Segnalazione) -> list[Guasto]:
    """The broken links of one case, in order; an empty list is a chain that holds. Two queries."""
    passaggi = list(
        Passaggio.objects.filter(segnalazione=caso)
        .select_related("autore", "ufficio", "segnalazione__contributo")
        .order_by("numero")
    )
    parole = {p.passaggio_id: p for p in TestoPassaggio.objects.filter(passaggio__segnalazione=caso)}
    trovati = [Guasto(caso.codice, n, che) for n, che in _anelli(passaggi, parole)]
    ultimo = passaggi[-1] if passaggi else None
    if len(passaggi) != caso.versione:
        trovati.append(Guasto(caso.codice, caso.versione, _("il numero dei passaggi non torna")))
    if ultimo and ultimo.a != caso.stato:
        trovati.append(Guasto(caso.codice, ultimo.numero, _("lo stato non è quello dell’ultimo passaggio")))
    return trovati


def _anelli(passaggi: list[Passaggio], parole: dict[int, TestoPassaggio]) -> Iterator[tuple[int, str]]:
    impronta, stato = "", passaggi[0].da if passaggi else ""
    for numero, passaggio in enumerate(passaggi, start=1):
        if passaggio.numero != numero:
            yield passaggio.numero, _("manca il passaggio %(n)d") % {"n": numero}
            return
        if passaggio.impronta_precedente != impronta:
            yield numero, _("non si lega al passaggio prima")
        if passaggio.calcola_impronta() != passaggio.impronta:
            yield numero, _("il contenuto è stato cambiato")
        if passaggio.da != stato:
            yield numero, _("non parte dallo stato lasciato prima")
        detto = parole.get(passaggio.pk)
        # Without its words the digest says nothing more: retention may have removed them.
        if detto and impronta_parole(detto.sale, detto.testo, detto.nota, detto.prova) != passaggio.impronta_testo:
            yield numero, _("le parole sono state cambiate")
        impronta, stato = passaggio.impronta, passaggio.a
