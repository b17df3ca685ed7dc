"""The queue: which cases, in which order, narrowed how. The address says it all: a view can be kept and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comune.ruoli import uffici_di
from segnalazioni.desk._permessi import RichiestaDiServizio, di_servizio
from segnalazioni.desk.elenchi import Elenco, Sguardo, base, conti, elenco_di, gruppi_per, in_bande
from segnalazioni.desk.righe import fasce
from segnalazioni.forms.scrivania import FiltriCoda
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGINA = 50
FIN_QUI = 500  # how far down the queue a case finds its neighbours
TASTI = "123456789"


class _GiaContate(Paginator[Any]):
    """Pages of a list whose length is known from another query."""

    def __init__(self, chiavi: Any, quante: int) -> None:
        super().__init__(chiavi, PER_PAGINA)
        self._quante = quante

    @property
    def count(self) -> int:
        """Length of the list."""
        return self._quante


@dataclass(frozen=True, slots=True)
class Coda:
    """One view of the queue, as its address asks for it."""

    user: User
    sguardo: Sguardo
    elenco: Elenco
    filtri: FiltriCoda

    @classmethod
    def leggi(cls, user: User, get: QueryDict) -> Coda:
        """From the query string; what it does not know is ignored."""
        sguardo = Sguardo.di(user)
        filtri = FiltriCoda(get.dict(), uffici=None if sguardo.urp else uffici_di(user))
        return cls(user, sguardo, elenco_di(get.get("elenco", ""), sguardo), filtri)

    @property
    def intera(self) -> bool:
        """Nothing narrows it."""
        return not self.filtri.valori

    @property
    def casi(self) -> SegnalazioneQuerySet:
        """The cases of the view, in order."""
        return self._in_ordine(self.filtri.applica(base(self.user).filter(self.elenco.quali(self.sguardo))))

    def scelti(self, chiavi: Any) -> list[Segnalazione]:
        """The cases with these keys (a query, never more than a page), in order, with all that a row shows.

        The order is found on keys alone: joining what a row shows to the whole list costs more than all the rest.
        """
        casi = base(self.user).filter(pk__in=chiavi).per_elenco()
        return list(self._in_ordine(casi))

    def _in_ordine(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        return casi.order_by(self.elenco.ordine, "-pk") if self.elenco.ordine else in_bande(casi, self.sguardo)

    def quante(self, conti: dict[str, int], per_banda: dict[int, int]) -> int:
        """Length of the view, from what was counted already where that is enough."""
        if not self.elenco.ordine:
            return sum(per_banda.values())
        gia = conti.get(self.elenco.slug) if self.intera else None
        return self.casi.count() if gia is None else gia

    def query(self, **altro: str) -> str:
        """The query string that opens this view again, with "?"."""
        query = QueryDict(mutable=True)
        query.update({"elenco": self.elenco.slug, **self.filtri.valori, **altro})
        return f"?{query.urlencode()}"

    def per_banda(self) -> dict[int, int]:
        """How many cases each band has, on all pages together."""
        if self.elenco.ordine:
            return {}
        casi: Any = self.casi.order_by()
        return dict(casi.values_list("banda").annotate(n=Count("pk")))


@require_safe
@di_servizio
def coda(request: RichiestaDiServizio) -> HttpResponse:
    """The queue. A number that was searched for opens its case."""
    vista = Coda.leggi(request.user, request.GET)
    if vista.filtri.numero:
        caso = Segnalazione.objects.del_servizio(request.user).per_codice(vista.filtri.numero).first()
        if caso:
            return redirect(caso.url_scrivania())
    contesto = _contesto(vista, request)
    contesto["campi"] = vista.filtri.campi
    contesto["restringi"] = "restringi" in request.GET
    return render(request, "segnalazioni/scrivania/coda.html", contesto)


@require_safe
@di_servizio
def coda_righe(request: RichiestaDiServizio) -> HttpResponse:
    """Lists and rows alone, for a page that is open while the queue changes."""
    vista = Coda.leggi(request.user, request.GET)
    return render(request, "segnalazioni/scrivania/_coda.html", _contesto(vista, request))


def _contesto(vista: Coda, request: HttpRequest) -> dict[str, Any]:
    quante_per_elenco = conti(vista.user, vista.sguardo)
    per_banda = vista.per_banda()
    quante = vista.quante(quante_per_elenco, per_banda)
    pagina = _GiaContate(vista.casi.values("pk"), quante).get_page(request.GET.get("pagina"))
    return {
        "elenco": vista.elenco,
        "gruppi": _gruppi(vista, quante_per_elenco),
        "conto": _conto(quante, quante_per_elenco["oltre"] if vista.intera and vista.elenco.slug == "adesso" else 0),
        "pagina": pagina,
        "fasce": fasce(vista.scelti(pagina.object_list), per_banda, query=vista.query()),
        "filtri": vista.filtri,
        "query": vista.query(**({"pagina": str(pagina.number)} if pagina.number > 1 else {})),
        "senza_filtri": f"?elenco={vista.elenco.slug}",
        "colonne": _colonne(),
        "didascalia": _("Dalla più recente.")
        if vista.elenco.ordine
        else _("In ordine di urgenza e di scadenza. I giorni sono lavorativi."),
        "righe_url": reverse("scrivania:coda_righe"),
    }


def _colonne() -> list[tuple[str, str]]:
    return [
        ("c-scade", _("Scade")),
        ("c-che", _("Segnalazione")),
        ("c-cat", _("Categoria e luogo")),
        ("c-stato", _("Stato")),
        ("c-uff", _("Ufficio")),
    ]


def _conto(quante: int, oltre: int) -> str:
    frase = ngettext("%(n)d segnalazione", "%(n)d segnalazioni", quante) % {"n": quante}
    if oltre:
        frase += ", " + ngettext("%(n)d oltre il termine", "%(n)d oltre il termine", oltre) % {"n": oltre}
    return f"{frase}."


def _gruppi(vista: Coda, quante: dict[str, int]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The saved lists as components/viste.html wants them; the first nine have a key."""
    tasti = iter(TASTI)
    gruppi = []
    for titolo, elenchi in gruppi_per(vista.sguardo):
        voci = [
            {
                "url": f"?elenco={e.slug}",
                "testo": e.nome,
                "conto": quante.get(e.slug, ""),
                "classe": "zero" if quante.get(e.slug) == 0 else e.tono,
                "tasto": next(tasti, ""),
                "attiva": e.slug == vista.elenco.slug,
            }
            for e in elenchi
        ]
        gruppi.append((str(titolo), voci))
    return gruppi


