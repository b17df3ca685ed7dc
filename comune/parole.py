"""Names as people type them and names as registers write them, brought to the same words. Knows no database.

"P.za dell’Anfiteatro", "piazza anfiteatro" → piazza anfiteatro · "S. Concordio", "San Concordio" → san concordio ·
"Sant'Anna", "sant anna" → san anna · "Via Elisa, n. 12/A" → via elisa 12a · "XX Settembre" → 20 settembre.
"""

from __future__ import annotations

import re
import unicodedata

MASSIMO = 200  # characters: no name of a place is longer

_PAROLE = re.compile(r"\d+[/-]\d+|[a-z0-9]+")
# P.za, V.le, C.so…: only without a space, or "v. le ville" would become a viale.
_CON_IL_PUNTO = re.compile(r"\b([pvcl])\.(?=(?:zza|za|tta|zale|zle|le|lo|so|go)\b)")
_SIGLE = {
    "pza": "piazza",
    "pzza": "piazza",
    "ptta": "piazzetta",
    "ple": "piazzale",
    "pzle": "piazzale",
    "pzale": "piazzale",
    "vle": "viale",
    "vlo": "vicolo",
    "vic": "vicolo",
    "cso": "corso",
    "lgo": "largo",
    "str": "strada",
    "loc": "localita",
    "fraz": "frazione",
    "prov": "provinciale",
}
# A saint is a saint in every gender, number and elision.
_SANTI = frozenset({"s", "ss", "san", "sant", "santa", "santo", "santi", "sante", "santissima", "santissimo"})
_LEGATURE = frozenset(
    {
        *("a", "ad", "ai", "al", "all", "alla", "alle", "allo", "agli", "d", "da", "dai", "dal", "dall", "dalla"),
        *("de", "degl", "degli", "dei", "del", "dell", "della", "delle", "dello", "di", "e", "ed"),
        *("gli", "i", "il", "in", "l", "la", "le", "lo", "nel", "nell", "nella"),
    }
)
_PRIMA_DEL_NUMERO = frozenset({"n", "nr", "num", "numero", "no", "civ", "civico"})
_DOPO_IL_NUMERO = re.compile(r"[a-z]|bis|ter|quater")
_MESI = frozenset(
    {
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
        *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    }
)
_GIORNI = {
    "primo": "1", "i": "1", "ii": "2", "due": "2", "iv": "4", "quattro": "4", "viii": "8", "otto": "8", "x": "10",
    "xi": "11", "xx": "20", "venti": "20", "xxiv": "24", "xxv": "25", "venticinque": "25", "xxvii": "27",
    "xxviii": "28",
}  # fmt: skip


def in_parole(testo: str) -> list[str]:
    """The words that count: no accents, no capitals, no articles, abbreviations in full. [] when none is left."""
    grezzo = unicodedata.normalize("NFKD", testo[: 2 * MASSIMO].casefold())
    senza_accenti = "".join(c for c in grezzo if not unicodedata.combining(c))
    parole = [p.replace("/", "-") for p in _PAROLE.findall(_CON_IL_PUNTO.sub(r"\1", senza_accenti))]
    parole = _uniforma(_stringi_numeri(parole))
    return [p for p in parole if p not in _LEGATURE] or parole


def chiave_di(nome: str) -> str:
    """What a name is searched by; "" for a name without a letter or digit of ours."""
    return " ".join(in_parole(nome))[:MASSIMO]


def _stringi_numeri(parole: list[str]) -> list[str]:
    """12, a → 12a · n, 12 → 12. Before the articles go, or the "a" of 12/A would go with them."""
    strette: list[str] = []
    for parola in parole:
        if strette and strette[-1].isdigit() and _DOPO_IL_NUMERO.fullmatch(parola):
            strette[-1] += parola
        elif strette and parola[0].isdigit() and strette[-1] in _PRIMA_DEL_NUMERO:
            strette[-1] = parola
        else:
            strette.append(parola)
    return strette


def _uniforma(parole: list[str]) -> list[str]:
    return [_parola(parola, n, parole) for n, parola in enumerate(parole)]


def _parola(parola: str, n: int, parole: list[str]) -> str:
    poi = parole[n + 1] if n + 1 < len(parole) else ""
    if poi in _MESI and parola in _GIORNI:
        return _GIORNI[parola]
    if parola == "v" and n == 0 and poi:
        return "via"
    # "s" alone at the end is still being typed; SS 12 is a road, not a saint.
    if parola in _SANTI and (len(parola) > 2 or (poi and not poi[0].isdigit())):
        return "san"
    return _SIGLE.get(parola, parola)


# --- house numbers ----------------------------------------------------------------------------------------

_CIVICO = re.compile(
    r"(?:n|nr|num|numero|civ|civico)?[\s.°º]*0*(\d{1,5})"
    r"(?:\s*[/-]\s*(\d{1,3})|\s*[/-]?\s*([a-z]|bis|ter|quater))?\.?"
)
_SCRITTO = re.compile(r"(\d+)-?(.*)")


def numero_di(civico: str, esponente: str = "") -> str:
    """ "n. 12" → "12" · "12/A", ("12", "a") → "12a" · "12/1" → "12-1". "" when it is no number ("snc", "0", "km 3")."""
    unito = f"{civico.strip()}/{esponente.strip()}" if esponente.strip() else civico.strip()
    trovato = _CIVICO.fullmatch(unito.casefold())
    if trovato is None or int(trovato[1]) == 0:
        return ""
    # A digit stays apart from the number: 12/1 is not 121.
    return trovato[1] + (f"-{trovato[2]}" if trovato[2] else trovato[3] or "")


def scrivi_numero(numero: str) -> str:
    """ "12a" → "12/A" · "12bis" → "12/bis" · "12-1" → "12/1" · "12" → "12"."""
    trovato = _SCRITTO.fullmatch(numero)
    if trovato is None or not trovato[2]:
        return numero
    resto = trovato[2]
    return f"{trovato[1]}/{resto.upper() if len(resto) == 1 else resto}"


def senza_esponente(numero: str) -> str:
    """ "12a", "12-1" → "12"; what is no number stays as it is."""
    trovato = _SCRITTO.fullmatch(numero)
    return trovato[1] if trovato else numero
