"""What was probably meant by a word that nothing on the site knows.

The words to choose from are those of titles, keywords and summaries with how many things have each, and those of the
names of places, streets included: words of reports are not among them, since people typed those. They are kept by each
process until the index changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max

from comune.models import Luogo
from core.ricerca import COMINCIATA, parole, radice
from ricerca.distanza import COME_SUONA, distanza, lettere, limite, suono
from ricerca.domande import Richiesta, Termine
from ricerca.fonti import SOMMARIO
from ricerca.models import Occorrenza, Trovabile

_COMINCIATA = 0.9  # the distance of a word that is only begun
_SPESSO = 0.02  # of distance, for each doubling of the things that have a word


@dataclass(frozen=True, slots=True)
class Vocabolario:
    """quante: word → how many things have it (0: only places do); suoni: what is heard → words; segni: their letters,
    by length."""

    quante: Mapping[str, int]
    suoni: Mapping[str, list[str]]
    segni: Mapping[int, list[tuple[int, str]]]

    @classmethod
    def di(cls, quante: Mapping[str, int]) -> Vocabolario:
        """Of these words, in their order."""
        suoni: dict[str, list[str]] = defaultdict(list)
        segni: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for parola in quante:
            if len(parola) >= COMINCIATA and not parola.isdigit():
                suoni[suono(parola)].append(parola)
                segni[len(parola)].append((lettere(parola), parola))
        return cls(quante, suoni, segni)

    def vicina(self, parola: str) -> str | None:
        """The word probably meant; None when none is near enough. Of those as near, what more things have."""
        if parola.isdigit():
            return None
        prove = [(self._costo(d, altra), altra) for altra, d in self._vicine(parola)]
        return min(prove)[1] if prove else None

    def come_suona(self, termine: Termine) -> str | None:
        """A word of the same stem that sounds like this one, as buca for bucha."""
        uguali = [p for p in self.suoni.get(suono(termine.forma), ()) if radice(p) == termine.radice]
        return max(uguali, key=lambda p: self.quante[p]) if uguali else None

    def _costo(self, lontana: float, altra: str) -> float:
        return lontana - _SPESSO * self.quante[altra].bit_length()

    def _vicine(self, parola: str) -> Iterable[tuple[str, float]]:
        entro = limite(len(parola))
        if not entro:
            return
        for altra in self.suoni.get(suono(parola), ()):
            yield altra, COME_SUONA
        segno = lettere(parola)
        for lunga in range(len(parola) - int(entro), len(parola) + int(entro) + 1):
            for altro_segno, altra in self.segni.get(lunga, ()):
                # Each slip changes at most two letters of the set; of those that cost half, one is looked for.
                if (segno ^ altro_segno).bit_count() <= 2 * entro + 1:
                    lontana = distanza(parola, altra, entro)
                    if lontana <= entro:
                        yield altra, lontana
        yield from self._cominciate(parola)

    def _cominciate(self, parola: str) -> Iterable[tuple[str, float]]:
        for lunga in range(len(parola) + 1, len(parola) + 5):
            for _segno, altra in self.segni.get(lunga, ()):
                if altra.startswith(parola):
                    yield altra, _COMINCIATA


@dataclass(frozen=True, slots=True)
class Momento:
    """Which index this is: how many things it holds, and when it changed last."""

    quante: int
    ultima: datetime | None

    @classmethod
    def adesso(cls) -> Momento:
        """The index of now. One query."""
        return cls(**Trovabile.objects.aggregate(quante=Count("pk"), ultima=Max("aggiornato_il")))


@lru_cache(maxsize=2)
def vocabolario(_momento: Momento) -> Vocabolario:
    """The words of an index: two queries, none when this process has asked before. Places imported meanwhile come with
    the next change."""
    nomi = Luogo.objects.filter(via__isnull=True).order_by("pk").values_list("nome", flat=True)
    quante = {parola: 0 for nome in nomi.iterator() for parola in parole(nome)}
    righe = Occorrenza.objects.filter(peso__gte=SOMMARIO).values_list("forma")
    quante.update(righe.annotate(quante=Count("pk")).order_by("forma"))
    return Vocabolario.di(quante)


@dataclass(frozen=True, slots=True)
class Correzione:
    """giuste: word typed → word probably meant. certa: so much of the question was unknown that it is searched for
    instead; else it is only offered."""

    giuste: dict[str, str] = field(default_factory=dict)
    certa: bool = False


def corretta(richiesta: Richiesta, volte: Mapping[str, int], momento: Momento) -> Correzione:
    """What was probably meant, when something in the question is known to nothing on the site.

    volte: what `quante_volte` said of it. Words that are found only by their stem are put right along with the others.
    """
    if all(volte.values()):
        return Correzione()
    noto = vocabolario(momento)
    prove: dict[str, str | None] = {}
    for termine in richiesta.termini:
        if termine.forma not in noto.quante:
            ignota = not volte[termine.forma]
            prove[termine.forma] = noto.vicina(termine.forma) if ignota else noto.come_suona(termine)
    giuste = {forma: giusta for forma, giusta in prove.items() if giusta}
    ignote = sum(not volte[forma] for forma in giuste)
    # «Fosso pieno di canne» is understood without its last word: that one is no slip for «cane».
    note = sum(map(bool, volte.values()))
    return Correzione(giuste, certa=ignote >= note) if ignote else Correzione()
