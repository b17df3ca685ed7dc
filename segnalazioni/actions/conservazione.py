"""What retention and erasure take from a case: words and contacts, never its steps or what is counted."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Round

from core.tempo import adesso
from segnalazioni.models import Categoria, ParteCoperta, Segnalazione
from segnalazioni.models.segnalazione import RECAPITO, Seguace
from segnalazioni.ricerca import indicizza

DECIMALI = 3  # of a degree: about 100 m, so that a point names an area and no longer a house


def svuota_parole(chiavi: Iterable[int]) -> None:
    """Takes the words of these cases away; the name of the category stands for the title.

    The point is made coarse; the quartiere was found when it was exact, and stays. The chain then no longer asks for
    the words of their steps (segnalazioni.catena). To be called in a transaction.
    """
    chiavi = list(chiavi)
    categoria = Categoria.objects.filter(pk=OuterRef("categoria"))
    Segnalazione.objects.filter(pk__in=chiavi, svuotata_il__isnull=True).update(
        titolo=Subquery(categoria.values("nome")[:1]),
        testo="",
        risposte={},
        indirizzo="",
        luogo_a_parole="",
        lat=Round("lat", DECIMALI),
        lon=Round("lon", DECIMALI),
        svuotata_il=adesso(),
        revisione=F("revisione") + 1,
    )
    ParteCoperta.objects.filter(segnalazione__in=chiavi).delete()
    indicizza(*Segnalazione.objects.filter(pk__in=chiavi).per_elenco())


def svuota_recapiti(chiavi: Iterable[int]) -> None:
    """Takes the contacts out of these rows of followers; who stood in several of a group is still counted once.

    To be called in a transaction.
    """
    chiavi = list(chiavi)
    _segna_le_persone(chiavi)
    Seguace.objects.filter(pk__in=chiavi).update(email="", telefono="", sessione="")


def _segna_le_persone(chiavi: list[int]) -> None:
    """One random sign on all rows of a person in a group, where there are several: also on those that keep their
    contact for now, else the same person would be counted by it and by the sign. Another group, another sign."""
    righe: Any = Seguace.objects.annotate(recapito=RECAPITO, capo=Coalesce("segnalazione__radice", "segnalazione"))
    tolte = righe.filter(pk__in=chiavi, recapito__isnull=False)
    persone = set(tolte.values_list("capo", "recapito"))
    capi, recapiti = {capo for capo, _recapito in persone}, {recapito for _capo, recapito in persone}
    gruppi: dict[tuple[int, str], list[Seguace]] = defaultdict(list)
    nel_gruppo = Q(segnalazione__in=capi) | Q(segnalazione__radice__in=capi)
    for riga in righe.filter(nel_gruppo, recapito__in=recapiti).order_by("pk"):
        gruppi[riga.capo, riga.recapito].append(riga)
    segnate = []
    for persona, sue in gruppi.items():
        if persona in persone and len(sue) > 1:
            segno = next((riga.segno for riga in sue if riga.segno), "") or secrets.token_hex(16)
            segnate += [riga for riga in sue if riga.segno != segno]
            for riga in sue:
                riga.segno = segno
    Seguace.objects.bulk_update(segnate, ["segno"], batch_size=500)
