"""What a file says, as a page keeps it; and where pages are found by their path."""

from __future__ import annotations

from typing import Any

from wagtail.blocks import StreamValue

from cms.models import BasePage


def flusso(tipo: type[BasePage], nome: str, blocchi: list[tuple[str, Any]]) -> StreamValue:
    """Blocks as a file writes them, (name, value), as the field `nome` of this kind of page keeps them."""
    blocco = tipo._meta.get_field(nome).stream_block
    grezzi = [{"type": quale, "value": _grezzo(blocco.child_blocks[quale], valore)} for quale, valore in blocchi]
    return blocco.to_python(grezzi)


def _grezzo(blocco: Any, valore: Any) -> Any:
    """As the block keeps it: a table is written as rows of words, the first being the headings."""
    if blocco.name != "tavola":
        return valore
    titoli, *righe = valore["celle"]
    colonne = [{"type": "parole", "heading": titolo} for titolo in titoli]
    return {"nome": valore["nome"], "celle": {"columns": colonne, "rows": [{"values": r} for r in righe]}}


def trova(casa: BasePage, percorso: str) -> BasePage | None:
    """The page at this path under the home page, as its own class; None when there is none."""
    url = casa.url_path + (f"{percorso}/" if percorso else "")
    pagina = BasePage.objects.filter(url_path=url).first()
    return pagina.specific if pagina else None
