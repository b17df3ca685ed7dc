"""The words people leave under pages, at the desk of the URP: read, and covered where they should not stand."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chiarezza import actions
from chiarezza.forms import OscuraForm
from chiarezza.models import Giudizio, MotivoOscuramento
from chiarezza.risultati import conti_di
from comune.porte import RichiestaDiServizio, solo_urp

PER_PAGINA = 50


@require_safe
@solo_urp
def parole(request: RichiestaDiServizio) -> HttpResponse:
    """Opinions with words, newest first, those that were covered among them; and all of them counted."""
    righe = Giudizio.objects.filter(~Q(parole="") | Q(oscuramenti__isnull=False)).distinct()
    righe = righe.prefetch_related("oscuramenti__autore")
    recenti, prima = conti_di(Giudizio.objects.all())
    contesto = {
        "pagina": Paginator(righe, PER_PAGINA).get_page(request.GET.get("pagina")),
        "recenti": recenti,
        "prima": prima,
        "motivi": MotivoOscuramento.choices,
    }
    return render(request, "chiarezza/parole.html", contesto)


@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def oscura(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """Covers the words of one opinion. Opened by hand it leads to the list."""
    if request.method != "POST":
        return redirect("scrivania_chiarezza:parole")
    giudizio = get_object_or_404(Giudizio, pk=pk)
    form = OscuraForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Scegli perché copri queste parole."))
        return redirect("scrivania_chiarezza:parole")
    actions.oscura(giudizio, operatore=request.user, motivo=form.cleaned_data["motivo"])
    messages.success(request, _("Parole coperte. Le stelle contano ancora."))
    return redirect("scrivania_chiarezza:parole")
