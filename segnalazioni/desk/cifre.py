"""The figures as the page and the files show them: tables by dimension, each count with the address of its list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.models import Canale
from comune.models import Quartiere, Ufficio
from core.codici import leggi_numero
from segnalazioni.desk.grafici import percento
from segnalazioni.models import Categoria
from segnalazioni.statistiche import SENZA, SOGLIA, Conteggio, Pareri

Contati = Mapping[str, Mapping[str, Any]]  # dimension → group → its figures
ENTRO = 30  # days of the one figure of the curve that the tables show

# Column → its heading, and what a cell says. Those of QUALI open the list that they count, shares their numerator.
COLONNE: tuple[tuple[str, Promise, Callable[[Conteggio], Any]], ...] = (
    ("arrivate", gettext_lazy("Arrivate"), lambda c: c.arrivate),
    ("aperte", gettext_lazy("Aperte"), lambda c: c.aperte),
    ("oltre", gettext_lazy("Oltre"), lambda c: c.oltre),
    ("in_tempo", gettext_lazy("In tempo"), lambda c: c.in_tempo),
    ("tardi", gettext_lazy("Tardi"), lambda c: c.tardi),
    ("senza_termine", gettext_lazy("Senza termine"), lambda c: c.senza_termine),
    ("altre", gettext_lazy("Ritirate o unite"), lambda c: c.altre),
    ("contestate", gettext_lazy("Contestate"), lambda c: c.contestate),
    ("mediana", gettext_lazy("Mediana"), lambda c: c.mediana),
    ("p90", gettext_lazy("90%"), lambda c: c.p90),
    ("entro", gettext_lazy("Entro 30 giorni"), lambda c: c.risposte_entro(ENTRO)),
    ("quota_aperte", gettext_lazy("Quota aperte"), lambda c: c.quota_aperte),
)


@dataclass(frozen=True, slots=True)
class Misure:
    """What a table says of each group. elenco_di: column → the list it opens, where that is not its own name ("" for
    none); quote: columns in per cent; vuoto: the figures of nobody; ordine: the column that puts the groups in order.
    """

    colonne: Sequence[tuple[str, Promise, Callable[[Any], Any]]]
    elenco_di: Mapping[str, str]
    quote: frozenset[str]
    vuoto: Callable[[], Any]
    ordine: str


DI_ARRIVATE = Misure(
    COLONNE,
    {"mediana": "chiuse", "p90": "chiuse", "quota_aperte": "aperte", "entro": ""},
    frozenset({"entro", "quota_aperte"}),
    Conteggio,
    "arrivate",
)


DI_RISPOSTE = Misure(
    (
        ("risposte", gettext_lazy("Risposte"), lambda p: p.risposte),
        ("contenti", gettext_lazy("Contenti"), lambda p: p.contenti),
        ("tiepidi", gettext_lazy("Così così"), lambda p: p.tiepidi),
        ("scontenti", gettext_lazy("Scontenti"), lambda p: p.scontenti),
        ("muti", gettext_lazy("Senza parere"), lambda p: p.muti),
        ("quota_contenti", gettext_lazy("Quota contenti"), lambda p: p.quota_contenti),
        ("quota_muti", gettext_lazy("Quota senza parere"), lambda p: p.quota_muti),
    ),
    {"quota_contenti": "contenti", "quota_muti": "muti"},
    frozenset({"quota_contenti", "quota_muti"}),
    Pareri,
    "risposte",
)


@dataclass(frozen=True, slots=True)
class Cella:
    """One figure: what it says, the list that it opens ("" for none), whether it is something late."""

    testo: str
    url: str
    tardi: bool


@dataclass(frozen=True, slots=True)
class RigaDiCifre:
    """One group with its figures."""

    nome: str
    conteggio: Any  # of the type of its Misure.vuoto
    celle: list[Cella]


@dataclass(frozen=True, slots=True)
class Tabella:
    """One dimension: its groups in order, and all of them together. slug: its name in addresses; titolo: in files."""

    dimensione: str
    slug: str
    nome: str
    titolo: str
    misure: Misure
    righe: list[RigaDiCifre]
    totale: RigaDiCifre

    @property
    def testate(self) -> list[str]:
        """Headings of the columns, the first one the dimension's."""
        return [self.nome, *(str(parole) for _nome, parole, _dice in self.misure.colonne)]

    def da_portare_via(self) -> list[list[Any]]:
        """The rows of a file: figures as numbers, shares to the tenth."""
        return [self.testate, *(self._numeri(riga) for riga in (*self.righe, self.totale))]

    def _numeri(self, riga: RigaDiCifre) -> list[Any]:
        valori = [dice(riga.conteggio) for _nome, _parole, dice in self.misure.colonne]
        return [riga.nome, *(round(v, 1) if isinstance(v, float) else v for v in valori)]


