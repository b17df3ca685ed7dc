"""Public codes like LU-7K3F-92QD: short, random, readable aloud, with a check character.

Letters: Crockford's base 32 (no I, L, O, U: they are read as 1, 1, 0 or look rude); 7 random characters (35 bits)
and the eighth by the Luhn algorithm modulo 32, which catches every single wrong character and every swap of
neighbours but that of 0 and Z.
"""

from __future__ import annotations

import re
import secrets

from django.conf import settings

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_COME_SCRITTO = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def _controllo(corpo: str) -> str:
    """The check character of seven others (Luhn mod N, ISO/IEC 7812-1 with 32 for 10)."""
    somma, fattore = 0, 2
    for lettera in reversed(corpo):
        prodotto = ALFABETO.index(lettera) * fattore
        somma += prodotto // 32 + prodotto % 32
        fattore = 3 - fattore
    return ALFABETO[-somma % 32]


def nuovo_codice() -> str:
    """A new random code, e.g. "LU-7K3F-92QD". Uniqueness is the database's to promise."""
    corpo = "".join(secrets.choice(ALFABETO) for _ in range(7))
    tutto = corpo + _controllo(corpo)
    return f"{settings.CODICE_ENTE}-{tutto[:4]}-{tutto[4:]}"


def leggi_codice(testo: str) -> str | None:
    """The code as written by a person (any case, spaces, O for 0), in its own form; None when it cannot be one."""
    ente = settings.CODICE_ENTE
    lettere = "".join(c for c in testo.upper() if c.isascii() and c.isalnum())
    if not lettere.startswith(ente) or len(lettere) != len(ente) + 8:
        return None
    tutto = lettere[len(ente) :].translate(_COME_SCRITTO)
    if any(c not in ALFABETO for c in tutto) or _controllo(tutto[:7]) != tutto[7]:
        return None
    return f"{ente}-{tutto[:4]}-{tutto[4:]}"


def leggi_numero(testo: str, cifre: int = 9) -> int | None:
    """The whole number that these digits are; None for anything else, and for more digits than a key ever has."""
    return int(testo) if testo.isascii() and testo.isdigit() and len(testo) <= cifre else None


def cerca_codice(testo: str) -> str | None:
    """The code in a search box: whole, or without the letters of the Comune if it is written with its hyphen.

    One in 32 of all eight-letter searches («civico 79») would pass for a number without letters.
    """
    scritto = testo.strip()
    nudo = re.fullmatch(r"[0-9A-Za-z]{4}-[0-9A-Za-z]{4}", scritto)
    return leggi_codice(f"{settings.CODICE_ENTE}{scritto}" if nudo else scritto)
