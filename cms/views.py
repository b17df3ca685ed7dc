"""The way in of the editors, and the door of their pictures where no bucket serves them."""

from __future__ import annotations

import mimetypes

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from cms.documenti import si_legge
from cms.models import Documento

UN_ANNO = 31_536_000  # seconds: a picture in one size never changes, another one has another name


@require_safe
def login(request: HttpRequest) -> HttpResponse:
    """To the login of everybody. Who is in and comes here has been sent back by Wagtail: 403, not a circle."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.META.get('QUERY_STRING', '')}")


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


@require_safe
def documento(request: HttpRequest, numero: int, nome: str) -> HttpResponseBase:
    """An editor's file. One that has been replaced is found at its former address too: its number is what counts.

    Not so in a closed collection: whoever tried numbers would be told the names of its files. One that no public page
    uses is nobody's business yet.
    """
    ora = get_object_or_404(Documento, pk=numero)
    if not si_legge(ora, request.user):
        raise Http404
    if ora.filename != nome:
        if any(not r.accept_request(request) for r in ora.collection.get_view_restrictions()):
            raise Http404
        return redirect(ora.url)
    risposta: HttpResponseBase = serve(request, numero, nome)
    return risposta
