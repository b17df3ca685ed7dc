"""Where what is found comes from. A source makes a Voce of each of its things that everybody may read, and only of
those; who indexes asks no more.

To add a kind of thing: if it is a Wagtail page, its model says `specie`, and nothing else is needed. If not, a line in
ricerca.specie, a source here (a function from keys, or None for all, to Voci) with its line in FONTI, and in
ricerca.receivers what makes it change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction, Site

from cms.documenti import pubblici
from cms.lingue import IN_ITALIANO
from cms.models import Argomento, BasePage, Documento
from core.ricerca import Documento as Parole
from core.ricerca import parole, radice
from ricerca.porte import PORTE
from ricerca.specie import ARGOMENTI, DA_SEGNALARE, DOCUMENTI, SPECIE
from segnalazioni.models import ASSISTENZA, Categoria
from segnalazioni.suggerimenti import ALTRO, modi_di_dire

# How much a word counts, by where it stands: title, keywords, what people say instead, summary, text.
TITOLO, CHIAVI, ALTRIMENTI, SOMMARIO, CORPO = 1.1, 1.0, 0.7, 0.35, 0.15
TESTO_MASSIMO = 20_000  # characters of a text that are kept: a longer page says first what it is about


@dataclass(frozen=True, slots=True)
class Voce:
    """A thing that can be found.

    nome: the words of its title, where the title shown says more (titolo); chiavi: what else it is looked for by;
    altrimenti: the same, said less surely; domande: what is asked there, which counts as text and is not shown;
    giorno: of which day it is, where that says something.
    """

    chiave: str
    specie: str
    url: str
    titolo: str
    nome: str = ""
    chiavi: str = ""
    altrimenti: str = ""
    sommario: str = ""
    corpo: str = ""
    domande: str = ""
    giorno: date | None = None

    def pesi(self) -> dict[str, tuple[str, float]]:
        """Word as written → its stem, and how much it counts: where it stands highest."""
        trovate: dict[str, tuple[str, float]] = {}
        for peso, testo in (
            (TITOLO, self.nome or self.titolo),
            (CHIAVI, self.chiavi),
            (ALTRIMENTI, self.altrimenti),
            (SOMMARIO, self.sommario),
            (CORPO, f"{self.corpo}\n{self.domande}"),
        ):
            for parola in parole(testo):
                trovate.setdefault(parola, (radice(parola), peso))
        return trovate

    def in_ordine(self) -> Parole:
        """All its words as they follow one another."""
        return Parole.di([self.titolo, self.sommario, self.chiavi, self.corpo])


# --- pages ------------------------------------------------------------------------------------------------


def pagine(chiavi: Iterable[int] | None = None) -> Iterator[Voce]:
    """Live pages that everybody may read; chiavi: only these. The root of a site is its home page: it is not found.

    Only Italian ones: stems and spelling are those of one language, and a translation says what its original says.
    """
    quali = BasePage.objects.live().public().exclude(pk__in=Site.objects.values("root_page"))
    quali = quali.filter(IN_ITALIANO, depth__gt=1)
    if chiavi is not None:
        quali = quali.filter(pk__in=list(chiavi))
    for pagina in quali.order_by("path").specific().iterator(chunk_size=200):
        url = pagina.get_url()
        if pagina.specie in SPECIE and url:
            yield _di_una(pagina, url)


def _di_una(pagina: Any, url: str) -> Voce:
    return Voce(
        f"pagina:{pagina.pk}",
        pagina.specie,
        url,
        pagina.title,
        chiavi=pagina.parole_chiave,
        sommario=pagina.sommario or pagina.search_description,
        corpo=pagina.testo_da_cercare()[:TESTO_MASSIMO],
        giorno=pagina.giorno_che_conta(),
    )


def argomenti(chiavi: Iterable[int] | None = None) -> Iterator[Voce]:
    """What pages are about: each opens the list of those that are."""
    quali = Argomento.objects.all()
    if chiavi is not None:
        quali = quali.filter(pk__in=list(chiavi))
    for argomento in quali.order_by("pk"):
        url = argomento.get_absolute_url()
        yield Voce(f"argomento:{argomento.pk}", ARGOMENTI, url, argomento.nome, sommario=argomento.descrizione)


# --- documents --------------------------------------------------------------------------------------------


def documenti_di_tutti() -> QuerySet[Documento]:
    """Documents that a public page uses, but for those of a collection that not everybody may open."""
    chiuse = Q(pk__in=[])
    for percorso in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        chiuse |= Q(path__startswith=percorso)
    quali: QuerySet[Documento] = Documento.objects.filter(pk__in=pubblici())
    return quali.exclude(collection__in=Collection.objects.filter(chiuse))


def documenti(chiavi: Iterable[int] | None = None) -> Iterator[Voce]:
    """Documents that everybody may have."""
    quali = documenti_di_tutti()
    if chiavi is not None:
        quali = quali.filter(pk__in=list(chiavi))
    for documento in quali.order_by("pk").iterator(chunk_size=200):
        yield Voce(
            f"documento:{documento.pk}",
            DOCUMENTI,
            documento.url,
            documento.title,
            sommario=getattr(documento, "descrizione", ""),
            corpo=documento.filename,
        )


# --- categories of report ---------------------------------------------------------------------------------


def categorie(chiavi: Iterable[int] | None = None) -> Iterator[Voce]:
    """What a report may be filed under: each leads to filing one, with that category chosen."""
    quali = Categoria.objects.foglie().exclude(codice__in=(ALTRO, ASSISTENZA))
    if chiavi is not None:
        quali = quali.filter(pk__in=list(chiavi))
    for categoria in quali.order_by("pk"):
        gruppo = categoria.madre.nome if categoria.madre else ""
        yield Voce(
            f"categoria:{categoria.pk}",
            DA_SEGNALARE,
            f"{reverse('segnalazioni:nuova')}?categoria={categoria.codice}",
            _("Segnala: %(nome)s") % {"nome": categoria.nome},
            nome=categoria.nome,
            chiavi=", ".join(categoria.parole),
            altrimenti=", ".join(modi_di_dire([categoria.nome, *categoria.parole])),
            sommario=_("%(gruppo)s · risposta in %(termine)s")
            % {"gruppo": gruppo, "termine": categoria.termine_in_parole()},
            domande="\n".join(_domande(categoria)),
        )


def _domande(categoria: Categoria) -> Iterator[str]:
    for domanda in categoria.domande:
        yield domanda.get("testo", "")
        yield from domanda.get("opzioni", [])


# --- doors of the platform --------------------------------------------------------------------------------


def porte(chiavi: Iterable[int] | None = None) -> Iterator[Voce]:
    """Pages that no editor writes: ricerca.porte. They change with the program, so only all of them are asked for."""
    for porta in PORTE if chiavi is None else ():
        yield Voce(
            f"porta:{porta.url}",
            porta.specie,
            reverse(porta.url),
            str(porta.titolo),
            chiavi=porta.parole_chiave,
            sommario=str(porta.sommario),
        )


@dataclass(frozen=True, slots=True)
class Fonte:
    """A source. nome: begins the key of its Voci; modello: whose rows they are; None: they are written in the program.

    voci: the Voci of these rows, or of all; fewer than were asked for where not everybody may read them.
    """

    nome: str
    modello: Any
    voci: Callable[[Iterable[int] | None], Iterator[Voce]]

    def chiave(self, pk: int) -> str:
        """The key of the Voce of a row."""
        return f"{self.nome}:{pk}"


FONTI: dict[str, Fonte] = {
    fonte.nome: fonte
    for fonte in (
        Fonte("pagina", BasePage, pagine),
        Fonte("argomento", Argomento, argomenti),
        Fonte("documento", Documento, documenti),
        Fonte("categoria", Categoria, categorie),
        Fonte("porta", None, porte),
    )
}
