"""Areas of a photo overwritten, for good in what is served; the picture as it was stays where no public door leads."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.immagini import ImmaginePulita, Zona, copri_zone
from core.storage import butta_dopo
from core.tempo import adesso
from segnalazioni.actions.moderazione import Perche, moderabile, registra
from segnalazioni.models import Atto, Foto, OriginaleFoto, Segnalazione

ZONE_MASSIME = 30


@transaction.atomic
def copri_foto(foto: Foto, *, operatore: User, perche: Perche, zone: Sequence[Zona]) -> Segnalazione:
    """Overwrites these areas, beside those covered before. The pixels are gone from what is served, thumbnail included.

    Raises DomainError "nessuna_zona", "troppe_zone", "foto_sparita" or those of segnalazioni.actions.moderazione.
    """
    caso, ruolo = moderabile(_caso_di(foto), operatore, perche)
    if not zone:
        raise DomainError("nessuna_zona", _("Segna almeno una zona da coprire."))
    foto = _bloccata(foto)
    originale = OriginaleFoto.objects.filter(foto=foto).first()
    tutte = [*(Zona(*z) for z in (originale.zone if originale else ())), *zone]
    if len(tutte) > ZONE_MASSIME:
        raise DomainError("troppe_zone", _("Al massimo %(n)d zone per foto.") % {"n": ZONE_MASSIME})
    coperta = _coperta(originale.file if originale else foto.file, tutte)
    if originale is None:
        originale = _metti_da_parte(foto)
    else:
        butta_dopo(foto.file, foto.miniatura)
    originale.zone = [[z.x, z.y, z.larghezza, z.altezza] for z in tutte]
    originale.save(update_fields=["zone"])
    foto.impronta, foto.peso = coperta.impronta, len(coperta.dati)
    foto.file.save("foto.jpg", ContentFile(coperta.dati), save=False)
    foto.miniatura.save("foto.jpg", ContentFile(coperta.miniatura), save=False)
    foto.save(update_fields=["file", "miniatura", "impronta", "peso"])
    return registra(caso, Atto.COPRE_FOTO, operatore, ruolo, perche, parti=[f"foto:{foto.uid}"])


@transaction.atomic
def scopri_foto(foto: Foto, *, operatore: User, perche: Perche) -> Segnalazione:
    """Puts the picture back as it was. Raises DomainError "niente_da_scoprire" once retention has dropped it."""
    caso, ruolo = moderabile(_caso_di(foto), operatore, perche)
    foto = _bloccata(foto)
    originale = OriginaleFoto.objects.filter(foto=foto).first()
    if originale is None:
        raise DomainError("niente_da_scoprire", _("Non c’è niente da scoprire: come era prima non si conserva più."))
    butta_dopo(foto.file, foto.miniatura)
    foto.file.name, foto.miniatura.name = originale.file.name, originale.miniatura.name
    foto.impronta, foto.peso = originale.impronta, originale.peso
    foto.save(update_fields=["file", "miniatura", "impronta", "peso"])
    originale.delete()
    return registra(caso, Atto.SCOPRE_FOTO, operatore, ruolo, perche, parti=[f"foto:{foto.uid}"])


def _caso_di(foto: Foto) -> Segnalazione:
    if foto.segnalazione is None:
        raise ValueError("a photo of a draft is nobody's to cover")
    return foto.segnalazione


def _bloccata(foto: Foto) -> Foto:
    try:
        return Foto.objects.select_for_update().get(pk=foto.pk)
    except Foto.DoesNotExist:
        raise DomainError("foto_sparita", _("Questa foto non c’è più.")) from None


def _coperta(file: FieldFile, zone: Sequence[Zona]) -> ImmaginePulita:
    try:
        with file.open("rb") as aperto:
            return copri_zone(aperto, zone)
    except FileNotFoundError:  # a storage being restored
        raise DomainError("foto_sparita", _("Il file di questa foto adesso non si trova: riprova più tardi.")) from None


def _metti_da_parte(foto: Foto) -> OriginaleFoto:
    """The files of a photo become those of its original, where they lie."""
    return OriginaleFoto.objects.create(
        foto=foto,
        file=foto.file.name,
        miniatura=foto.miniatura.name,
        peso=foto.peso,
        impronta=foto.impronta,
        created_at=adesso(),
    )
