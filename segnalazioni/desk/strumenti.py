"""What colleagues set up for themselves: views that they keep, canned answers, shortcuts on or off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import e_urp
from core.errors import DomainError
from segnalazioni.actions.banco import salva_vista
from segnalazioni.actions.ufficio import VERBI
from segnalazioni.desk.coda import Coda
from segnalazioni.desk.mosse import PAROLE
from segnalazioni.forms.banco import RispostaForm, VistaForm, diretti_da
from segnalazioni.models import RispostaPronta, VistaSalvata
from segnalazioni.workflow import PROCEDURA

CHE_SI_LEGGE = ("GET", "HEAD", "POST")


# --- views of the queue -------------------------------------------------------------------------------------


@require_safe
@di_servizio
def viste(request: RichiestaDiServizio) -> HttpResponse:
    """Mine, to change and to put in order."""
    mie = VistaSalvata.objects.filter(utente=request.user).select_related("ufficio").order_by("ordine", "pk")
    return render(request, "segnalazioni/scrivania/viste.html", {"viste": mie})


@require_http_methods(CHE_SI_LEGGE)
@di_servizio
def vista_nuova(request: RichiestaDiServizio) -> HttpResponse:
    """Keeps the view that the query string opens under a name."""
    query = Coda.leggi(request.user, request.GET).query()
    form = VistaForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            salva_vista(request.user, query=query.removeprefix("?"), **form.cleaned_data)
        except DomainError as rifiuto:
            form.add_error(None, rifiuto.messaggio)
        else:
            messages.success(request, _("Elenco salvato."))
            return redirect(f"{reverse('scrivania:coda')}{query}")
    return _modulo_vista(request, form, f"{request.path}{query}")


@require_http_methods(CHE_SI_LEGGE)
@di_servizio
def vista(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """Another name, another place, shared or not; or gone. Only for whose it is."""
    mia = get_object_or_404(VistaSalvata, pk=pk, utente=request.user)
    if "elimina" in request.POST:
        mia.delete()
        messages.success(request, _("Elenco eliminato."))
        return redirect("scrivania:viste")
    form = VistaForm(request.user, request.POST or None, instance=mia)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("scrivania:viste")
    return _modulo_vista(request, form, request.path)


def _modulo_vista(request: RichiestaDiServizio, form: VistaForm, azione: str) -> HttpResponse:
    status = 422 if form.errors else 200
    contesto = {
        "form": form,
        "azione": azione,
        "titolo": _("Salva questo elenco") if form.instance.pk is None else _("Cambia l’elenco salvato"),
        "indietro": reverse("scrivania:viste"),
        "elimina": form.instance.pk is not None,
    }
    return render(request, "segnalazioni/scrivania/strumento.html", contesto, status=status)


# --- canned answers -----------------------------------------------------------------------------------------


@require_safe
@di_servizio
def risposte(request: RichiestaDiServizio) -> HttpResponse:
    """Those that this colleague may use; with the way to change those that are theirs to change."""
    righe = [
        (r, _scrive(request, r), [str(PAROLE[p].nome) for p in r.passi if p in PAROLE])
        for r in RispostaPronta.objects.leggibili(request.user)
    ]
    contesto = {"righe": righe, "nuova": e_urp(request.user) or bool(diretti_da(request.user))}
    return render(request, "segnalazioni/scrivania/risposte.html", contesto)


@require_http_methods(CHE_SI_LEGGE)
@di_servizio
def risposta_nuova(request: RichiestaDiServizio) -> HttpResponse:
    """A new one: of the URP for all or for an office, of who heads an office for that office."""
    if not e_urp(request.user) and not diretti_da(request.user):
        raise PermissionDenied
    return _modulo_risposta(request, None)


@require_http_methods(CHE_SI_LEGGE)
@di_servizio
def risposta(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """Changes or removes one. 404: of another office; 403: to be read, not to be changed."""
    una = get_object_or_404(RispostaPronta.objects.leggibili(request.user), pk=pk)
    if not _scrive(request, una):
        raise PermissionDenied
    if "elimina" in request.POST:
        una.delete()
        messages.success(request, _("Risposta pronta eliminata."))
        return redirect("scrivania:risposte")
    return _modulo_risposta(request, una)


def _scrive(request: RichiestaDiServizio, una: RispostaPronta) -> bool:
    return e_urp(request.user) or una.ufficio_id in diretti_da(request.user)


def _modulo_risposta(request: RichiestaDiServizio, una: RispostaPronta | None) -> HttpResponse:
    con_testo = {r.passo for r in PROCEDURA.righe if "testo" in (*r.serve, *r.puo)}
    passi = [(p, str(PAROLE[p].nome)) for p in VERBI if p in con_testo]
    form = RispostaForm(request.user, passi, request.POST or None, instance=una)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Risposta pronta salvata."))
        return redirect("scrivania:risposte")
    contesto: dict[str, Any] = {
        "form": form,
        "azione": request.path,
        "titolo": _("Risposta pronta nuova") if una is None else _("Cambia la risposta pronta"),
        "indietro": reverse("scrivania:risposte"),
        "elimina": una is not None,
    }
    return render(request, "segnalazioni/scrivania/strumento.html", contesto, status=422 if form.errors else 200)


# --- shortcuts ----------------------------------------------------------------------------------------------


@require_POST
@di_servizio
def scorciatoie(request: RichiestaDiServizio) -> HttpResponse:
    """Switches the single-key shortcuts on or off, for this person wherever they work."""
    request.user.scorciatoie = request.POST.get("accese") == "si"
    request.user.save(update_fields=["scorciatoie"])
    return HttpResponse(status=204)
