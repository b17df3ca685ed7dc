"""The door of the editors' pictures, where no bucket serves them."""

from __future__ import annotations

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

UN_ANNO = 31_536_000  # seconds: a picture in one size never changes, another one has another name


@require_safe
def resa(request: HttpRequest, nome: str) -> FileResponse:
    """One size of a picture, which is public. Originals and documents have no address here; nor do reports' photos."""
    try:
        file = default_storage.open(f"images/{nome}")
    except FileNotFoundError:
        raise Http404 from None
    tipo = mimetypes.guess_type(nome)[0] or "application/octet-stream"
    headers = {"Cache-Control": f"public, max-age={UN_ANNO}, immutable", "Content-Security-Policy": "sandbox"}
    return FileResponse(file, content_type=tipo, headers=headers)
