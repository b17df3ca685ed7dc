"""A TOML file as a page, of pagine/, or as the translation of one, of traduzioni/.

tipo = "ServizioPage"                  # a class of home.models
titolo, sommario, ordine               # ordine: place among its sisters, default 50
argomenti = ["partecipazione"]         # slugs of cms.Argomento
riferimenti = {ufficio = "amministrazione/uffici/urp"}   # relations to other pages, by their path
[campi]                                # every other field of the class, as it is
[[corpo]]                              # a stream: one table per block, its name and its value
testo = "<p>…</p>"

A translation has no kind, no relations and no place of its own: traduce = "servizi/…", the path of the page that it
translates (under the home page; "" is that page itself), and whatever holds words; the rest is the original's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CARTELLA = Path(__file__).parent / "pagine"
TRADUZIONI = Path(__file__).parent / "traduzioni"
_PROPRI = frozenset({"tipo", "traduce", "titolo", "sommario", "ordine", "argomenti", "riferimenti", "campi"})


@dataclass(frozen=True, slots=True)
class Scritta:
    """What a file says. percorso: path under the home page, without slashes at its ends."""

    percorso: str
    tipo: str
    titolo: str
    sommario: str
    ordine: int = 50
    argomenti: tuple[str, ...] = ()
    riferimenti: dict[str, str] = field(default_factory=dict)
    campi: dict[str, Any] = field(default_factory=dict)
    blocchi: dict[str, list[tuple[str, Any]]] = field(default_factory=dict)
    traduce: str = ""

    @property
    def slug(self) -> str:
        """The last part of its path."""
        return self.percorso.rpartition("/")[2]

    @property
    def madre(self) -> str:
        """Path of the page above; "" is the home page."""
        return self.percorso.rpartition("/")[0]


def leggi(file: Path, radice: Path = CARTELLA) -> Scritta:
    """Raises KeyError where the title is missing, or what it is; ValueError where the file is no TOML."""
    dati = tomllib.loads(file.read_text())
    tradotta = "traduce" in dati
    return Scritta(
        percorso=file.relative_to(radice).with_suffix("").as_posix(),
        tipo="" if tradotta else dati["tipo"],
        traduce=dati.get("traduce", ""),
        titolo=dati["titolo"],
        sommario=dati.get("sommario", ""),
        ordine=dati.get("ordine", 50),
        argomenti=tuple(dati.get("argomenti", ())),
        riferimenti=dati.get("riferimenti", {}),
        campi=dati.get("campi", {}),
        blocchi={
            nome: [blocco for voce in voci for blocco in voce.items()]
            for nome, voci in dati.items()
            if nome not in _PROPRI
        },
    )


def tutte(radice: Path = CARTELLA) -> Iterator[Scritta]:
    """All of them, a page before those under it, sisters in their order."""
    scritte = [leggi(file, radice) for file in sorted(radice.rglob("*.toml"))]
    ordini = {s.percorso: s.ordine for s in scritte}

    def posto(scritta: Scritta) -> list[tuple[int, str]]:
        parti = scritta.percorso.split("/")
        sopra = ["/".join(parti[: n + 1]) for n in range(len(parti))]
        return [(ordini.get(percorso, 50), percorso) for percorso in sopra]

    yield from sorted(scritte, key=posto)
