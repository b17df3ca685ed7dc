"""The figures for the URP and for who heads an office: the page, the lists behind it, the files to take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import e_urp, uffici_diretti
from core.tabelle import in_csv, in_xlsx
from core.tempo import oggi
from segnalazioni.desk import grafici, pareri
from segnalazioni.desk.cifre import (
    NOMI,
    Tabella,
    definizioni,
    del_gruppo,
    nome_della_lista,
    slug_dei_pareri,
    tabelle,
)
from segnalazioni.desk.coda import colonne
from segnalazioni.desk.pareri import Numero
from segnalazioni.desk.righe import fasce
from segnalazioni.forms.statistiche import FiltriStatistiche
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.statistiche import (
    DIMENSIONI,
    PARERI,
    QUALI,
    Conteggio,
    arrivate_in,
    con_il_termine_passato,
    con_parere,
    conta,
    conta_pareri,
    quali,
    risposte_in,
)
from segnalazioni.statistiche.conti import DEI_PARERI
from segnalazioni.statistiche.misure import giorno_locale, senza_assistenza

PER_PAGINA = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Vista:
    """What somebody may count, narrowed as the address says."""

    casi: SegnalazioneQuerySet
    filtri: FiltriStatistiche

    @property
    def risposte(self) -> SegnalazioneQuerySet:
        """Those that were answered in the period, whenever they arrived."""
        return risposte_in(self.casi, self.filtri.periodo_in_giorni)

    @property
    def arrivate(self) -> SegnalazioneQuerySet:
        """Those that arrived in the period."""
        return arrivate_in(self.casi, self.filtri.periodo_in_giorni)


Porta = Callable[[RichiestaDiServizio, Vista], HttpResponseBase]


def di_chi_dirige(porta: Porta) -> Callable[Concatenate[HttpRequest, ...], HttpResponseBase]:
    """Login first; then 403 for whoever is neither at the URP nor heads an office today."""

    @di_servizio
    @wraps(porta)
    def custodita(request: RichiestaDiServizio) -> HttpResponseBase:
        diretti = uffici_diretti(request.user)
        if not diretti and not e_urp(request.user):
            raise PermissionDenied
        casi = senza_assistenza(Segnalazione.objects.confermate()).filter(confermata_il__isnull=False)
        if not e_urp(request.user):
            casi = casi.filter(ufficio_id__in=diretti)
        filtri = FiltriStatistiche(request.GET.dict(), uffici=None if e_urp(request.user) else diretti)
        return porta(request, Vista(filtri.applica(casi), filtri))

    return custodita


@require_safe
@di_chi_dirige
def statistiche(request: RichiestaDiServizio, vista: Vista) -> HttpResponse:
    """The page: figures on top, a chart with its table for each dimension, what each figure means."""
    arrivate, detti = _tabelle(vista)
    per = {tabella.slug: tabella for tabella in arrivate}
    periodo = vista.filtri.periodo_in_giorni
    totale = per["canale"].totale.conteggio
    in_ritardo = Count("pk", filter=con_il_termine_passato(oggi()))
    adesso = vista.casi.aperte().aggregate(aperte=Count("pk"), oltre=in_ritardo)
    contesto = {
        "filtri": vista.filtri,
        "campi": vista.filtri.campi,
        "restringi": "restringi" in request.GET,
        "periodo": periodo,
        "numeri": _numeri(vista, totale, adesso),
        "prima": adesso["aperte"] - totale.aperte,
        "adesso": adesso["aperte"],
        "totale": totale,
        "tabelle": per,
        "grafici": _grafici(per, totale),
        "curva": _curva(totale),
        "chiave": _chiave(),
        "quote": [(10, "100%"), (100, "50%"), (190, "0%")],
        "gradimento": pareri.contesto(detti, _numero_di(vista)),
        "definizioni": definizioni(),
        "query": f"?{urlencode(vista.filtri.valori)}",
    }
    return render(request, "segnalazioni/scrivania/statistiche.html", contesto)


def _tabelle(vista: Vista) -> tuple[list[Tabella], list[Tabella]]:
    arrivate, detti = conta(vista.arrivate, oggi()), conta_pareri(vista.risposte)
    return tabelle(arrivate, detti, reverse("scrivania_statistiche:elenco"), vista.filtri.valori)


def _numero_di(vista: Vista) -> Numero:
    """Makes a figure of components/numeri.html that opens its list; `dove`: narrowed otherwise than the page."""
    indirizzo = reverse("scrivania_statistiche:elenco")

    def numero(quanto: object, testo: str, quale: str, dove: dict[str, str] | None = None, classe: str = "") -> Any:
        url = f"{indirizzo}?{urlencode((vista.filtri.valori if dove is None else dove) | {'quale': quale})}"
        return {"numero": quanto, "testo": testo, "url": url, "classe": classe}

    return numero


def _numeri(vista: Vista, totale: Conteggio, adesso: dict[str, int]) -> list[dict[str, Any]]:
    """The figures on top; each opens its list."""
    valori, voce = vista.filtri.valori, _numero_di(vista)
    sempre = {n: v for n, v in valori.items() if n not in ("dal", "al")} | {"periodo": "sempre"}
    entro = totale.risposte_entro(30)
    return [
        voce(adesso["aperte"], _("aperte adesso"), "aperte", sempre),
        voce(adesso["oltre"], _("oltre il termine"), "oltre", sempre, "tardi" if adesso["oltre"] else ""),
        voce(totale.arrivate, _("arrivate"), "arrivate", valori),
        voce(totale.chiuse, _("chiuse fra quelle arrivate"), "chiuse", valori),
        voce(_o_trattino(totale.mediana), _("giorni, metà delle chiuse"), "chiuse", valori),
        voce(_o_trattino(totale.p90), _("giorni, nove chiuse su dieci"), "chiuse", valori),
        voce(grafici.percento(totale.quota_aperte), _("ancora aperte"), "aperte", valori),
        voce(grafici.percento(entro), _("con risposta in 30 giorni"), "chiuse", valori),
    ]


def _o_trattino(valore: int | None) -> str:
    return "–" if valore is None else str(valore)


def _grafici(per: dict[str, Tabella], totale: Conteggio) -> dict[str, grafici.Grafico]:
    parti = ("in_tempo", "senza_termine", "tardi", "altre", "aperte", "oltre")
    su = _("%(n)d chiuse su %(t)d")

    def righe(slug: str) -> list[tuple[str, Conteggio, str]]:
        return [
            (r.nome, r.conteggio, su % {"n": r.conteggio.chiuse, "t": r.conteggio.arrivate}) for r in per[slug].righe
        ]

    aperte = sorted(per["quartiere"].righe, key=lambda r: -r.conteggio.aperte)
    return {
        "ufficio": grafici.durate([(r.nome, r.conteggio) for r in per["ufficio"].righe]),
        "categoria": grafici.barre(righe("categoria"), parti),
        "mese": grafici.barre(righe("mese"), parti),
        "canale": grafici.barre(righe("canale"), parti),
        "quartiere": grafici.barre([(r.nome, r.conteggio, _aperte(r.conteggio)) for r in aperte], ("aperte", "oltre")),
        "curva": grafici.curva(totale),
    }


def _aperte(conteggio: Conteggio) -> str:
    parole = ngettext("%(n)d aperta", "%(n)d aperte", conteggio.aperte) % {"n": conteggio.aperte}
    return _("%(aperte)s, %(n)d oltre") % {"aperte": parole, "n": conteggio.oltre} if conteggio.oltre else parole


def _chiave() -> list[tuple[str, str]]:
    parole = {
        "in_tempo": _("chiuse in tempo"),
        "senza_termine": _("chiuse, senza termine"),
        "tardi": _("chiuse tardi"),
        "altre": _("ritirate o unite"),
        "aperte": _("aperte"),
        "oltre": _("aperte oltre il termine"),
    }
    return [(grafici.COLORI[quale], parola) for quale, parola in parole.items()]


def _curva(totale: Conteggio) -> list[tuple[int, str]]:
    return [(giorni, grafici.percento(totale.risposte_entro(giorni))) for giorni in (5, 10, 15, 30, 60, 90)]


@require_safe
@di_chi_dirige
def elenco(request: RichiestaDiServizio, vista: Vista) -> HttpResponse:
    """The cases that a figure counts: `quale`, and the `gruppo` of its row. 404 for a figure that there is not."""
    quale = request.GET.get("quale", "")
    if quale not in {*QUALI, *PARERI, "risposte"}:
        raise Http404
    dimensione, del_suo = del_gruppo(request.GET.get("gruppo", ""))
    casi = quali(vista.arrivate, quale, oggi()) if quale in QUALI else con_parere(vista.risposte, quale)
    if dimensione:
        in_gruppo = {f"d_{dimensione}": DIMENSIONI[dimensione]}
        casi = casi.alias(arrivata=giorno_locale("confermata_il")).alias(**in_gruppo).filter(del_suo)
    pagina = Paginator(casi.order_by("-confermata_il", "-pk").values("pk"), PER_PAGINA).get_page(
        request.GET.get("pagina")
    )
    scelti = Segnalazione.objects.filter(pk__in=[riga["pk"] for riga in pagina]).per_elenco()
    quante = pagina.paginator.count
    contesto = {
        "titolo": nome_della_lista(quale),
        "conto": ngettext("%(n)d segnalazione", "%(n)d segnalazioni", quante) % {"n": quante},
        "pagina": pagina,
        "fasce": fasce(list(scelti.order_by("-confermata_il", "-pk")), {}, query=""),
        "colonne": colonne(),
        "indietro": f"{reverse('scrivania_statistiche:pagina')}?{urlencode(vista.filtri.valori)}",
    }
    return render(request, "segnalazioni/scrivania/statistiche_elenco.html", contesto)


@require_safe
@di_chi_dirige
def dati_csv(request: RichiestaDiServizio, vista: Vista) -> HttpResponse:
    """The tables as CSV, all or the one that `tabella` names."""
    return _file(in_csv(_scelte(request, vista)), "text/csv; charset=utf-8", "csv")


@require_safe
@di_chi_dirige
def dati_xlsx(request: RichiestaDiServizio, vista: Vista) -> HttpResponse:
    """The same as a workbook, a sheet for each table and one with what the figures mean."""
    spiegate = (_("Come contiamo"), [[_("Cifra"), _("Che cosa vuol dire")], *definizioni()])
    return _file(in_xlsx([*_scelte(request, vista), spiegate]), XLSX, "xlsx")


def _scelte(request: RichiestaDiServizio, vista: Vista) -> list[tuple[str, list[list[Any]]]]:
    una = request.GET.get("tabella", "")
    if una and una not in {*NOMI, *map(slug_dei_pareri, DEI_PARERI)}:
        raise Http404
    return [(t.titolo, t.da_portare_via()) for tutte in _tabelle(vista) for t in tutte if una in ("", t.slug)]


def _file(corpo: str | bytes, tipo: str, fine: str) -> HttpResponse:
    risposta = HttpResponse(corpo, content_type=tipo)
    risposta["Content-Disposition"] = f'attachment; filename="statistiche-{oggi():%Y-%m-%d}.{fine}"'
    risposta["Cache-Control"] = "private, no-store"
    return risposta
