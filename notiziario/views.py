"""Getting the news by e-mail: asking, confirming, choosing, stopping.

Two kinds of link: that of the confirmation proves the mailbox, once and for three days (accounts.magic); the one at the
foot of every mail is signed, lasts as long as the subscription, shows no address, and may only change or stop it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts import magic
from core.ratelimit import troppe
from core.tokens import firma, leggi_firma
from notifiche.tipi import LISTA_NOVITA
from notiziario import actions
from notiziario.forms import IscrivitiForm, SceltaForm, iniziali
from notiziario.models import Abbonamento

if TYPE_CHECKING:
    from accounts.models import User

P = ParamSpec("P")
QUANTE, IN_SECONDI = 5, 900

privata = cache_control(private=True, no_store=True)


def _rendi(request: HttpRequest, nome: str, contesto: dict[str, Any], stato: int = 200) -> HttpResponse:
    tutto = {**contesto, "briciole": [(_("Novità"), "/novita/")]}
    return render(request, f"notiziario/{nome}", tutto, status=stato)


def segno_di(abbonamento: Abbonamento) -> str:
    """The signed name of a subscription, for its links."""
    return firma(abbonamento.uid.hex, LISTA_NOVITA)


@privata
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """Asking for the news: a mailbox gets a link to confirm; an account has one already."""
    if request.user.is_authenticated:
        return _account(request, request.user)
    scelti = {"argomenti": request.GET.getlist("argomento"), "rubriche": request.GET.getlist("rubrica")}
    modulo = IscrivitiForm(request.POST or None, initial=scelti)
    if request.method != "POST":
        return _pagina(request, modulo)
    if not modulo.is_valid():
        return _pagina(request, modulo, stato=422)
    if troppe(request, "newsletter", quante=QUANTE, secondi=IN_SECONDI):
        modulo.add_error(None, _("Hai già chiesto diversi collegamenti: aspetta un quarto d’ora e guarda nella posta."))
        return _pagina(request, modulo, stato=429)
    actions.chiedi(modulo.cleaned_data["email"], modulo.scelte)
    return _rendi(request, "chiesto.html", {"email": modulo.cleaned_data["email"]})


def _pagina(request: HttpRequest, modulo: SceltaForm, stato: int = 200, suo: Abbonamento | None = None) -> HttpResponse:
    return _rendi(request, "newsletter.html", {"modulo": modulo, "abbonamento": suo}, stato=stato)


def _account(request: HttpRequest, utente: User) -> HttpResponse:
    suo = Abbonamento.objects.attivi().di(utente).first()
    scelti = {"argomenti": request.GET.getlist("argomento"), "rubriche": request.GET.getlist("rubrica")}
    if request.method != "POST":
        return _pagina(request, SceltaForm(initial=iniziali(suo) if suo else scelti), suo=suo)
    if request.POST.get("che") == "ferma" and suo is not None:
        actions.ferma(suo)
        messages.success(request, _("Non ti scriviamo più le novità."))
        return redirect("notiziario:newsletter")
    modulo = SceltaForm(request.POST)
    if not modulo.is_valid():
        return _pagina(request, modulo, stato=422, suo=suo)
    actions.iscrivi(utente, modulo.scelte)
    messages.success(request, _("Fatto: ti scriviamo a %(email)s.") % {"email": utente.email})
    return redirect("notiziario:newsletter")


def _segreta(risposta: HttpResponse) -> HttpResponse:
    risposta["Referrer-Policy"] = "strict-origin"
    risposta["X-Robots-Tag"] = "noindex"
    return risposta


@privata
@require_safe
def scaduta(request: HttpRequest) -> HttpResponse:
    """Where a link without its secret leads: to asking again."""
    return redirect("notiziario:newsletter")


@privata
@sensitive_variables("segreto")
@require_http_methods(["GET", "HEAD", "POST"])
def conferma(request: HttpRequest, segreto: str) -> HttpResponse:
    """The link of the mail: looking at it changes nothing, the button uses it."""
    percorso = reverse("notiziario:conferma")
    if not magic.valido(segreto, percorso):
        return _segreta(_rendi(request, "scaduto.html", {}, stato=410))
    if request.method != "POST":
        return _segreta(_rendi(request, "conferma.html", {}))
    abbonamento = actions.conferma(magic.consuma(segreto, percorso))
    messages.success(request, _("Fatto: da adesso ricevi le novità che hai scelto."))
    return _segreta(redirect("notiziario:gestisci", segno=segno_di(abbonamento)))


def del_segno(
    vista: Callable[Concatenate[HttpRequest, Abbonamento, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Gives the view the subscription that the signed name belongs to; an invented one and one that is gone: 404."""

    @sensitive_variables("segno")
    @wraps(vista)
    def porta(request: HttpRequest, segno: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        uid = leggi_firma(segno, LISTA_NOVITA)
        suo = Abbonamento.objects.select_related("utente").filter(uid=UUID(uid)).first() if uid else None
        if suo is None:
            raise Http404
        return _segreta(privata(lambda r: vista(r, suo, *args, **kwargs))(request))

    return porta


@require_http_methods(["GET", "HEAD", "POST"])
@del_segno
def gestisci(request: HttpRequest, suo: Abbonamento) -> HttpResponse:
    """Changing or taking up again, from the link at the foot of a mail."""
    if request.method == "POST" and request.POST.get("che") == "riprendi":
        actions.riprendi(suo)
        messages.success(request, _("Fatto: ricominciamo a scriverti."))
        return redirect("notiziario:gestisci", segno=segno_di(suo))
    if request.method != "POST":
        return _gestisci(request, suo, SceltaForm(initial=iniziali(suo)))
    modulo = SceltaForm(request.POST)
    if not modulo.is_valid():
        return _gestisci(request, suo, modulo, stato=422)
    actions.scegli(suo, modulo.scelte)
    messages.success(request, _("Fatto: le tue scelte sono cambiate."))
    return redirect("notiziario:gestisci", segno=segno_di(suo))


def _gestisci(request: HttpRequest, suo: Abbonamento, modulo: SceltaForm, stato: int = 200) -> HttpResponse:
    contesto = {"abbonamento": suo, "modulo": modulo, "segno": segno_di(suo)}
    return _rendi(request, "gestisci.html", contesto, stato=stato)


@csrf_exempt  # mail programs press it themselves (RFC 8058): the signed name is the permission, and it can only stop
@require_http_methods(["GET", "HEAD", "POST"])
@del_segno
def ferma(request: HttpRequest, suo: Abbonamento) -> HttpResponse:
    """Stopping with one press; looking stops nothing."""
    if request.method == "POST":
        suo = actions.ferma(suo)
    return _rendi(request, "ferma.html", {"abbonamento": suo, "segno": segno_di(suo)})
