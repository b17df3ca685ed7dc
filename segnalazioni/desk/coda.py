"""The queue: which cases, in which order, narrowed how. The address says it all: a view can be kept and sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comune.porte import RichiestaDiServizio, di_servizio
from comune.ruoli import uffici_di
from segnalazioni.actions.banco import TETTO_MASSA
from segnalazioni.desk.elenchi import BANDE, Elenco, Sguardo, casi_di, conti, elenco_di, gruppi_per, in_bande
from segnalazioni.desk.righe import fasce
from segnalazioni.desk.scelta import bottoni
from segnalazioni.desk.viste import Salvata, viste_salvate
from segnalazioni.forms.scrivania import FiltriCoda
from segnalazioni.models import Segnalazione
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.ricerca import TETTO_TROVATE

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGINA = 50
TETTO = 5_000  # of the cases of an archive, how many are counted and paged through
FIN_QUI = 500  # how far down the queue a case finds its neighbours
TASTI = "123456789"
# What a row does not show, and costs half of reading it.
_DI_CATEGORIA = ("domande", "parole", "competenze")
NON_IN_RIGA = (
    "testo",
    "risposte",
    *(f"categoria__{campo}" for campo in _DI_CATEGORIA),
    *(f"categoria__madre__{campo}" for campo in _DI_CATEGORIA),
)


class _GiaContate(Paginator[Any]):
    """Pages of a list whose length is known from another query."""

    def __init__(self, chiavi: Any, quante: int) -> None:
        super().__init__(chiavi, PER_PAGINA)
        self._quante = quante

    @property
    def count(self) -> int:
        """Length of the list."""
        return self._quante


@dataclass(frozen=True)
class Coda:
    """One view of the queue, as its address asks for it. Where words are searched for it holds what they find newest,
    TETTO_TROVATE cases at most."""

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
        if self.filtri.cerca:
            return self._in_ordine(Segnalazione.objects.filter(pk__in=list(self._trovate)[:TETTO_TROVATE]))
        return self._in_ordine(self._tutti)

    @property
    def _tutti(self) -> SegnalazioneQuerySet:
        return self.filtri.applica(casi_di(self.user, self.elenco, self.sguardo))

    @cached_property
    def _trovate(self) -> dict[int, int]:
        """Of a search, newest first: key → band (0 in a list without bands). One more than are shown."""
        tutti = self._tutti
        casi: Any = tutti.annotate(banda=Value(0)) if self.elenco.ordine else in_bande(tutti, self.sguardo)
        return dict(casi.order_by("-confermata_il", "-pk").values_list("pk", "banda")[: TETTO_TROVATE + 1])

    def scelti(self, chiavi: Any) -> SegnalazioneQuerySet:
        """The cases with these keys (a query, never more than a page), in order, with all that a row shows.

        The order is found on keys alone: joining what a row shows to the whole list costs more than all the rest.
        """
        return self._in_ordine(Segnalazione.objects.del_servizio(self.user).filter(pk__in=chiavi).per_elenco())

    def _in_ordine(self, casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
        return casi.order_by(self.elenco.ordine, "-pk") if self.elenco.ordine else in_bande(casi, self.sguardo)

    @property
    def tetto(self) -> int | None:
        """How many cases the view shows at most, the newest; None where it shows all that are open."""
        if self.filtri.cerca:
            return TETTO_TROVATE
        return TETTO if self.elenco.ordine else None

    def quante(self, conti: dict[str, int], per_banda: dict[int, int]) -> int:
        """Length of the view, from what was counted already where that is enough; above `tetto` it is not exact."""
        if self.filtri.cerca:
            return len(self._trovate)
        if not self.elenco.ordine:
            return sum(per_banda.values())
        gia = conti.get(self.elenco.slug) if self.intera else None
        return self._tutti[: TETTO + 1].count() if gia is None else gia

    def query(self, **altro: str) -> str:
        """The query string that opens this view again, with "?"."""
        query = QueryDict(mutable=True)
        query.update({"elenco": self.elenco.slug, **self.filtri.valori, **altro})
        return f"?{query.urlencode()}"

    def per_banda(self, conti: dict[str, int]) -> dict[int, int]:
        """How many cases each band has, on all pages together."""
        if self.elenco.ordine:
            return {}
        if self.filtri.cerca:
            return Counter(list(self._trovate.values())[:TETTO_TROVATE])
        if self.intera:
            return {n: conti[f"banda_{n}"] for n in range(len(BANDE)) if conti[f"banda_{n}"]}
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
    salvate = viste_salvate(vista.user, vista.sguardo)
    quante_per_elenco = conti(
        vista.user,
        vista.sguardo,
        viste={s.chiave: s.quali for s in salvate if s.quali is not None},
        bande_di=vista.elenco if vista.intera and not vista.elenco.ordine else None,
    )
    per_banda = vista.per_banda(quante_per_elenco)
    trovate = vista.quante(quante_per_elenco, per_banda)
    quante = trovate if vista.tetto is None else min(trovate, vista.tetto)
    pagina = _GiaContate(vista.casi.values("pk"), quante).get_page(request.GET.get("pagina"))
    return {
        "elenco": vista.elenco,
        "gruppi": _gruppi(vista, quante_per_elenco, salvate),
        "salva": f"{reverse('scrivania:vista_nuova')}{vista.query()}",
        "massa": bottoni(vista.sguardo),
        "massa_url": reverse("scrivania:massa"),
        "massimo": min(quante, TETTO_MASSA),
        "conto": _oltre(quante) if trovate > quante else _conto(vista, quante, quante_per_elenco["oltre"]),
        "pagina": pagina,
        "fasce": fasce(list(vista.scelti(pagina.object_list).defer(*NON_IN_RIGA)), per_banda, query=vista.query()),
        "filtri": vista.filtri,
        "query": vista.query(**({"pagina": str(pagina.number)} if pagina.number > 1 else {})),
        "senza_filtri": f"?elenco={vista.elenco.slug}",
        "colonne": colonne(),
        "didascalia": vista.elenco.didascalia,
        "righe_url": reverse("scrivania:coda_righe"),
    }


def colonne() -> list[tuple[str, str]]:
    """Columns of a list of cases: class, heading."""
    return [
        ("c-scelta", _("Scegli")),
        ("c-scade", _("Scade")),
        ("c-che", _("Segnalazione")),
        ("c-cat", _("Categoria e luogo")),
        ("c-stato", _("Stato")),
        ("c-uff", _("Ufficio")),
    ]


def _oltre(quante: int) -> str:
    numero = number_format(quante, force_grouping=True)
    return _("Più di %(n)s segnalazioni: qui le %(n)s più recenti. Restringi per vedere le altre.") % {"n": numero}


def _conto(vista: Coda, quante: int, in_ritardo: int) -> str:
    frase = ngettext("%(n)d segnalazione", "%(n)d segnalazioni", quante) % {"n": quante}
    if in_ritardo and vista.intera and vista.elenco.slug == "adesso":
        frase += ", " + ngettext("%(n)d oltre il termine", "%(n)d oltre il termine", in_ritardo) % {"n": in_ritardo}
    return f"{frase}."


def _gruppi(vista: Coda, quante: dict[str, int], salvate: list[Salvata]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lists as components/viste.html wants them, those that people saved after the first group.

    The first nine have a key.
    """
    tasti = iter(TASTI)
    qui = vista.query()
    salvata = any(s.url == qui for s in salvate)

    def voce(chiave: str, url: str, nome: object, tono: str, attiva: bool) -> dict[str, Any]:
        conto = quante.get(chiave, "")
        return {
            "url": url,
            "testo": nome,
            "conto": conto,
            "classe": "zero" if conto == 0 else tono,
            "tasto": next(tasti, ""),
            "attiva": attiva,
        }

    gruppi = []
    for titolo, elenchi in gruppi_per(vista.sguardo):
        voci = [
            voce(e.slug, f"?elenco={e.slug}", e.nome, e.tono, not salvata and e.slug == vista.elenco.slug)
            for e in elenchi
        ]
        gruppi.append((str(titolo), voci))
        if salvate and len(gruppi) == 1:
            mie = [voce(s.chiave, s.url, s.nome, "", s.url == qui) for s in salvate]
            gruppi.append((_("Salvati"), mie))
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
