"""The whole import: rows in batches, one transaction each; what cannot come in goes to a file with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.public_cache import touch
from core.realtime import annuncia, in_silenzio
from core.tabelle import com_era, scrivi_csv
from segnalazioni.actions import GRUPPO_CODA, Importata, importa
from segnalazioni.importatori.errori import RigaScartata
from segnalazioni.importatori.segnalazioni import Corrispondenza, Riga, traduci
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.ricerca import indicizza

A_VOLTA = 200  # rows of one transaction: SQLite waits for the disk once per commit


@dataclass(slots=True)
class Scarto:
    """A row that did not come in."""

    linea: int
    motivo: str
    riga: Any


@dataclass(slots=True)
class Resoconto:
    """What an import has done."""

    nuove: int = 0
    gia: int = 0
    scarti: list[Scarto] = field(default_factory=list)


class Importazione:
    """One run over the rows of one source. `prova`: everything is tried and nothing kept."""

    def __init__(self, parole: Corrispondenza, *, prova: bool = False) -> None:
        self.parole, self.prova = parole, prova
        self.resoconto = Resoconto()
        self._categorie = {c.codice: c for c in Categoria.objects.foglie()}
        self._viste: set[str] = set()

    def esegui(self, righe: list[tuple[int, Riga | str]], *, avanti: Callable[[int], None]) -> Resoconto:
        """Files the rows; calls `avanti` with how many more are done. A bad row never stops the others."""
        for inizio in range(0, len(righe), A_VOLTA):
            manciata = righe[inizio : inizio + A_VOLTA]
            with transaction.atomic(), in_silenzio():
                self._importa_manciata(manciata)
                transaction.set_rollback(self.prova)
            avanti(len(manciata))
        if self.resoconto.nuove and not self.prova:
            annuncia(GRUPPO_CODA, 0)
            touch("segnalazioni")
        return self.resoconto

    def _importa_manciata(self, manciata: list[tuple[int, Riga | str]]) -> None:
        lette = [(linea, riga, voce) for linea, riga in manciata if (voce := self._traduci(linea, riga))]
        qui = Segnalazione.objects.filter(fonte=self.parole.fonte, fonte_id__in=[v.fonte_id for _l, _r, v in lette])
        ci_sono = set(qui.values_list("fonte_id", flat=True))
        nuove: list[Segnalazione] = []
        for linea, riga, voce in lette:
            if voce.fonte_id in ci_sono:
                self.resoconto.gia += 1
                continue
            try:
                nuove += self._importa(voce)
            except DomainError as rifiuto:
                self.resoconto.scarti.append(Scarto(linea, rifiuto.messaggio, riga))
        indicizza(*nuove)

    def _traduci(self, linea: int, riga: Riga | str) -> Importata | None:
        try:
            if isinstance(riga, str):
                raise RigaScartata(riga)
            voce = traduci(riga, self.parole, self._categorie)
            if voce.fonte_id in self._viste:
                raise RigaScartata("il suo numero è già di un’altra riga del file")
        except RigaScartata as motivo:
            self.resoconto.scarti.append(Scarto(linea, str(motivo), riga))
            return None
        self._viste.add(voce.fonte_id)
        return voce

    def _importa(self, voce: Importata) -> list[Segnalazione]:
        """The new case; none when it is here already."""
        try:
            nuova = importa(voce)
        except IntegrityError:
            if not Segnalazione.objects.filter(fonte=voce.fonte, fonte_id=voce.fonte_id).exists():
                raise
            # Somebody else is importing the same file at this moment and was faster with this row.
            self.resoconto.gia += 1
            return []
        self.resoconto.nuove += 1
        return [nuova]


def scrivi_scarti(scarti: list[Scarto], percorso: Path) -> None:
    """CSV with line, id, reason and the row as it came (JSON)."""
    percorso.parent.mkdir(parents=True, exist_ok=True)
    with percorso.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
        scrivi_csv(file, [["riga", "id", "motivo", "contenuto"], *map(_riga, scarti)])


def _riga(scarto: Scarto) -> list[Any]:
    numero = str(scarto.riga.get("id", "")) if isinstance(scarto.riga, dict) else ""
    return [scarto.linea, numero, scarto.motivo, com_era(scarto.riga)]