@dataclass(frozen=True, slots=True)
class Posto:
    """Where a case stands in the view it was opened from: the list to go back to, and the cases beside it."""

    elenco: tuple[str, str]  # its name, its address
    prima: str = ""
    dopo: str = ""
    dove: str = ""


def posto_di(caso: Segnalazione, user: User, get: QueryDict) -> tuple[Posto, str]:
    """The place of a case in the view that the query string names, and the query string its links carry on."""
    if "elenco" not in get:
        return Posto((_("Coda"), reverse("scrivania:coda"))), ""
    vista = Coda.leggi(user, get)
    codici = list(vista.casi.values_list("contributo__codice", flat=True)[:FIN_QUI])
    query, indirizzo = vista.query(), reverse("scrivania:coda")
    if caso.codice not in codici:
        return Posto((str(vista.elenco.nome), f"{indirizzo}{query}")), query
    n = codici.index(caso.codice)

    def url(m: int) -> str:
        return reverse("scrivania:caso", kwargs={"codice": codici[m]}) + query if 0 <= m < len(codici) else ""

    pagina = n // PER_PAGINA + 1
    indietro = f"{indirizzo}{vista.query(pagina=str(pagina)) if pagina > 1 else query}#{caso.codice}"
    tante = f"{FIN_QUI}+" if len(codici) == FIN_QUI else str(len(codici))
    dove = _("%(posto)d di %(tante)s") % {"posto": n + 1, "tante": tante}
    return Posto((str(vista.elenco.nome), indietro), url(n - 1), url(n + 1), dove), query
