"""Photos: private files, carried through a door that asks who is there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from segnalazioni.accesso import Accesso
from segnalazioni.fotografie import manda
from segnalazioni.models import Foto
from segnalazioni.views.porta import del_caso

# Kept, but asked about every time: a photo that was covered or removed a moment ago is served from no cache.
CACHE_PUBBLICA = "public, no-cache"


@require_safe
@del_caso
def foto(request: HttpRequest, accesso: Accesso, uid: UUID) -> HttpResponseBase:
    """One photo of the case, or its thumbnail (?piccola=1)."""
    una = Foto.objects.filter(segnalazione=accesso.caso, uid=uid).first()
    if una is None:
        raise Http404
    cache = CACHE_PUBBLICA if accesso.caso.pubblica else "private, no-store"
    return manda(request, una, nome=accesso.caso.codice, cache=cache)
