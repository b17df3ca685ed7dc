"""In the street with a phone: what is near, what was done. Small pages, and steps that may arrive twice."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comune import luoghi
from comune.porte import RichiestaDiServizio, di_servizio
from comune.territorio import METRI_PER_GRADO, metri
from core.errors import DomainError
from core.templatetags.lp import giorno_breve
from segnalazioni.actions import dal_campo
from segnalazioni.desk._permessi import caso_di
from segnalazioni.desk.mosse import possibili
from segnalazioni.forms.campo import DoveForm, FattoForm, PuntoForm
from segnalazioni.models import Foto, Segnalazione
from segnalazioni.racconto import Pillola, Scadenza, pillola, scadenza

if TYPE_CHECKING:
    from accounts.models import User

QUANTE = 12
CERCHI = (500, 1_500, 5_000, 20_000)  # metres: the first circle that holds enough is enough


@dataclass(frozen=True, slots=True)
class Vicina:
    """One case within reach. passi: what can be done from here; foto: the first one of before, or None."""

    caso: Segnalazione
    quanto: str
    pillola: Pillola
    scade: Scadenza | None
    passi: frozenset[str]
    chiave: str
    foto: Foto | None = None
    foto_del: str = ""

    @property
    def geo(self) -> str:
        """For the map that the phone has: nobody else is asked the way (RFC 5870)."""
        punto = f"{self.caso.lat:.6f},{self.caso.lon:.6f}"
        return f"geo:{punto}?q={punto}"


@require_safe
@never_cache
@di_servizio
def pagina(request: RichiestaDiServizio) -> HttpResponse:
    """The page: around an address or an area that is asked for; a script asks the device."""
    form = DoveForm(request.GET)
    form.is_valid()
    punto, dove = _punto(form)
    cercato = bool(form.cleaned_data.get("q") or form.cleaned_data.get("quartiere"))
    contesto = {
        "form": form,
        "dove": dove,
        "non_trovato": cercato and punto is None,
        "vicine": vicine_a(request.user, *punto) if punto else None,
        "vicine_url": reverse("scrivania_campo:vicine"),
    }
    return render(request, "segnalazioni/scrivania/campo.html", contesto)


def _punto(form: DoveForm) -> tuple[tuple[float, float] | None, str]:
    quartiere, scritto = form.cleaned_data.get("quartiere"), form.cleaned_data.get("q", "")
    if scritto:
        for luogo in luoghi.cerca(scritto):
            if luogo.lat is not None and luogo.lon is not None:
                return (luogo.lat, luogo.lon), luogo.nome
        return None, scritto
    if quartiere:
        return (quartiere.lat, quartiere.lon), quartiere.nome
    return None, ""


@require_POST
@never_cache
@di_servizio
def vicine(request: RichiestaDiServizio) -> HttpResponse:
    """The list around a position, as a fragment. A form: an address would keep where a colleague was."""
    form = PuntoForm(request.POST)
    if not form.is_valid():
        return HttpResponse(_("Posizione non valida."), status=422, content_type="text/plain; charset=utf-8")
    lat, lon = form.cleaned_data["lat"], form.cleaned_data["lon"]
    dati = {"vicine": vicine_a(request.user, lat, lon), "dove": luoghi.descrivi(lat, lon)}
    return render(request, "segnalazioni/scrivania/_vicine_campo.html", dati)


def vicine_a(user: User, lat: float, lon: float) -> list[Vicina]:
    """The nearest open cases of this colleague, by distance. At most five queries."""
    posti = _posti(user, lat, lon)
    casi = Segnalazione.objects.filter(pk__in=posti).per_elenco()
    prime: dict[int, Foto] = {}
    for foto in Foto.objects.filter(segnalazione__in=posti, passaggio__isnull=True).order_by("-pk"):
        prime[foto.segnalazione_id or 0] = foto
    return [_vicina(caso, user, posti[caso.pk], prime.get(caso.pk)) for caso in sorted(casi, key=lambda c: posti[c.pk])]


def _posti(user: User, lat: float, lon: float) -> dict[int, float]:
    """Key of a case → its metres, of the nearest QUANTE."""
    aperte = Segnalazione.objects.del_servizio(user).aperte()
    trovati: list[tuple[float, int]] = []
    for raggio in CERCHI:
        alto = raggio / METRI_PER_GRADO
        largo = alto / max(cos(radians(lat)), 0.01)
        dentro = aperte.filter(lat__range=(lat - alto, lat + alto), lon__range=(lon - largo, lon + largo))
        distanze = [(metri(lat, lon, a or 0.0, o or 0.0), pk) for pk, a, o in dentro.values_list("pk", "lat", "lon")]
        trovati = sorted(voce for voce in distanze if voce[0] <= raggio)
        if len(trovati) >= QUANTE:
            break
    return {pk: quanti for quanti, pk in trovati[:QUANTE]}


def _vicina(caso: Segnalazione, user: User, quanti: float, foto: Foto | None) -> Vicina:
    passi = {riga.passo for riga in possibili(caso, user)}
    return Vicina(
        caso=caso,
        quanto=_distanza(quanti),
        pillola=pillola(caso),
        scade=scadenza(caso),
        passi=frozenset(passi | ({"risolvi"} if "prendi_in_carico" in passi else set())),
        chiave=FattoForm.chiave_nuova(),
        foto=foto,
        foto_del=giorno_breve(foto.created_at) if foto else "",
    )


def _distanza(quanti: float) -> str:
    if quanti < 1_000:
        return f"{round(quanti, -1):.0f} m"
    return f"{quanti / 1_000:.1f} km".replace(".", ",")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@di_servizio
def fatto(request: RichiestaDiServizio, codice: str) -> HttpResponse:
    """Takes a step from the street, once for each key. To a script it answers JSON: {"frase": …, "url": …}.

    422: words missing or a photo refused; 409: a rule refuses, or the case moved meanwhile.
    """
    caso = caso_di(request.user, codice)
    if request.method != "POST":
        return redirect(caso.url_scrivania())
    form = FattoForm(request.POST, request.FILES)
    if not form.is_valid():
        frase = " ".join(str(errore) for errori in form.errors.values() for errore in errori)
        return _risposta(request, caso, frase, 422)
    dati = form.cleaned_data
    try:
        fatta = dal_campo(caso, operatore=request.user, **dati)
    except DomainError as rifiuto:
        return _risposta(request, caso, str(rifiuto.messaggio), 409)
    frase = _("Fatto: %(codice)s ora è %(stato)s.") % {
        "codice": fatta.codice,
        "stato": pillola(fatta).parola.lower(),
    }
    return _risposta(request, fatta, frase, 200)


def _risposta(request: RichiestaDiServizio, caso: Segnalazione, frase: str, stato: int) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"frase": frase, "url": caso.url_scrivania()}, status=stato)
    if stato == 200:
        messages.success(request, frase)
        return redirect("scrivania_campo:pagina")
    dati = {"caso": caso, "frase": frase, "testo": request.POST.get("testo", ""), "chiave": FattoForm.chiave_nuova()}
    return render(request, "segnalazioni/scrivania/campo_rifiutata.html", dati, status=stato)


@require_safe
@di_servizio
def operaio(request: RichiestaDiServizio) -> HttpResponse:
    """The service worker of these pages: from here, because its scope is the folder it comes from."""
    dati: dict[str, Any] = {"pagina": reverse("scrivania_campo:pagina")}
    risposta = render(
        request, "segnalazioni/scrivania/campo_operaio.js", dati, content_type="text/javascript; charset=utf-8"
    )
    risposta["Cache-Control"] = "no-cache"
    return risposta
