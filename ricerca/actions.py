"""The verbs of the index: it follows what the site says. Called by ricerca.receivers and by the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import Truncator

from ricerca.fonti import FONTI, Voce, documenti_di_tutti
from ricerca.models import Occorrenza, Trovabile

A_VOLTA = 100  # things of one transaction when all of them are made anew
_CAMPI = ("specie", "url", "titolo", "sommario", "corpo", "giorno", "parole", "aggiornato_il")


@transaction.atomic
def aggiorna(nome: str, chiavi: Iterable[int]) -> int:
    """What these rows of a source say becomes findable; what is private, unpublished or gone no longer is.

    Reads the rows again, locked: who saves a draft holds another text in hand, and of two who publish at once the
    second is the one that counts. Returns how many of them are findable.
    """
    fonte, chiavi = FONTI[nome], list(chiavi)
    if fonte.modello is not None:
        list(fonte.modello.objects.select_for_update().filter(pk__in=chiavi).order_by("pk").values_list("pk"))
    voci = list(fonte.voci(chiavi))
    restano = {voce.chiave for voce in voci}
    Trovabile.objects.filter(chiave__in={fonte.chiave(pk) for pk in chiavi} - restano).delete()
    scrivi(voci)
    return len(voci)


@transaction.atomic
def togli(nome: str, chiavi: Iterable[int]) -> None:
    """Rows that are being deleted are not found any more."""
    Trovabile.objects.filter(chiave__in=[FONTI[nome].chiave(pk) for pk in chiavi]).delete()


@transaction.atomic
def allinea_documenti() -> None:
    """Those that a public page has begun to use, or uses no more. Three queries where nothing has changed."""
    adesso = set(documenti_di_tutti().values_list("pk", flat=True))
    chiavi = Trovabile.objects.filter(chiave__startswith="documento:").values_list("chiave", flat=True)
    if diversi := adesso ^ {int(chiave.partition(":")[2]) for chiave in chiavi}:
        aggiorna("documento", sorted(diversi))


def rifai() -> int:
    """The whole index anew, while people search. Returns how many things are findable."""
    return sum(_rifai_da_righe(nome) if fonte.modello else _rifai_scritte(nome) for nome, fonte in FONTI.items())


def _manciate(tutte: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for inizio in range(0, len(tutte), A_VOLTA):
        yield tutte[inizio : inizio + A_VOLTA]


def _rifai_da_righe(nome: str) -> int:
    fonte = FONTI[nome]
    chiavi = list(fonte.modello.objects.order_by("pk").values_list("pk", flat=True))
    _dimentica_altre(nome, {fonte.chiave(pk) for pk in chiavi})
    return sum(aggiorna(nome, manciata) for manciata in _manciate(chiavi))


@transaction.atomic
def _rifai_scritte(nome: str) -> int:
    voci = list(FONTI[nome].voci(None))
    _dimentica_altre(nome, {voce.chiave for voce in voci})
    scrivi(voci)
    return len(voci)


def _dimentica_altre(nome: str, restano: set[str]) -> None:
    tutte = Trovabile.objects.filter(chiave__startswith=f"{nome}:")
    sparite = set(tutte.values_list("chiave", flat=True)) - restano
    for manciata in _manciate(sorted(sparite)):
        tutte.filter(chiave__in=manciata).delete()


def scrivi(voci: Sequence[Voce]) -> None:
    """Makes these things findable as they are said here: three statements, and one more for each 2,000 words."""
    righe = Trovabile.objects.bulk_create(
        [_riga(voce) for voce in voci], update_conflicts=True, unique_fields=["chiave"], update_fields=_CAMPI
    )
    Occorrenza.objects.filter(trovabile__in=righe).delete()
    Occorrenza.objects.bulk_create(
        [
            Occorrenza(trovabile=riga, forma=forma, radice=radice, peso=peso)
            for riga, voce in zip(righe, voci, strict=True)
            for forma, (radice, peso) in voce.pesi().items()
        ],
        batch_size=2_000,
    )


def _riga(voce: Voce) -> Trovabile:
    return Trovabile(
        chiave=voce.chiave,
        specie=voce.specie,
        url=voce.url,
        titolo=Truncator(voce.titolo).chars(300),
        sommario=Truncator(voce.sommario).chars(500),
        corpo=voce.corpo,
        giorno=voce.giorno,
        parole=voce.in_ordine(),
    )
