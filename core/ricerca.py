"""Search in Italian with the same hits on PostgreSQL and SQLite: words are folded and stemmed here, not there.

A document is a row of words kept in a CampoParole: their stems in order, then the forms as written, so that the
beginning of a word finds it too. On PostgreSQL that is a tsvector, made of our words and not of its parser's, with a
GIN index (core.operations.IndiceParole); on SQLite a text with a space around each word. A question (Domanda) asks
for all its words, in any order and form; words in quotes must follow one another; the last may be only begun.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import snowballstemmer
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup

PAROLE_CHIESTE = 12  # of a question; more of them find nothing more
PAROLE_LETTE = 16_000  # of a document: a tsvector knows no farther place
LUNGA = 40  # letters of a word that count
COMINCIATA = 4  # letters from which a word may be only begun

_PAROLA = re.compile(r"[a-z0-9]+")
_PEZZO = re.compile(r'"([^"]*)"|([^\s"]+)')
# « » “ ” are quotes too; a single one opens nothing.
_VIRGOLETTE = str.maketrans(dict.fromkeys("«»“”„", '"'))

# Words that only join others: neither kept nor asked for.
_CHE_LEGANO = """
    ad ai al all alla alle allo agli anche che chi ci col come con cui da dai dagli dal dall dalla dalle dallo
    degli dei del dell della delle dello di ed era fra gli ha hai hanno ho il in io la le lei lo loro lui ma me mi mia
    mie miei mio ne nei negli nel nell nella nelle nello noi non nostra nostro od per pero piu quel quella quelle quelli
    quello questa queste questi questo se si sia siamo sono su sua sue sugli sui sul sull sulla sulle sullo suo suoi ti
    tra tu tua tuo un una uno vi voi
"""
_LEGATURE = frozenset(_CHE_LEGANO.split())


def piegato(testo: str) -> str:
    """Lower case, no accents."""
    nudo = unicodedata.normalize("NFKD", testo.casefold())
    return "".join(c for c in nudo if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def radice(parola: str) -> str:
    """The stem of a folded word; ch and gh before e and i are the c and g of the other forms (buche, buca)."""
    dura = re.sub(r"([cg])h", r"\1", parola)
    return str(snowballstemmer.stemmer("italian").stemWord(dura))


def parole(testo: str) -> list[str]:
    """The folded words of a text, in order, without those that only join others and without lone letters."""
    trovate = (p[:LUNGA] for p in _PAROLA.findall(piegato(testo)))
    return [p for p in trovate if (len(p) > 1 or p.isdigit()) and p not in _LEGATURE]


# --- document and question ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Documento:
    """What can be found: radici in the order of the text, and the forms that differ from them."""

    radici: tuple[str, ...] = ()
    forme: tuple[str, ...] = ()

    @classmethod
    def di(cls, testi: Iterable[str]) -> Documento:
        """The document of these texts, one after the other."""
        scritte = parole("\n".join(testi))[:PAROLE_LETTE]
        radici = tuple(radice(p) for p in scritte)
        gia = frozenset(radici)
        return cls(radici, tuple(dict.fromkeys(p for p in scritte if p not in gia)))

    def per_postgresql(self) -> str:
        """As a literal of type tsvector. Forms have no place, so no words in quotes find them."""
        return " ".join([*(f"{p}:{n}" for n, p in enumerate(self.radici, 1)), *self.forme])

    def per_sqlite(self) -> str:
        """As text: " stem stem | form | form "."""
        return " ".join(["", *self.radici, *(f"| {p}" for p in self.forme), ""])


@dataclass(frozen=True, slots=True)
class Pezzo:
    """One thing that must be there: these stems one after the other, or one of these forms, or a form so begun."""

    radici: tuple[str, ...]
    forme: tuple[str, ...] = ()
    inizio: str = ""

    @classmethod
    def sciolto(cls, parola: str, *, ultima: bool) -> Pezzo:
        """A word outside quotes. The stemmer takes «zanzare» for a verb: the other endings are asked for as well."""
        altre = tuple(parola[:-1] + v for v in "aeio") if len(parola) > COMINCIATA and parola[-1] in "aeio" else ()
        return cls((radice(parola),), altre, parola if ultima and len(parola) >= COMINCIATA else "")


@dataclass(frozen=True, slots=True)
class Domanda:
    """What is looked for. Without any word (only signs, or words that join others) it finds nothing."""

    pezzi: tuple[Pezzo, ...] = ()

    @classmethod
    def leggi(cls, scritto: str) -> Domanda:
        """From what somebody typed, whatever it is."""
        gruppi = [
            (bool(fra_virgolette), parole(fra_virgolette or sciolta))
            for fra_virgolette, sciolta in _PEZZO.findall(scritto.translate(_VIRGOLETTE))
        ]
        gruppi = [gruppo for gruppo in gruppi if gruppo[1]]
        pezzi: list[Pezzo] = []
        restano = PAROLE_CHIESTE
        for n, (uniti, forme) in enumerate(gruppi, 1):
            forme = forme[:restano]
            restano -= len(forme)
            if uniti and forme:
                pezzi.append(Pezzo(tuple(map(radice, forme))))
            else:
                pezzi += [Pezzo.sciolto(p, ultima=n == len(gruppi) and m == len(forme)) for m, p in enumerate(forme, 1)]
        return cls(tuple(pezzi))

    def __bool__(self) -> bool:
        return bool(self.pezzi)

    def per_postgresql(self) -> str:
        """As a literal of type tsquery."""
        return " & ".join(
            "(" + " | ".join([" <-> ".join(p.radici), *p.forme, *([f"{p.inizio}:*"] if p.inizio else [])]) + ")"
            for p in self.pezzi
        )

    def per_sqlite(self) -> list[list[str]]:
        """Pieces of text: one of each list must be there."""
        return [
            [f" {' '.join(p.radici)} ", *(f" {forma} " for forma in p.forme), *([f" {p.inizio}"] if p.inizio else [])]
            for p in self.pezzi
        ]


# --- in the database ---------------------------------------------------------------------------------------

if TYPE_CHECKING:
    _Campo = models.Field[Documento, str]
else:
    _Campo = models.Field


class CampoParole(_Campo):
    """Keeps a Documento; is read back only by the database (lookup `trova`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        nome, percorso, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return nome, percorso, list(args), kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: BaseDatabaseWrapper) -> str:
        """A literal says of which type it is."""
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if not isinstance(value, Documento):
            return value
        return value.per_postgresql() if connection.vendor == "postgresql" else value.per_sqlite()


@CampoParole.register_lookup
class Trova(Lookup):
    """`.filter(parole__trova=Domanda.leggi(…))`."""

    lookup_name = "trova"
    prepare_rhs = False
    rhs: Domanda

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """SQLite, and whatever else knows instr()."""
        if not self.rhs:
            return "1 = 0", ()
        colonna, parametri = self.process_lhs(compiler, connection)
        condizioni: list[str] = []
        valori: list[str | int] = []
        for pezzi in self.rhs.per_sqlite():
            condizioni.append("(" + " OR ".join(f"instr({colonna}, %s) > 0" for _pezzo in pezzi) + ")")
            for pezzo in pezzi:
                valori += [*parametri, pezzo]
        return " AND ".join(condizioni), tuple(valori)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """The operator that the GIN index answers."""
        if not self.rhs:
            return "FALSE", ()
        colonna, parametri = self.process_lhs(compiler, connection)
        return f"{colonna} @@ %s::tsquery", (*parametri, self.rhs.per_postgresql())
