"""Tables that people take away: cells that no spreadsheet runs, as CSV and as XLSX. Nothing else writes either."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

# Italian spreadsheets cut a cell at its semicolons.
_FORMULE = re.compile(r"(?:^|;)\s*[=+\-@\t\r]")
_VIETATI = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet

Righe = Iterable[Sequence[Any]]


def innocua(valore: Any) -> Any:
    """The value as a cell: a text that begins like a formula is one no longer."""
    if isinstance(valore, str) and _FORMULE.search(valore):
        return f"'{valore}".replace(";", ",")
    return "" if valore is None else valore


def scrivi_csv(file: SupportsWrite[str], righe: Righe) -> None:
    """Adds these rows (comma), each cell made harmless; to a file, or to an answer."""
    csv.writer(file).writerows([innocua(cella) for cella in riga] for riga in righe)


def com_era(contenuto: Any) -> str:
    """A row as it came, as JSON for one cell: a semicolon is escaped, so that it neither cuts nor is changed."""
    return json.dumps(contenuto, ensure_ascii=False, default=str).replace(";", r"\u003b")


def in_csv(tabelle: Sequence[tuple[str, Righe]]) -> str:
    """The tables one under the other (UTF-8, comma), each under its title when there are more than one."""
    testo = StringIO()
    for n, (titolo, righe) in enumerate(tabelle):
        if len(tabelle) > 1:
            scrivi_csv(testo, [[], [titolo]] if n else [[titolo]])
        scrivi_csv(testo, righe)
    return testo.getvalue()


def in_xlsx(tabelle: Sequence[tuple[str, Righe]]) -> bytes:
    """A workbook, one sheet for each table; the first row of each stays in sight."""
    from openpyxl import Workbook  # slow to import, and few ask

    libro = Workbook(write_only=True)
    for titolo, righe in tabelle:
        foglio = libro.create_sheet(_VIETATI.sub(" ", titolo)[:31])
        foglio.freeze_panes = "B2"
        for riga in righe:
            foglio.append([innocua(cella) for cella in riga])
    dati = BytesIO()
    libro.save(dati)
    return dati.getvalue()
