"""Photos of a draft, of a report or of a step: already clean when they come here."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.storage import butta_dopo
from core.tempo import adesso
from segnalazioni.models import MASSIMO_FOTO, Bozza, Foto, Passaggio, Segnalazione


@transaction.atomic
def aggiungi_foto(
    immagini: Sequence[ImmaginePulita],
    *,
    bozza: Bozza | None = None,
    segnalazione: Segnalazione | None = None,
    passaggio: Passaggio | None = None,
    nomi: Sequence[str] = (),
) -> list[Foto]:
    """Keeps clean pictures in the private storage. Of a draft or of a report (and perhaps of one of its steps).

    Raises DomainError "troppe_foto" over five per draft or step.
    """
    if not immagini:
        return []
    gia = Foto.objects.filter(bozza=bozza, segnalazione=segnalazione, passaggio=passaggio).count()
    if gia + len(immagini) > MASSIMO_FOTO:
        raise DomainError("troppe_foto", _("Al massimo %(n)d foto.") % {"n": MASSIMO_FOTO})
    fatte = []
    for i, pulita in enumerate(immagini):
        foto = Foto(
            bozza=bozza,
            segnalazione=segnalazione,
            passaggio=passaggio,
            larghezza=pulita.larghezza,
            altezza=pulita.altezza,
            peso=len(pulita.dati),
            impronta=pulita.impronta,
            nome=nomi[i][:120] if i < len(nomi) else "",
            created_at=adesso(),
        )
        foto.file.save("foto.jpg", ContentFile(pulita.dati), save=False)
        foto.miniatura.save("foto.jpg", ContentFile(pulita.miniatura), save=False)
        foto.save()
        fatte.append(foto)
    return fatte


def togli_foto(foto: Foto) -> None:
    """Removes a photo of a draft, and its files once that is certain."""
    butta_dopo(foto.file, foto.miniatura)
    foto.delete()
