"""Photos at the desk, also those of private cases."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from segnalazioni.desk._permessi import caso_di
from segnalazioni.fotografie import manda
from segnalazioni.models import Foto


@require_safe
@di_servizio
def foto(request: RichiestaDiServizio, codice: str, uid: UUID) -> HttpResponseBase:
    """One photo of a case that is this colleague's to work on."""
    caso = caso_di(request.user, codice)
    una = get_object_or_404(Foto, segnalazione=caso, uid=uid)
    return manda(request, una, nome=caso.codice, cache="private, no-store")
