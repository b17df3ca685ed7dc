"""A look at what is covered: written down before it is shown."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.tempo import adesso
from segnalazioni.actions.passi import blocca
from segnalazioni.models import (
    RUOLI_UFFICIO,
    Consultazione,
    CosaVista,
    MotivoConsultazione,
    Segnalazione,
    ruoli_di_servizio,
)
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import in_veste_di


@transaction.atomic
def consulta(segnalazione: Segnalazione, *, operatore: User, cosa: CosaVista, motivo: str) -> Consultazione:
    """Writes the look down; whoever shows the thing calls it first. For the URP and the office that has the case.

    Raises DomainError "serve_un_motivo" or "non_ti_serve" (the case is another office's by now).
    """
    if motivo not in MotivoConsultazione.values:
        raise DomainError("serve_un_motivo", _("Scegli perché ti serve."))
    caso = blocca(segnalazione)
    ruoli = ruoli_di_servizio(caso, operatore) & RUOLI_UFFICIO
    if not ruoli:
        raise DomainError("non_ti_serve", _("Il caso adesso è di un altro ufficio."))
    return Consultazione.objects.create(
        segnalazione=caso, autore=operatore, ruolo=in_veste_di(ruoli), cosa=cosa, motivo=motivo, created_at=adesso()
    )


def recapiti_di(segnalazione: Segnalazione) -> list[tuple[str, str]]:
    """(kind, value) of what is known about who reported. Only after `consulta`."""
    chi = Seguace.objects.filter(segnalazione=segnalazione, segnalante=True).select_related("utente").first()
    trovati = [(_("Per conto di"), segnalazione.contributo.per_conto_di)]
    if chi is not None and chi.utente is not None:
        nome, email = (_("Nome"), chi.utente.get_full_name()), (_("E-mail"), chi.utente.email)
        trovati = [nome, email, (_("Telefono"), chi.telefono), *trovati]
    elif chi is not None:
        trovati = [(_("E-mail"), chi.email), (_("Telefono"), chi.telefono), *trovati]
    return [(nome, valore) for nome, valore in trovati if valore]
