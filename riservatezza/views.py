"""One's own data: taken away, erased. By account, or by a link to the mailbox; for anybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts import magic
from core.errors import DomainError
from core.ratelimit import troppe
from riservatezza import actions
from riservatezza.forms import CancellaForm, CasellaForm
from riservatezza.models import RichiestaDati, StatoRichiesta
from riservatezza.persone import Persona

P = ParamSpec("P")
QUANTE, IN_SECONDI = 5, 900

privata = cache_control(private=True, no_store=True)


def _e_sua(request: HttpRequest, richiesta: RichiestaDati) -> bool:
    if richiesta.utente_id is not None:
        return request.user.is_authenticated and request.user.pk == richiesta.utente_id
    return magic.ha_dimostrato(request, richiesta.email)


def della_persona(
    vista: Callable[Concatenate[HttpRequest, RichiestaDati, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Gives the view the request that is this visitor's; another's, an old and an invented one are the same 404."""

    @wraps(vista)
    def porta(request: HttpRequest, uid: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        sua = RichiestaDati.objects.valide().select_related("utente").filter(uid=uid).first()
        if sua is None or not _e_sua(request, sua):
            raise Http404
        return privata(lambda r: vista(r, sua, *args, **kwargs))(request)

    return porta


@privata
@require_http_methods(["GET", "HEAD", "POST"])
def dati(request: HttpRequest) -> HttpResponse:
    """What can be done, and the way in: at once for an account, by a mailed link for a mailbox."""
    if not request.user.is_authenticated:
        return _ospite(request)
    if request.method != "POST":
        return render(request, "riservatezza/dati.html", {"modulo": None})
    sua = actions.apri_richiesta(Persona(utente=request.user))
    if request.POST.get("che") == "cancella":
        return redirect("riservatezza:cancella", uid=sua.uid)
    actions.chiedi_esportazione(sua)
    return redirect("riservatezza:richiesta", uid=sua.uid)


def _ospite(request: HttpRequest) -> HttpResponse:
    modulo = CasellaForm(request.POST or None)
    if request.method != "POST" or not modulo.is_valid():
        stato = 422 if request.method == "POST" else 200
        return render(request, "riservatezza/dati.html", {"modulo": modulo}, status=stato)
    if troppe(request, "i-tuoi-dati", quante=QUANTE, secondi=IN_SECONDI):
        modulo.add_error(None, _("Hai già chiesto diversi collegamenti: aspetta un quarto d’ora e guarda nella posta."))
        return render(request, "riservatezza/dati.html", {"modulo": modulo}, status=429)
    actions.chiedi_collegamento(modulo.cleaned_data["email"])
    return render(request, "riservatezza/chiesto.html", {"email": modulo.cleaned_data["email"]})


@privata
@sensitive_variables("segreto")
@require_http_methods(["GET", "HEAD", "POST"])
def chiave(request: HttpRequest, segreto: str) -> HttpResponse:
    """The link of the mail: looking at it changes nothing, the button uses it."""
    percorso = reverse("riservatezza:dati")
    if not magic.valido(segreto, percorso):
        risposta = render(request, "riservatezza/dati.html", {"modulo": CasellaForm(), "scaduto": True}, status=410)
    elif request.method != "POST":
        risposta = render(request, "riservatezza/chiave.html", {})
    else:
        email = magic.consuma(segreto, percorso)
        sua = actions.apri_richiesta(Persona(email=email))
        magic.ricorda(request, email)
        risposta = redirect("riservatezza:richiesta", uid=sua.uid)
    risposta["Referrer-Policy"] = "strict-origin"
    risposta["X-Robots-Tag"] = "noindex"
    return risposta


@require_http_methods(["GET", "HEAD", "POST"])
@della_persona
def richiesta(request: HttpRequest, sua: RichiestaDati) -> HttpResponse:
    """How far the export has come; POST has it prepared."""
    if request.method == "POST":
        actions.chiedi_esportazione(sua)
        return redirect("riservatezza:richiesta", uid=sua.uid)
    contesto = {"richiesta": sua, "in_corso": sua.stato == StatoRichiesta.IN_PREPARAZIONE}
    return render(request, "riservatezza/richiesta.html", contesto)


@require_safe
@della_persona
def scarica(request: HttpRequest, sua: RichiestaDati) -> HttpResponseBase:
    """The file, for its owner."""
    if not sua.pronta:
        raise Http404
    try:
        file = sua.file.open("rb")
    except FileNotFoundError as manca:
        raise Http404 from manca
    return FileResponse(file, as_attachment=True, filename="i-tuoi-dati.zip", content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
@della_persona
def cancella(request: HttpRequest, sua: RichiestaDati) -> HttpResponseBase:
    """What stays, said before; then the tick. An account says again who it is first."""
    if sua.utente_id is None:
        return _cancella(request, sua)
    di_nuovo: Callable[..., HttpResponse] = reauthentication_required(allow_get=False)(_cancella)
    return di_nuovo(request, sua)


def _cancella(request: HttpRequest, sua: RichiestaDati) -> HttpResponse:
    persona = Persona(sua.utente, sua.email)
    modulo = CancellaForm(request.POST or None)
    stato = 200
    if request.method == "POST" and modulo.is_valid():
        try:
            actions.cancella_dati(persona)
        except DomainError as rifiuto:
            modulo.add_error(None, rifiuto.messaggio)
            stato = 409
        else:
            return _fatto(request, persona)
    elif request.method == "POST":
        stato = 422
    contesto = {"richiesta": sua, "modulo": modulo, "resta": actions.resta(persona)}
    return render(request, "riservatezza/cancella.html", contesto, status=stato)


def _fatto(request: HttpRequest, persona: Persona) -> HttpResponse:
    if persona.utente is not None:
        logout(request)
    messages.success(request, _("Fatto: i tuoi dati sono cancellati. Le segnalazioni vanno avanti senza il tuo nome."))
    return redirect("/")
