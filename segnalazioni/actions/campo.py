"""Steps taken in the street, by a phone that may send them more than once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.tempo import adesso
from segnalazioni.actions.passi import blocca, pretendi_versione
from segnalazioni.actions.ufficio import prendi_in_carico, risolvi
from segnalazioni.models import InvioDalCampo, Passaggio, Segnalazione
from segnalazioni.workflow import PROCEDURA

if TYPE_CHECKING:
    from accounts.models import User

PASSI_DAL_CAMPO = ("prendi_in_carico", "risolvi")


@transaction.atomic
def dal_campo(
    segnalazione: Segnalazione,
    *,
    operatore: User,
    passo: str,
    chiave: UUID,
    versione: int,
    testo: str = "",
    foto: Sequence[ImmaginePulita] = (),
) -> Segnalazione:
    """Takes the step once for each key; the same key again answers the case as it is. passo: of PASSI_DAL_CAMPO.

    A case that nobody had taken charge of yet and is done is taken charge of first: two links of the chain.
    Raises DomainError "caso_cambiato" when it moved since the phone read it, "chiave_di_altro" for a key that was
    somebody else's or another step's, and what the steps raise.
    """
    caso = blocca(segnalazione)
    gia = InvioDalCampo.objects.filter(chiave=chiave).select_related("passaggio").first()
    if gia is not None:
        if (gia.autore_id, gia.segnalazione_id, gia.passaggio.passo) != (operatore.pk, caso.pk, passo):
            raise DomainError("chiave_di_altro", _("Questo invio non è valido: apri di nuovo la segnalazione."))
        return caso
    caso = pretendi_versione(caso, versione)
    if passo == "prendi_in_carico":
        caso = prendi_in_carico(caso, operatore=operatore, testo=testo)
    else:
        if not PROCEDURA.cerca(caso.stato, "risolvi") and PROCEDURA.cerca(caso.stato, "prendi_in_carico"):
            caso = prendi_in_carico(caso, operatore=operatore)
        caso = risolvi(caso, operatore=operatore, testo=testo, foto=foto)
    ultimo = Passaggio.objects.filter(segnalazione=caso).latest("numero")
    InvioDalCampo.objects.create(
        chiave=chiave, autore=operatore, segnalazione=caso, passaggio=ultimo, created_at=adesso()
    )
    return caso
