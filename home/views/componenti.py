"""The gallery: every part that pages are made of, with sample data and its states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chiarezza.templatetags.chiarezza import chiarezza
from home import campioni, campioni_blocchi


@require_safe
def componenti(request: HttpRequest) -> HttpResponse:
    """Parts of the public pages."""
    contesto = campioni.pubblici()
    # On a page of their own these two take the focus and the one h1: here they are only looked at.
    voci = [("x-email", _("E-mail: manca la parte dopo la chiocciola."))]
    errori = _pezzo("errori", voci=voci, titolo=_("C’è una cosa da sistemare"))
    ricevuta = _pezzo("ricevuta", titolo=_("Ricevuta, grazie"), numero="LU-7K3F-92QD", slot="")
    contesto["errori"] = _senza(errori.replace('role="alert"', 'role="group"'), " autofocus", " data-lp-errori")
    contesto["ricevuta"] = _senza(ricevuta.replace("h1", "p"))
    contesto["chiarezza"] = _pezzo("chiarezza", **chiarezza(reverse("home:crediti")))
    return render(request, "home/componenti.html", contesto)


def _pezzo(nome: str, **valori: object) -> str:
    return render_to_string(f"components/{nome}.html", valori)


def _senza(markup: str, *attributi: str) -> SafeString:
    for attributo in attributi:
        markup = markup.replace(attributo, "")
    return mark_safe(markup)  # our own component, rendered a moment ago


@require_safe
def componenti_scrivania(request: HttpRequest) -> HttpResponse:
    """What the desk adds to them."""
    return render(request, "home/componenti_scrivania.html", campioni.di_scrivania())


@require_safe
def componenti_blocchi(request: HttpRequest) -> HttpResponse:
    """What pages are made of."""
    contesto = {"blocchi": campioni_blocchi.blocchi(), "briciole": [(_("Componenti"), reverse("home:componenti"))]}
    return render(request, "home/componenti_blocchi.html", contesto)