def slug_dei_pareri(dimensione: str) -> str:
    """What the table of the opinions by this dimension is called in addresses."""
    return f"gradimento-{dimensione}"


NOMI: dict[str, Promise] = {
    "ufficio": gettext_lazy("Ufficio"),
    "categoria": gettext_lazy("Categoria"),
    "mese": gettext_lazy("Mese di arrivo"),
    "quartiere": gettext_lazy("Area"),
    "canale": gettext_lazy("Canale"),
}


def tabelle(
    contati: Contati, pareri: Contati, indirizzo: str, valori: dict[str, str]
) -> tuple[list[Tabella], list[Tabella]]:
    """The tables of the page: of what arrived, of the opinions. indirizzo: of the lists; valori: what the page is
    narrowed by."""
    nomi = {slug: _nomi(slug, {*contati[slug], *pareri.get(slug, ())}) for slug in NOMI}
    arrivate = [_tabella(slug, contati[slug], DI_ARRIVATE, nomi[slug], (indirizzo, valori)) for slug in NOMI]
    detti = [_tabella(slug, pareri[slug], DI_RISPOSTE, nomi[slug], (indirizzo, valori)) for slug in pareri]
    return arrivate, detti


def _tabella(
    slug: str, gruppi: Mapping[str, Any], misure: Misure, nomi: dict[str, str], dove: tuple[str, dict[str, str]]
) -> Tabella:
    totale = misure.vuoto()
    for conteggio in gruppi.values():
        totale.somma(conteggio)
    indirizzo, valori = dove
    righe = [
        _riga(nomi[g], gruppi[g], misure, indirizzo, valori | {"gruppo": f"{slug}:{g}"})
        for g in _in_ordine(slug, gruppi, misure.ordine)
    ]
    nome = str(NOMI[slug])
    suo, titolo = (slug, nome) if misure is DI_ARRIVATE else (slug_dei_pareri(slug), _("Gradimento, %s") % nome.lower())
    return Tabella(slug, suo, nome, titolo, misure, righe, _riga(_("Totale"), totale, misure, indirizzo, valori))


def _in_ordine(slug: str, gruppi: Mapping[str, Any], ordine: str) -> list[str]:
    """Months one after the other; the others by how many."""
    return sorted(gruppi) if slug == "mese" else sorted(gruppi, key=lambda g: (-getattr(gruppi[g], ordine), g))


def _nomi(slug: str, gruppi: set[str]) -> dict[str, str]:
    if slug == "mese":
        return {g: f"{str(MONTHS[int(g[4:])]).lower()} {g[:4]}" for g in gruppi}
    if slug == "canale":
        return {g: str(Canale(g).label) for g in gruppi}
    modello: Any = {"ufficio": Ufficio, "categoria": Categoria, "quartiere": Quartiere}[slug]
    righe = modello.objects.filter(pk__in=[g for g in gruppi if g]).values_list("pk", "nome")
    return {str(pk): nome for pk, nome in righe} | {SENZA: _("Da assegnare") if slug == "ufficio" else _("Senza luogo")}


def _riga(nome: str, conteggio: Any, misure: Misure, indirizzo: str, valori: dict[str, str]) -> RigaDiCifre:
    celle = []
    for slug, _parole, dice in misure.colonne:
        valore = dice(conteggio)
        testo = percento(valore) if slug in misure.quote else "–" if valore is None else str(valore)
        quale = misure.elenco_di.get(slug, slug)
        url = f"{indirizzo}?{urlencode(valori | {'quale': quale})}" if quale and valore is not None else ""
        celle.append(Cella(testo, url, slug in ("oltre", "tardi") and bool(valore)))
    return RigaDiCifre(nome, conteggio, celle)


