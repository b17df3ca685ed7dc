"""How far two words are apart, as fingers and ears slip in Italian. Pure functions over folded words.

A slip is a letter more, less, another, or two neighbours swapped (Damerau, each pair once). A letter beside the right
one on the keyboard is half a slip, and so is what sounds alike: doubled letters, h, ch and c, gl and l, gn and n, q
and c.
"""

from __future__ import annotations

import re

_TASTI = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SUONI = (
    (re.compile(r"h"), ""),
    (re.compile(r"gl(?=i)"), "l"),
    (re.compile(r"gn"), "n"),
    (re.compile(r"[kq]u?(?=[aeio])"), "cu"),
    (re.compile(r"[kq]"), "c"),
    (re.compile(r"x"), "s"),
    (re.compile(r"y|j"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_MEZZO = 0.5
COME_SUONA = 0.5  # the distance of two words that sound alike


def _vicini() -> frozenset[tuple[str, str]]:
    """Pairs of keys side by side: in a row, and one row under the other."""
    coppie = set()
    for n, fila in enumerate(_TASTI):
        for posto, tasto in enumerate(fila):
            accanto = fila[posto + 1 : posto + 2]
            sotto = _TASTI[n + 1][max(0, posto - 1) : posto + 1] if n + 1 < len(_TASTI) else ""
            coppie |= {(tasto, altro) for altro in accanto + sotto}
    return frozenset(coppie | {(b, a) for a, b in coppie})


_VICINI = _vicini()


def limite(lunga: int) -> float:
    """How many slips a word of so many letters may have: in short words one letter changes everything."""
    if lunga < 4:
        return 0.0
    return 1.0 if lunga < 7 else 1.5 if lunga < 9 else 2.0


def suono(parola: str) -> str:
    """What is heard of a word."""
    for quale, come in _SUONI:
        parola = quale.sub(come, parola)
    return parola


def lettere(parola: str) -> int:
    """The letters of a word as bits: two words differ by at least half as many edits as bits."""
    segno = 0
    for lettera in parola:
        segno |= 1 << (ord(lettera) & 31)
    return segno


def _cambio(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return _MEZZO if (a, b) in _VICINI else 1.0


def distanza(a: str, b: str, entro: float) -> float:
    """Slips between two words; more than `entro` as soon as that is certain."""
    if a == b:
        return 0.0
    if abs(len(a) - len(b)) > entro:
        return entro + 1
    largo, oltre = int(entro), entro + 1  # a cell farther from the diagonal costs more than there is
    prima: list[float] = []
    riga = [float(n) for n in range(len(b) + 1)]
    for i, lettera in enumerate(a, 1):
        due_fa, prima, riga = prima, riga, [float(i) if i <= largo else oltre] + [oltre] * len(b)
        for j in range(max(1, i - largo), min(len(b), i + largo) + 1):
            altra = b[j - 1]
            passo = min(prima[j] + 1, riga[j - 1] + 1, prima[j - 1] + _cambio(lettera, altra))
            if i > 1 and j > 1 and lettera == b[j - 2] and a[i - 2] == altra:
                passo = min(passo, due_fa[j - 2] + 1)
            riga[j] = passo
        if min(riga) > entro:
            return entro + 1
    return riga[-1]
