"""Which category do these words mean? Pure functions over the taxonomy; nothing is learnt from people's texts.

Words are compared in the form written, then by their Italian stem (Snowball; accents and elisions removed, ch and gh
folded, so that buca finds buche), then allowing one slip of the finger. A word that many categories share says
little, one that a single category has says a lot (inverse document frequency). Exact forms weigh more than stems,
because stems confuse porto with porta.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.ricerca import piegato, radice
from segnalazioni.models import Categoria

QUANTE = 4
ALTRO = "altro.altro"
_LEGGE = 4000  # characters: what a report may hold
_ESATTA, _RADICE, _REFUSO, _VICINA, _CONDIZIONE = 1.0, 0.8, 0.6, 0.7, 0.5
_NOME, _PAROLE, _GRUPPO = 1.1, 1.0, 0.35
_SOGLIA = 0.25  # of the best score: below it a suggestion is noise
_REFUSO_DA = 5  # letters: in shorter words one letter changes everything

# Words that say nothing about what is wrong.
_CHE_NON_DICONO = """
    a ad al alla alle allo ai agli all anche ancora che chi ci cio col come con cosa cui da dal dalla dalle dallo dai
    dagli dall davanti degli dei del dell della delle dello dentro di dopo dove due e ed era fa fare fino fra fuori gia
    gli ha hai hanno ho i il in io la le lo lui ma mai me mi mia mie miei mio molto ne nei nel nell nella nelle nello no
    noi non nostra nostro o oggi ogni per perche piu po poi presso prima pure qua qualcuno quale quando quello questa
    questo qui se sei senza sera si sia sono sopra sotto sta stanno stato su sua sui sul sull sulla sulle sullo suo
    tanto te ti tra tre tua tuo tutta tutte tutti tutto un una uno va vanno vi via viale vicino vorrei salve buongiorno
    buonasera segnalo segnalare segnalazione giorni settimana mese mesi
