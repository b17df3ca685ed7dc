"""Who else is at a case now: a fragment, fetched when the socket says that it has changed. Colleagues only."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from core import presenza
from segnalazioni.actions import gruppo_note
from segnalazioni.desk._permessi import caso_di
from segnalazioni.models import colleghi_di


@require_safe
@never_cache
@di_servizio
def presenti(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """The other colleagues who have the page of the case open, and which of them are writing."""
    caso = caso_di(request.user, codice)
    altri = {collega.pk: collega for collega in colleghi_di(caso).exclude(pk=request.user.pk)}
    fanno = presenza.presenti(gruppo_note(caso.codice), altri)
    voci = [(altri[pk], fanno[pk] == presenza.SCRIVE) for pk in altri if pk in fanno]
    return render(request, "segnalazioni/scrivania/_presenti.html", {"voci": voci})
