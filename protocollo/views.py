"""The register at the desk, for the URP: by year, what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from comune.porte import RichiestaDiServizio, solo_urp
from core.tempo import oggi
from protocollo import actions
from protocollo.models import Registrazione, RegistrazioneQuerySet, StatoProtocollo
from protocollo.parole import CLASSI, spiega

PER_PAGINA = 50
ELENCHI = ("registro", "ferme", "in-corso")


@dataclass(frozen=True, slots=True)
class Sguardo:
    """What of the register is looked at, as the address says: which list, which year, which words."""

    elenco: str
    anno: int
    q: str

    @classmethod
    def di(cls, request: HttpRequest) -> Sguardo:
        """From the query string; what it does not know is ignored."""
        anno, elenco = request.GET.get("anno", ""), request.GET.get("elenco", "")
        return cls(
            elenco if elenco in ELENCHI else ELENCHI[0],
            int(anno) if anno.isascii() and anno.isdigit() and len(anno) == 4 else oggi().year,
            request.GET.get("q", "").strip()[:200],
        )

    @property
    def righe(self) -> RegistrazioneQuerySet:
        """The registrations, in order."""
        tutte = Registrazione.objects.select_related("contributo")
        quali = {"ferme": tutte.in_errore, "in-corso": tutte.in_corso}.get(self.elenco)
        righe = quali() if quali else tutte.protocollate().filter(anno=self.anno)
        return righe.cerca(self.q) if self.q else righe


@require_safe
@solo_urp
def registro(request: RichiestaDiServizio) -> HttpResponse:
    """The register of a year, or what has no number yet."""
    sguardo = Sguardo.di(request)
    pagina = Paginator(sguardo.righe, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "sguardo": sguardo,
        "pagina": pagina,
        "elenchi": _elenchi(sguardo),
        "anni": _anni(sguardo),
        "conto": ngettext("%(n)d registrazione", "%(n)d registrazioni", pagina.paginator.count)
        % {"n": pagina.paginator.count},
        "righe": [_in_riga(riga) for riga in pagina],
        "colonne": _colonne(),
        "oggi": oggi(),
    }
    return render(request, "protocollo/registro.html", contesto)


@dataclass(frozen=True, slots=True)
class Riga:
    """One registration as its row shows it. url: the page of the case; riprova: where it is asked again, or ""."""

    registrazione: Registrazione
    parola: str
    classi: str
    errore: str
    url: str
    riprova: str


def _in_riga(riga: Registrazione) -> Riga:
    return Riga(
        registrazione=riga,
        parola=riga.get_stato_display(),
        classi=CLASSI[riga.stato],
        errore=spiega(riga.errore),
        url=reverse("scrivania:caso", kwargs={"codice": riga.chiave}),
        riprova=reverse("protocollo:riprova", kwargs={"pk": riga.pk}) if riga.stato == StatoProtocollo.ERRORE else "",
    )


def _colonne() -> list[tuple[str, str]]:
    return [
        ("c-scade", _("Numero e data")),
        ("c-che", _("Oggetto")),
        ("c-cat", _("Arrivata da")),
        ("c-stato", _("Stato")),
        ("c-uff", _("Da fare")),
    ]


def _elenchi(sguardo: Sguardo) -> list[dict[str, Any]]:
    """The lists, for components/filtri.html."""
    tutte = Registrazione.objects
    voci = [
        ("registro", _("Registro"), None),
        ("ferme", _("Da guardare"), tutte.in_errore().count()),
        ("in-corso", _("In corso"), tutte.in_corso().count()),
    ]
    return [
        {"url": f"?elenco={slug}", "testo": nome, "conto": conto, "attiva": slug == sguardo.elenco}
        for slug, nome, conto in voci
    ]


def _anni(sguardo: Sguardo) -> list[int]:
    """Years to choose from, newest first; the one looked at is among them."""
    anni = Registrazione.objects.filter(stato=StatoProtocollo.PROTOCOLLATO).order_by().values_list("anno", flat=True)
    return sorted({*(anno for anno in anni.distinct() if anno), oggi().year, sguardo.anno}, reverse=True)


@require_http_methods(["GET", "HEAD", "POST"])
@solo_urp
def riprova(request: RichiestaDiServizio, pk: int) -> HttpResponse:
    """Asks for the number again. Opened by hand it leads to what waits."""
    if request.method == "POST":
        registrazione = get_object_or_404(Registrazione.objects.select_related("contributo"), pk=pk)
        actions.riprova(registrazione)
        messages.success(request, _("Riproviamo a registrare %(codice)s.") % {"codice": registrazione.chiave})
    return redirect(f"{reverse('protocollo:registro')}?elenco=ferme")
