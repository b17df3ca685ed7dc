"""To book, one thing per page: what for, when, who, review. The choices stay in the session until they are sent."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.ratelimit import troppe
from core.tempo import adesso
from sportelli import actions
from sportelli.accesso import ricorda_preso
from sportelli.bozza import DURATA, Bozza
from sportelli.forms import ChiForm, leggi_istante, scrivi_istante
from sportelli.liberi import liberi, settimana
from sportelli.models import Appuntamento, Prestazione
from sportelli.orari import ora
from sportelli.racconto import dove, quando

PRENOTAZIONI_ALL_ORA = 20  # of one address: libraries and offices share one


class Riga(NamedTuple):
    """One row of the review: components/riga.html."""

    termine: str
    valore: str
    url: str
    che: str
    nota: str = ""


def _pagina(request: HttpRequest, nome: str, contesto: dict[str, Any], status: int = 200) -> HttpResponse:
    briciole = [(_("Sportelli"), reverse("sportelli:elenco"))]
    contesto = {"voci": [], "briciole": briciole, "poi": request.GET.get("poi") == "rivedi", **contesto}
    return render(request, f"sportelli/prenota/{nome}.html", contesto, status=status)


def _avanti(request: HttpRequest, passo: str) -> HttpResponse:
    """To the step named, or back to the review which the person came from."""
    return redirect("prenota:rivedi" if request.GET.get("poi") == "rivedi" else f"prenota:{passo}")


def _manca(bozza: Bozza, *, fino_a: str) -> HttpResponse | None:
    """To the first step before this one that is not as it should be."""
    passi = {"cosa": bozza.prestazione, "quando": bozza.inizio, "chi": bozza.chi}
    for passo, fatto in passi.items():
        if passo == fino_a:
            return None
        if fatto is None:
            return redirect(f"prenota:{passo}")
    return None


# --- 1 what for -------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def cosa(request: HttpRequest) -> HttpResponse:
    """At which counter and what for; ?sportello= opens at one of them."""
    bozza, prestazioni = Bozza(request), list(Prestazione.objects.prenotabili())
    if request.method != "POST":
        return _mostra_cosa(request, bozza, prestazioni)
    scelta = next((p for p in prestazioni if str(p.pk) == request.POST.get("per")), None)
    if scelta is None:
        voci = [(f"per-{prestazioni[0].pk}" if prestazioni else "", _("Scegli per che cosa vieni."))]
        return _mostra_cosa(request, bozza, prestazioni, voci=voci)
    cambia = str(bozza.dati.get("per")) != str(scelta.pk)
    bozza.salva(per=scelta.pk, **({"quando": ""} if cambia else {}))
    return redirect("prenota:quando") if cambia else _avanti(request, "quando")


def _mostra_cosa(
    request: HttpRequest, bozza: Bozza, prestazioni: list[Prestazione], voci: list[tuple[str, str]] | None = None
) -> HttpResponse:
    solo, scelta = request.GET.get("sportello", ""), str(bozza.dati.get("per", ""))
    sue = [p for p in prestazioni if p.sportello.slug == solo]
    gruppi = [(sportello, list(voci_)) for sportello, voci_ in groupby(sue or prestazioni, lambda p: p.sportello)]
    contesto = {"gruppi": gruppi, "scelta": scelta, "voci": voci or [], "solo": bool(sue)}
    return _pagina(request, "cosa", contesto, status=422 if voci else 200)


# --- 2 when -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def giorno_e_ora(request: HttpRequest) -> HttpResponse:
    """The free times, a week at a time."""
    bozza = Bozza(request)
    if manca := _manca(bozza, fino_a="quando"):
        return manca
    prestazione = bozza.prestazione
    assert prestazione is not None  # noqa: S101  # the guard above
    if request.method != "POST":
        return _mostra_quando(request, bozza, prestazione)
    scelto = leggi_istante(request.POST.get("quando", ""))
    if scelto is None or scelto not in liberi(prestazione):
        frase = _("Quest’orario non è più libero: scegline un altro.") if scelto else _("Scegli giorno e ora.")
        return _mostra_quando(request, bozza, prestazione, frase=frase)
    bozza.salva(quando=scrivi_istante(scelto))
    return _avanti(request, "chi")


def _mostra_quando(
    request: HttpRequest, bozza: Bozza, prestazione: Prestazione, *, frase: str = "", status: int = 422
) -> HttpResponse:
    pagina = settimana(prestazione, _leggi_giorno(request.GET.get("da", "")))
    giorni = [(giorno, [_orario(inizio, bozza.inizio) for inizio in istanti]) for giorno, istanti in pagina.giorni]
    primo = giorni[0][1][0]["id"] if giorni else ""
    contesto = {
        "prestazione": prestazione,
        "giorni": giorni,
        "prima": pagina.prima,
        "dopo": pagina.dopo,
        "voci": [(primo, frase)] if frase else [],
        "orizzonte": actions.orizzonte(),
    }
    return _pagina(request, "quando", contesto, status=status if frase else 200)


def _leggi_giorno(testo: str) -> date | None:
    try:
        return date.fromisoformat(testo)
    except ValueError:
        return None


def _orario(inizio: datetime, scelto: datetime | None) -> dict[str, Any]:
    valore = scrivi_istante(inizio)
    return {"id": f"q-{inizio:%Y%m%d%H%M}", "valore": valore, "titolo": ora(inizio), "scelto": inizio == scelto}


# --- 3 who ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def chi(request: HttpRequest) -> HttpResponse:
    """Name, and how to be reached."""
    bozza = Bozza(request)
    if manca := _manca(bozza, fino_a="chi"):
        return manca
    entrato = request.user.is_authenticated
    if request.method != "POST":
        dati = bozza.dati.get("chi") or {"nome": request.user.get_full_name() if request.user.is_authenticated else ""}
        return _pagina(request, "chi", {"form": ChiForm(initial=dati, entrato=entrato)})
    form = ChiForm(request.POST, entrato=entrato)
    if not form.is_valid():
        return _pagina(request, "chi", {"form": form}, status=422)
    bozza.salva(chi={nome: valore for nome, valore in form.cleaned_data.items() if nome != "sito"})
    return redirect("prenota:rivedi")


# --- 4 review ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def rivedi(request: HttpRequest) -> HttpResponse:
    """The review; POST books. A second press finds the appointment that the first one made."""
    bozza = Bozza(request)
    if request.method == "POST" and (gia := _gia_preso(request, bozza)):
        return redirect(gia)
    if manca := _manca(bozza, fino_a=""):
        return manca
    if request.method != "POST":
        return _mostra_rivedi(request, bozza)
    if troppe(request, "prenota", quante=PRENOTAZIONI_ALL_ORA, secondi=3600):
        frase = _("Da qui sono arrivate troppe prenotazioni: aspetta un’ora, o chiama lo sportello.")
        return _mostra_rivedi(request, bozza, frase=frase, status=429)
    return _prenota(request, bozza)


def _gia_preso(request: HttpRequest, bozza: Bozza) -> Appuntamento | None:
    """The appointment with the key of this page, when its draft is not here any more."""
    try:
        chiave = UUID(request.POST.get("chiave", ""))
    except ValueError:
        return None
    # 122 random bits that only this browser's page has held; its own page then asks whose it is.
    if chiave == bozza.chiave:
        return None
    return Appuntamento.objects.filter(chiave=chiave, created_at__gt=adesso() - DURATA).first()


def _prenota(request: HttpRequest, bozza: Bozza) -> HttpResponse:
    prestazione, inizio, form = bozza.prestazione, bozza.inizio, bozza.chi
    assert prestazione is not None and inizio is not None and form is not None  # noqa: S101, PT018  # the guard
    dati = {nome: form.cleaned_data.get(nome, "") for nome in ("nome", "email", "telefono", "parole")}
    nuovo = actions.NuovoAppuntamento(prestazione, inizio, chiave=bozza.chiave, **dati)
    try:
        appuntamento = actions.prenota(nuovo, autore=request.user if request.user.is_authenticated else None)
    except DomainError as rifiuto:
        if rifiuto.codice in ("posto_preso", "gia_impegnato"):
            return _mostra_quando(request, bozza, prestazione, frase=rifiuto.messaggio, status=409)
        return _mostra_rivedi(request, bozza, frase=rifiuto.messaggio, status=409)
    bozza.butta()
    ricorda_preso(request, appuntamento)
    return redirect(appuntamento)


def _mostra_rivedi(request: HttpRequest, bozza: Bozza, *, frase: str = "", status: int = 200) -> HttpResponse:
    prestazione, inizio, form = bozza.prestazione, bozza.inizio, bozza.chi
    assert prestazione is not None and inizio is not None and form is not None  # noqa: S101, PT018  # the guard
    contesto = {
        "righe": [*_righe_cosa(prestazione, inizio), *_righe_chi(request, form)],
        "chiave": bozza.chiave,
        "voci": [("", frase)] if frase else [],
        "tenuto_per": int(actions.TENUTO_PER.total_seconds() // 60),
    }
    return _pagina(request, "rivedi", contesto, status=status)


def _righe_cosa(prestazione: Prestazione, inizio: datetime) -> list[Riga]:
    cosa_url, quando_url = (f"{reverse(f'prenota:{passo}')}?poi=rivedi" for passo in ("cosa", "quando"))
    return [
        Riga(_("Sportello"), prestazione.sportello.nome, cosa_url, _("lo sportello"), dove(prestazione.sportello)),
        Riga(_("Per che cosa"), prestazione.nome, cosa_url, _("per che cosa vieni"), prestazione.get_minuti_display()),
        Riga(_("Quando"), quando(inizio), quando_url, _("giorno e ora")),
    ]


def _righe_chi(request: HttpRequest, form: ChiForm) -> list[Riga]:
    url, dati = f"{reverse('prenota:chi')}?poi=rivedi", form.cleaned_data
    righe = [Riga(_("Nome"), dati["nome"], url, _("il nome"))]
    if request.user.is_authenticated:
        righe.append(Riga(_("Ti avvisiamo"), request.user.email, "", "", _("La mail del tuo account.")))
    else:
        righe.append(Riga(_("Ti avvisiamo"), dati["email"], url, _("l’indirizzo e-mail")))
    if dati["telefono"]:
        righe.append(Riga(_("Telefono"), dati["telefono"], url, _("il telefono")))
    if dati["parole"]:
        righe.append(Riga(_("Da sapere"), dati["parole"], url, _("quello che dobbiamo sapere")))
    return righe