def del_gruppo(gruppo: str) -> tuple[str, Q]:
    """Dimension and condition of a group as its link names it («ufficio:12»); ("", Q()) for anything else.

    The condition is on `d_<dimension>`, which the caller annotates.
    """
    slug, _due_punti, chiave = gruppo.partition(":")
    if slug not in NOMI:
        return "", Q()
    if chiave == SENZA:
        return slug, Q(**{f"d_{slug}__isnull": True})
    if slug != "canale":
        numero = leggi_numero(chiave)
        return ("", Q()) if numero is None else (slug, Q(**{f"d_{slug}": numero}))
    return slug, Q(d_canale=chiave)


def definizioni() -> list[tuple[str, str]]:
    """What each figure means, in the words of the page."""
    return [
        (_("Arrivate"), _("Confermate nel periodo scelto. Tutte le altre cifre delle tabelle sono fra queste.")),
        (_("Aperte"), _("Fra le arrivate, quelle che oggi aspettano ancora una risposta.")),
        (_("Oltre"), _("Fra le aperte, quelle con il termine già passato. Se il termine è sospeso non contano.")),
        (
            _("Chiuse"),
            _("Quelle che hanno avuto risposta: risolte, respinte, di altri enti, archiviate dopo la risposta."),
        ),
        (_("In tempo, tardi"), _("Chiuse entro l’ultimo giorno del termine, o dopo. Chi non ha termine sta a parte.")),
        (_("Ritirate o unite"), _("Ritirate da chi ha segnalato, o unite a un’altra: finite senza una risposta loro.")),
        (_("Contestate"), _("Quelle in cui la risposta è stata contestata almeno una volta.")),
        (
            _("Mediana, 90%"),
            _(
                "Entro quanti giorni di calendario è stata chiusa la metà, e nove su dieci, delle chiuse. Il giorno "
                "della conferma non conta. Chi aspetta ancora qui non c’è: per questo accanto c’è la quota aperta."
            ),
        ),
        (
            _("Entro 30 giorni"),
            _(
                "Su cento che arrivano, quante hanno una risposta dopo 30 giorni, contando anche chi aspetta ancora "
                "(stima di Kaplan–Meier). Un trattino dove nessuna aspetta da tanto."
            ),
        ),
        (_("Quota aperte"), _("Le aperte su cento arrivate.")),
        *_definizioni_dei_pareri(),
    ]


def _definizioni_dei_pareri() -> list[tuple[str, str]]:
    return [
        (
            _("Risposte, e che cosa se ne pensa"),
            _(
                "Le risposte date nel periodo, anche a segnalazioni arrivate prima: se si guardassero solo le "
                "arrivate, parlerebbe solo chi ha avuto risposta presto. Contenti: voto 4 o 5; così così: 3; "
                "scontenti: 1 o 2. Vale l’ultimo voto, e non quello su una risposta poi riaperta."
            ),
        ),
        (
            _("Senza parere"),
            _(
                "Le risposte di cui chi ha segnalato non ha detto niente, anche perché era anonimo e non poteva. "
                "La loro quota sta sempre accanto a quella dei contenti, che da sola farebbe bella figura."
            ),
        ),
        (
            _("Quote del gradimento"),
            _(
                "I contenti su cento che hanno dato un voto; i senza parere su cento risposte. Con meno di %(n)d voti "
                "restano i numeri, senza percentuali: una persona sola peserebbe troppo."
            )
            % {"n": SOGLIA},
        ),
    ]


def nome_della_lista(quale: str) -> str:
    """What the list behind a figure is called: of QUALI, of PARERI, or "risposte"."""
    nomi = {
        "arrivate": _("Arrivate"),
        "aperte": _("Aperte"),
        "oltre": _("Aperte oltre il termine"),
        "chiuse": _("Chiuse"),
        "in_tempo": _("Chiuse in tempo"),
        "tardi": _("Chiuse tardi"),
        "senza_termine": _("Chiuse, senza termine"),
        "altre": _("Ritirate o unite"),
        "contestate": _("Contestate"),
        "risposte": _("Risposte date nel periodo"),
        "contenti": _("Risposte con chi ha segnalato contento"),
        "tiepidi": _("Risposte andate così così per chi ha segnalato"),
        "scontenti": _("Risposte con chi ha segnalato scontento"),
        "muti": _("Risposte senza un parere"),
    }
    return nomi[quale]
