"""Streets, from a viario: CodiceVia, DUG (via, piazza…) and DUF (of whom). It says no positions."""

from __future__ import annotations

from pathlib import Path

from comune.actions import Voce
from comune.importatori.lettura import Lettura, Riga, RigaScartata, Scarto, Tabella, nome_di
from comune.models import TipoLuogo


def leggi_vie(percorso: Path, *, fonte: str) -> Lettura:
    """The streets of the file. Raises FileNonValido."""
    tabella = Tabella(percorso)
    tabella.servono("CodiceVia", "DUG", "DUF")
    lettura = Lettura()
    visti: dict[str, int] = {}
    for linea, riga in tabella.righe():
        try:
            if isinstance(riga, str):
                raise RigaScartata(riga)
            voce = voce_via(riga, fonte)
            prima = visti.setdefault(voce.fonte_id, linea)
            if prima != linea:
                raise RigaScartata(f"il suo codice è già alla riga {prima}")
            lettura.voci.append(voce)
        except RigaScartata as motivo:
            lettura.scarti.append(Scarto(linea, str(motivo), riga))
    return lettura


def voce_via(riga: Riga, fonte: str) -> Voce:
    """The street of a row of a viario, or of house numbers. Raises RigaScartata."""
    return Voce(TipoLuogo.VIA, nome_di(f"{riga['DUG']} {riga['DUF']}"), fonte, numero_via(riga["CodiceVia"]))


def numero_via(codice: str) -> str:
    """The fonte_id of a street: what its house numbers are joined by. Raises RigaScartata."""
    if not codice or len(codice) > 40:
        raise RigaScartata("manca il codice della via" if not codice else "il codice della via è troppo lungo")
    return f"via:{codice}"