"""
_VUOTE = frozenset(_CHE_NON_DICONO.split())

# What state a thing is in says less than what thing it is.
CONDIZIONI = frozenset(
    {"rott", "guast", "pien", "sporc", "funzion", "cad", "vecc", "apert", "cius", "nuov", "manc"}  # stems
)

# What people say for what the taxonomy calls otherwise: word of everyday → words of the taxonomy.
_MODI_DI_DIRE = {
    "macchina": "auto veicolo",
    "vettura": "auto veicolo",
    "automobile": "auto veicolo",
    "furgone": "auto veicolo",
    "correre": "velocita",
    "corrono": "velocita",
    "sfrecciano": "velocita",
    "veloci": "velocita",
    "dissestato": "dissesto",
    "bruciato": "bruciare fumo",
    "bruciano": "bruciare fumo",
    "cacche": "cacca",
    "spazzatura": "rifiuti",
    "immondizia": "rifiuti",
    "pattume": "rifiuti",
    "bidoni": "cassonetto",
    "secchio": "cestino",
    "indifferenziato": "contenitore",
    "carrozzine": "carrozzina",
    "carrozzella": "carrozzina",
    "fulminata": "spento",
    "fulminato": "spento",
    "buio": "buia",
    "fosse": "buca",
    "chiazza": "perdita",
    "rubinetti": "rubinetto",
    "bisca": "animali",
    "sorci": "topi",
    "pantegane": "topi",
    "graffito": "graffiti",
    "murales": "graffiti",
    "corriera": "autobus",
    "pullman": "autobus",
    "bancomat": "pagamento",
    "pagare": "pagamento",
    "bolletta": "pagamento",
    "handicap": "disabili",
    "fracasso": "rumore",
    "casino": "rumore",
    "allagato": "allagamento",
    "frigorifero": "ingombranti elettrodomestico",
    "frigo": "ingombranti elettrodomestico",
    "materasso": "ingombranti",
    "armadio": "ingombranti",
    "mobili": "ingombranti",
    "poltrona": "ingombranti",
    "umido": "organico",
    "plastica": "multimateriale",
}


@dataclass(frozen=True, slots=True)
class Proposta:
    """A category that may be meant, and how strongly (only the order of the numbers means anything)."""

    categoria: Categoria
    punti: float


def suggerisci(testo: str, categorie: Iterable[Categoria], *, quante: int = QUANTE) -> list[Proposta]:
    """The likeliest categories for a text, best first; none when no word of it says anything.

    categorie: the leaves, with their parent loaded. "Nessuna di queste" (altro.altro) is never among the answers.
    """
    foglie = {c.codice: c for c in categorie if c.codice != ALTRO}
    indice = _indice(tuple(_chiave(c) for c in foglie.values()))
    punti = indice.punti(testo[:_LEGGE])
    migliore = max(punti.values(), default=0.0)
    buone = [(p, codice) for codice, p in punti.items() if p >= migliore * _SOGLIA]
    ordine = {codice: posto for posto, codice in enumerate(foglie)}
    buone.sort(key=lambda voce: (-voce[0], ordine[voce[1]]))
    return [Proposta(foglie[codice], p) for p, codice in buone[:quante]]


def modi_di_dire(testi: Iterable[str]) -> list[str]:
    """What people say, beside these words, for the same thing: «vettura» where «auto» is."""
    radici = {radice(p) for testo in testi for p in parole(testo)}
    return [detta for detta, giuste in _MODI_DI_DIRE.items() if any(radice(g) in radici for g in giuste.split())]


# --- words ------------------------------------------------------------------------------------------------


def parole(testo: str) -> list[str]:
    """The words of a text that say something, folded: lower case, no accents, no elided article."""
    return [p for p in re.findall(r"[a-z0-9]+", piegato(testo)) if len(p) > 1 and p not in _VUOTE]


def _mancanti(parola: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    yield parola
    for i in range(len(parola)):
        yield parola[:i] + parola[i + 1 :]


# --- the index --------------------------------------------------------------------------------------------

Chiave = tuple[str, str, str, tuple[str, ...]]


def _chiave(categoria: Categoria) -> Chiave:
    gruppo = categoria.madre.nome if categoria.madre else ""
    return categoria.codice, categoria.nome, gruppo, tuple(categoria.parole)


@lru_cache(maxsize=4)
def _indice(chiavi: tuple[Chiave, ...]) -> _Indice:
    # Keyed by the taxonomy itself: a change in it makes another index, the same one is built once per process.
    return _Indice(chiavi)


class _Indice:
    """For every form and stem, the categories that have it and how much it counts there."""

    def __init__(self, chiavi: tuple[Chiave, ...]) -> None:
        self._forme: dict[str, dict[str, float]] = defaultdict(dict)
        self._radici: dict[str, dict[str, float]] = defaultdict(dict)
        self._refusi: dict[str, set[str]] = defaultdict(set)
        for codice, nome, gruppo, elenco in chiavi:
            for peso, testo in ((_NOME, nome), (_PAROLE, " ".join(elenco)), (_GRUPPO, gruppo)):
                for parola in parole(testo):
                    self._aggiungi(codice, parola, peso)
        self._quante = len(chiavi)
        for parola in [p for p in self._forme if len(p) >= _REFUSO_DA]:
            for pezzo in _mancanti(parola):
                self._refusi[pezzo].add(parola)

    def _aggiungi(self, codice: str, parola: str, peso: float) -> None:
        for dove, chiave in ((self._forme, parola), (self._radici, radice(parola))):
            dove[chiave][codice] = max(peso, dove[chiave].get(codice, 0.0))

    def punti(self, testo: str) -> Counter[str]:
        """Score of each category that some word of the text speaks for."""
        totale: Counter[str] = Counter()
        for parola in dict.fromkeys(parole(testo)):
            for codice, punti in self._punti_di(parola).items():
                totale[codice] += punti  # type: ignore[assignment]
        return totale

    def _punti_di(self, parola: str) -> dict[str, float]:
        punti = self._cerca(parola, 1.0)
        for altra in _MODI_DI_DIRE.get(parola, "").split():
            for codice, p in self._cerca(altra, _VICINA).items():
                punti[codice] = max(p, punti.get(codice, 0.0))
        if punti or len(parola) < _REFUSO_DA - 1:
            return punti
        for giusta in {g for pezzo in _mancanti(parola) for g in self._refusi.get(pezzo, ())}:
            for codice, p in self._cerca(giusta, _REFUSO).items():
                punti[codice] = max(p, punti.get(codice, 0.0))
        return punti

    def _cerca(self, parola: str, peso: float) -> dict[str, float]:
        base = radice(parola)
        comuni = self._radici.get(base, {})
        raro = math.log(1 + self._quante / len(comuni)) if comuni else 0.0
        peso *= _CONDIZIONE if base in CONDIZIONI else 1.0
        esatte = self._forme.get(parola, {})
        return {
            codice: peso * raro * max(_RADICE * quanto, _ESATTA * esatte.get(codice, 0.0))
            for codice, quanto in comuni.items()
        }
