"""The verbs of a draft: written step by step, kept for a day, gone at once when its author says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.tempo import adesso
from segnalazioni.actions.foto import aggiungi_foto, togli_foto
from segnalazioni.models import Bozza, Foto

DURATA = timedelta(hours=24)


@transaction.atomic
def salva_bozza(bozza: Bozza | None, parti: Mapping[str, Any]) -> Bozza:
    """Writes these parts of a draft (step → what was typed there) and keeps the others; it lives for another day.

    Without a draft it begins one. Raises DomainError "bozza_sparita" when it was sent or dropped in the meantime.
    """
    if bozza is None:
        return Bozza.objects.create(dati=dict(parti), scade_il=adesso() + DURATA)
    bozza = _blocca(bozza)
    bozza.dati = {**bozza.dati, **parti}
    bozza.scade_il = adesso() + DURATA
    bozza.save(update_fields=["dati", "scade_il"])
    return bozza


@transaction.atomic
def cancella_bozza(bozza: Bozza, *, solo_se_scaduta: bool = False) -> bool:
    """Drops a draft and its photos, files included; False when it is gone already.

    solo_se_scaduta: leave it when its author has just written in it again.
    """
    quali = Bozza.objects.scadute() if solo_se_scaduta else Bozza.objects.all()
    bloccata = quali.select_for_update().filter(pk=bozza.pk).first()
    if bloccata is None:
        return False
    for foto in Foto.objects.filter(bozza=bloccata):
        togli_foto(foto)
    bloccata.delete()
    return True


@transaction.atomic
def aggiungi_alla_bozza(bozza: Bozza, immagine: ImmaginePulita, *, nome: str) -> Foto:
    """Adds one clean photo to a draft.

    Raises DomainError "foto_doppia" (the same pixels are there), "troppe_foto" (there are five) or "bozza_sparita".
    """
    bozza = _blocca(bozza)  # before the count: two uploads at once must not make six of five
    if Foto.objects.filter(bozza=bozza, impronta=immagine.impronta).exists():
        raise DomainError("foto_doppia", _("Questa foto c’è già."))
    return aggiungi_foto([immagine], bozza=bozza, nomi=[nome])[0]


@transaction.atomic
def descrivi_foto(bozza: Bozza, didascalie: Mapping[UUID, str]) -> None:
    """Writes what is seen in the photos of a draft (uid → words); photos of others are left alone."""
    for foto in Foto.objects.filter(bozza=bozza, uid__in=didascalie):
        if foto.didascalia != didascalie[foto.uid]:
            foto.didascalia = didascalie[foto.uid]
            foto.save(update_fields=["didascalia"])


def _blocca(bozza: Bozza) -> Bozza:
    try:
        return Bozza.objects.select_for_update().get(pk=bozza.pk)
    except Bozza.DoesNotExist:
        raise DomainError(
            "bozza_sparita", _("Questa bozza non c’è più: l’hai inviata o cancellata in un’altra scheda.")
        ) from None
