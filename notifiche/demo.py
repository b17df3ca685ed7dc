"""The mails of the demonstration, read in the browser. Included by the site's addresses only where DEMO is on."""

from __future__ import annotations

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from notifiche import cassetta

PER_PAGINA = 25
# Mails carry their styles inside: theirs is a policy of its own, styles and nothing else.
POLITICA = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}
_ALTROVE = '<head>\n    <base target="_blank">'  # links open beside the page, not inside its frame


@require_safe
def posta(request: HttpRequest) -> HttpResponse:
    """The list, newest first."""
    pagina = Paginator(cassetta.nomi(), PER_PAGINA).get_page(request.GET.get("pagina"))
    lettere = [lettera for nome in pagina.object_list if (lettera := cassetta.leggi(nome))]
    return render(request, "demo/posta.html", {"pagina": pagina, "lettere": lettere})


def _lettera(nome: str) -> cassetta.Lettera:
    lettera = cassetta.leggi(nome)
    if lettera is None:
        raise Http404("no such mail")
    return lettera


@require_safe
def messaggio(request: HttpRequest, nome: str) -> HttpResponse:
    """One mail: its text, and its HTML in a frame."""
    return render(request, "demo/messaggio.html", {"lettera": _lettera(nome)})


@require_safe
@csp(POLITICA)  # type: ignore[arg-type]  # typed for views without arguments
def html(request: HttpRequest, nome: str) -> HttpResponse:
    """The HTML part alone, for the frame."""
    corpo = _lettera(nome).html
    if not corpo:
        raise Http404("no HTML part")
    return HttpResponse(corpo.replace("<head>", _ALTROVE, 1))


app_name = "demo"
urlpatterns = [
    path("posta/", posta, name="posta"),
    path("posta/<slug:nome>/", messaggio, name="messaggio"),
    path("posta/<slug:nome>/html/", html, name="html"),
]
