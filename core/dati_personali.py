"""Personal data inside words that everybody will read: e-mail addresses, phones, codice fiscale, IBAN.

Finds what a person most likely did not mean to publish; it decides nothing. A codice fiscale counts only with its
check character (D.M. 23 December 1976), an IBAN only with its check digits (ISO 13616, mod 97), so that any other
code of the same shape passes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _


class Tipo(Enum):
    """Kinds of personal data."""

    EMAIL = "email"
    TELEFONO = "telefono"
    CODICE_FISCALE = "codice_fiscale"
    IBAN = "iban"


@dataclass(frozen=True, slots=True)
class Trovato:
    """One piece of personal data, as it is written in the text."""

    tipo: Tipo
    testo: str


_CHE_COSA = {
    Tipo.EMAIL: _("l’indirizzo e-mail"),
    Tipo.TELEFONO: _("il numero di telefono"),
    Tipo.CODICE_FISCALE: _("il codice fiscale"),
    Tipo.IBAN: _("l’IBAN"),
}


def elenca(trovati: Iterable[Trovato]) -> str:
    """What was found, for a sentence: «l’indirizzo e-mail (anna@example.org), il codice fiscale (…)»."""
    return ", ".join(f"{_CHE_COSA[t.tipo]} ({t.testo})" for t in trovati)


def trova(testo: str) -> list[Trovato]:
    """What looks like personal data in `testo`, in the order written, each once."""
    posti = sorted((inizio, -fine, tipo) for tipo, inizio, fine in _posti(testo))
    trovati: dict[Trovato, None] = {}
    letto = 0
    for inizio, meno_fine, tipo in posti:
        if inizio >= letto:  # the digits of an IBAN are not a phone too
            letto = -meno_fine
            trovati[Trovato(Tipo(tipo), testo[inizio:letto])] = None
    return list(trovati)


def _posti(testo: str) -> Iterator[tuple[str, int, int]]:
    for tipo, forma, vero in _FORME:
        for parte in forma.finditer(testo):
            if vero(parte.group()):
                yield tipo.value, *parte.span()


# --- codice fiscale ---------------------------------------------------------------------------------------

# What a character is worth on an odd place: the digits 0–9, then the letters A–Z, of which A–J are worth as the digits.
_CIFRE_DISPARI = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
_LETTERE_DISPARI = (*_CIFRE_DISPARI, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_DISPARI = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (*_CIFRE_DISPARI, *_LETTERE_DISPARI), strict=True))


def _pari(lettera: str) -> int:
    return int(lettera) if lettera.isdigit() else ord(lettera) - ord("A")


def codice_fiscale_valido(codice: str) -> bool:
    """Does the check character of these 16 (any case) hold?"""
    codice = codice.upper()
    somma = sum(_DISPARI[c] if i % 2 == 0 else _pari(c) for i, c in enumerate(codice[:15]))
    return chr(ord("A") + somma % 26) == codice[15]


# --- IBAN -------------------------------------------------------------------------------------------------


def iban_valido(iban: str) -> bool:
    """Do the check digits hold? Spaces and case do not matter."""
    nudo = "".join(iban.split()).upper()
    numero = "".join(str(int(c, 36)) for c in nudo[4:] + nudo[:4])
    return 15 <= len(nudo) <= 34 and int(numero) % 97 == 1


# --- phones -----------------------------------------------------------------------------------------------

_DATA = re.compile(r"0?\d[\s./-](0?\d|1[0-2])[\s./-](\d\d|\d{4})")


def _telefono_vero(testo: str) -> bool:
    cifre = re.sub(r"\D", "", testo)
    cifre = re.sub(r"^(0039|39(?=[03]\d{7}))", "", cifre)
    return not _DATA.fullmatch(testo) and 9 <= len(cifre) <= 11


def _sempre(testo: str) -> bool:
    return True


# Italian mobiles begin with 3, other numbers with 0 and the area; one space, dot, slash or dash parts their groups.
_FORME: list[tuple[Tipo, re.Pattern[str], Callable[[str], bool]]] = [
    (Tipo.EMAIL, re.compile(r"[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE), _sempre),
    (
        Tipo.CODICE_FISCALE,
        re.compile(
            r"\b[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]\b", re.IGNORECASE | re.ASCII
        ),
        codice_fiscale_valido,
    ),
    # Italy and San Marino have 27 characters, parted as one likes; of the others only capitals end surely.
    (
        Tipo.IBAN,
        re.compile(r"\b(?:IT|SM) ?\d{2} ?[A-Z](?: ?\d){10}(?: ?[A-Z0-9]){12}\b", re.IGNORECASE | re.ASCII),
        iban_valido,
    ),
    (Tipo.IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.ASCII), iban_valido),
    (
        Tipo.TELEFONO,
        re.compile(r"(?<![\w.,/-])(?:(?:\+|00)39[ .-]?)?(?:3\d{2}|0[1-9]\d{0,2})(?:[ ./-]?\d){5,8}(?![\w-]|[.,/]\d)"),
        _telefono_vero,
    ),
]
