"""Photos are private files: the door decides who may have one, this carries it."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from segnalazioni.models import Foto


def manda(request: HttpRequest, foto: Foto, *, nome: str, cache: str) -> HttpResponseBase:
    """One photo, or its thumbnail (?piccola=1), streamed; 304 when the browser has it. Pixels only, by construction.

    nome: of the file, without ending; cache: Cache-Control of the answer. Raises Http404 when the file is gone.
    """
    piccola = bool(request.GET.get("piccola"))
    segno = f'"{foto.impronta[:32]}{"-p" if piccola else ""}"'
    if (uguale := get_conditional_response(request, etag=segno)) is not None:
        return uguale
    risposta = manda_file(foto.miniatura if piccola else foto.file, nome=nome, cache=cache)
    risposta["ETag"] = segno
    return risposta


def manda_file(file: FieldFile, *, nome: str, cache: str) -> FileResponse:
    """One of our JPEG files. Raises Http404 when it is gone."""
    risposta = FileResponse(_apri(file), content_type="image/jpeg", filename=f"{nome}.jpg")
    risposta["Cache-Control"] = cache
    risposta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    risposta["X-Content-Type-Options"] = "nosniff"
    return risposta


def _apri(file: FieldFile) -> FieldFile:
    try:
        return file.open("rb")
    except FileNotFoundError as manca:  # retention, or a storage being restored
        raise Http404 from manca
