"""Is history as it was written? Reads the chains of cases and names every link that does not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from segnalazioni.models import ParteCoperta, Passaggio, Segnalazione, TestoPassaggio, impronta_parole
from segnalazioni.parti import copri

INSIEME = 200  # cases read together


@dataclass(frozen=True, slots=True)
class Guasto:
    """A link that does not hold: the case, the number of the step, and what is wrong with it."""

    codice: str
    numero: int
    che: str

    def __str__(self) -> str:
        return f"{self.codice} passaggio {self.numero}: {self.che}"


def guasti(caso: Segnalazione) -> list[Guasto]:
    """The broken links of one case, in order; an empty list is a chain that holds."""
    return list(guasti_fra([caso]))


def guasti_fra(casi: Iterable[Segnalazione]) -> Iterator[Guasto]:
    """The broken links of many cases (with their contributo). A few queries for every INSIEME of them."""
    resto = iter(casi)
    while manciata := list(islice(resto, INSIEME)):
        yield from _della_manciata(manciata)


def _della_manciata(casi: Sequence[Segnalazione]) -> Iterator[Guasto]:
    chiavi = [caso.pk for caso in casi]
    passaggi: dict[int, list[Passaggio]] = defaultdict(list)
    righe = Passaggio.objects.filter(segnalazione__in=chiavi).select_related(
        "autore", "ufficio", "segnalazione__contributo"
    )
    for passaggio in righe.order_by("segnalazione", "numero", "pk"):
        passaggi[passaggio.segnalazione_id].append(passaggio)
    parole = {p.passaggio_id: p for p in TestoPassaggio.objects.filter(passaggio__segnalazione__in=chiavi)}
    coperte: dict[int, dict[str, ParteCoperta]] = defaultdict(dict)
    for parte in ParteCoperta.objects.filter(segnalazione__in=chiavi, chiave__startswith="passo:"):
        coperte[parte.segnalazione_id][parte.chiave] = parte
    for caso in casi:
        yield from _del_caso(caso, passaggi[caso.pk], parole, coperte[caso.pk])


def _del_caso(
    caso: Segnalazione,
    passaggi: list[Passaggio],
    parole: dict[int, TestoPassaggio],
    coperte: dict[str, ParteCoperta],
) -> Iterator[Guasto]:
    for numero, che in _anelli(passaggi):
        yield Guasto(caso.codice, numero, che)
    for passaggio in passaggi:
        if che := _parole(passaggio, parole.get(passaggio.pk), coperte, svuotata=caso.svuotata_il is not None):
            yield Guasto(caso.codice, passaggio.numero, che)
    ultimo = passaggi[-1] if passaggi else None
    if len(passaggi) != caso.versione:
        yield Guasto(caso.codice, caso.versione, _("il numero dei passaggi non torna"))
    if ultimo and ultimo.a != caso.stato:
        yield Guasto(caso.codice, ultimo.numero, _("lo stato non è quello dell’ultimo passaggio"))


def _anelli(passaggi: list[Passaggio]) -> Iterator[tuple[int, str]]:
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
        impronta, stato = passaggio.impronta, passaggio.a


def _parole(
    passaggio: Passaggio, detto: TestoPassaggio | None, coperte: dict[str, ParteCoperta], *, svuotata: bool
) -> str:
    """What is wrong with the words of a step; "" when nothing is. Only retention takes words away, and it says so."""
    if detto is None:
        return _("mancano le parole") if passaggio.impronta_testo and not svuotata else ""
    dette = {"testo": detto.testo, "prova": detto.prova}
    for campo, mostrato in dette.items():
        coperta = coperte.get(f"passo:{passaggio.numero}:{campo}")
        if coperta is None:
            continue
        if not coperta.originale:  # dropped by retention: the digest has nothing left to be compared with
            return ""
        if mostrato != copri(coperta.originale, coperta.tratti):
            return _("le parole coperte non sono quelle di prima")
        dette[campo] = coperta.originale
    vera = impronta_parole(detto.sale, dette["testo"], detto.nota, dette["prova"])
    return "" if vera == passaggio.impronta_testo else _("le parole sono state cambiate")
