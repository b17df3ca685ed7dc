"""The public words of a case, part by part, and how stretches of them are covered.

Covered words are replaced in the row itself, and what was there goes into a ParteCoperta: so every place that shows,
searches, exports or mails the words shows the mark, also one that was written without thinking of it. A model that
brings new public words adds its parts to `parti_di`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from segnalazioni.models import Foto, Segnalazione, TestoPassaggio

# Stored where the words stood, hence not translated.
SEGNO = "[parole coperte]"

Tratto = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parte:
    """One public text of a case. nome: for people. sotto: the key inside a JSON field, else ""."""

    chiave: str
    nome: str
    riga: Model
    campo: str
    sotto: str = ""

    @property
    def testo(self) -> str:
        """The words as everybody reads them now."""
        valore: Any = getattr(self.riga, self.campo)
        return str(valore.get(self.sotto, "")) if self.sotto else str(valore)

    def scrivi(self, testo: str) -> str:
        """Puts other words in their place, cut to what the field holds; answers what it wrote."""
        massimo = self.riga._meta.get_field(self.campo).max_length  # type: ignore[union-attr]
        testo = testo[:massimo] if massimo else testo
        valore = {**getattr(self.riga, self.campo), self.sotto: testo} if self.sotto else testo
        setattr(self.riga, self.campo, valore)
        self.riga.save(update_fields=[self.campo])
        return testo


def parti_di(caso: Segnalazione) -> list[Parte]:
    """Every public text of a case that is not empty. Two queries."""
    return [parte for parte in (*_del_caso(caso), *_dei_passaggi(caso), *_delle_foto(caso)) if parte.testo]


def _del_caso(caso: Segnalazione) -> Iterator[Parte]:
    yield Parte("titolo", _("Titolo"), caso, "titolo")
    yield Parte("testo", _("Che cosa succede"), caso, "testo")
    yield Parte("indirizzo", _("Luogo"), caso, "indirizzo")
    yield Parte("luogo_a_parole", _("Luogo a parole"), caso, "luogo_a_parole")
    domande = {domanda["chiave"]: domanda["testo"] for domanda in caso.categoria.domande}
    for chiave in caso.risposte:
        yield Parte(f"risposta:{chiave}", domande.get(chiave, chiave), caso, "risposte", chiave)


def _dei_passaggi(caso: Segnalazione) -> Iterator[Parte]:
    tutte = TestoPassaggio.objects.filter(passaggio__segnalazione=caso).select_related("passaggio")
    for detto in tutte.order_by("passaggio__numero"):
        numero = detto.passaggio.numero
        yield Parte(f"passo:{numero}:testo", _("Passo %(n)d") % {"n": numero}, detto, "testo")
        yield Parte(f"passo:{numero}:prova", _("Passo %(n)d, prova dell’inoltro") % {"n": numero}, detto, "prova")


def _delle_foto(caso: Segnalazione) -> Iterator[Parte]:
    for numero, foto in enumerate(Foto.objects.filter(segnalazione=caso), start=1):
        yield Parte(f"foto:{foto.uid}", _("Didascalia della foto %(n)d") % {"n": numero}, foto, "didascalia")


# --- stretches --------------------------------------------------------------------------------------------


def trova_tratti(testo: str, frasi: Iterable[str]) -> list[Tratto]:
    """Where these phrases stand in the text: whole words, in any case and with any spaces between them."""
    return [trovato.span() for frase in frasi if (forma := _forma(frase)) for trovato in forma.finditer(testo)]


def _forma(frase: str) -> re.Pattern[str] | None:
    parole = [re.escape(parola) for parola in frase.split()]
    if not parole:
        return None
    prima = r"(?<!\w)" if re.match(r"\w", frase.strip()) else ""
    dopo = r"(?!\w)" if re.search(r"\w$", frase.strip()) else ""
    return re.compile(prima + r"\s+".join(parole) + dopo, re.IGNORECASE)


def uniti(tratti: Iterable[Sequence[int]]) -> list[list[int]]:
    """The same stretches in order, those that touch or overlap made one."""
    fatti: list[list[int]] = []
    for da, a in sorted((t[0], t[1]) for t in tratti):
        if fatti and da <= fatti[-1][1]:
            fatti[-1][1] = max(fatti[-1][1], a)
        else:
            fatti.append([da, a])
    return fatti


def copri(testo: str, tratti: Iterable[Sequence[int]]) -> str:
    """The text with the mark in the place of each stretch."""
    pezzi, letto = [], 0
    for da, a in uniti(tratti):
        pezzi += [testo[letto:da], SEGNO]
        letto = a
    return "".join([*pezzi, testo[letto:]])
