"""Photos: private files, carried through a door that asks who is there."""

from __future__ import annotations

from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from segnalazioni.accesso import Accesso
from segnalazioni.models import Foto
from segnalazioni.views.porta import del_caso

CACHE_PUBBLICA = 300  # seconds: a photo covered or removed by staff must be gone soon


@require_safe
@del_caso
def foto(request: HttpRequest, accesso: Accesso, uid: UUID) -> HttpResponseBase:
    """One photo of the case, or its thumbnail (?piccola=1). Pixels only: it was written again when it came in."""
    una = Foto.objects.filter(segnalazione=accesso.caso, uid=uid).first()
    if una is None:
        raise Http404
    piccola = bool(request.GET.get("piccola"))
    segno = f'"{una.impronta[:32]}{"-p" if piccola else ""}"'
    if (uguale := get_conditional_response(request, etag=segno)) is not None:
        return uguale
    return _manda(una.miniatura if piccola else una.file, accesso, segno)


def _manda(quale: FieldFile, accesso: Accesso, segno: str) -> FileResponse:
    try:
        contenuto = quale.open("rb")
    except FileNotFoundError as manca:  # retention, or a storage being restored
        raise Http404 from manca
    risposta = FileResponse(contenuto, content_type="image/jpeg", filename=f"{accesso.caso.codice}.jpg")
    risposta["ETag"] = segno
    risposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    risposta["X-Content-Type-Options"] = "nosniff"
    if accesso.caso.pubblica:
        risposta["Cache-Control"] = f"public, max-age={CACHE_PUBBLICA}"
    return risposta
