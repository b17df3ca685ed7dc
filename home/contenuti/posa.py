"""Laying the initial pages in the tree."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.blocks import StreamValue

from cms.models import Argomento, BasePage
from home import models
from home.contenuti.argomenti import ARGOMENTI
from home.contenuti.lettura import Scritta, tutte

EDIZIONE = 1  # a higher one lays again what is missing: only for pages that a new release brings


@transaction.atomic
def posa() -> list[str]:
    """Lays the pages that are not there, once for every edition; answers their paths.

    A placeholder of the first release (a plain page that nobody has ever edited) makes room for the page that
    takes its address; whatever an editor has touched stays.
    """
    casa = models.HomePage.objects.select_for_update().get()
    if casa.contenuti_posati >= EDIZIONE:
        return []
    for slug, nome, descrizione, in_evidenza in ARGOMENTI:
        campi = {"nome": nome, "descrizione": descrizione, "in_evidenza": in_evidenza}
        Argomento.objects.get_or_create(slug=slug, defaults=campi)
    posate: list[str] = []
    for scritta in tutte():
        if _posa(casa, scritta):
            posate.append(scritta.percorso)
    models.HomePage.objects.filter(pk=casa.pk).update(contenuti_posati=EDIZIONE)
    return posate


def _posa(casa: models.HomePage, scritta: Scritta) -> bool:
    madre = trova(casa, scritta.madre)
    tipo = getattr(models, scritta.tipo)
    if madre is None or not tipo.can_exist_under(madre):  # an editor's page may have taken the place of its mother
        return False
    gia = madre.get_children().filter(slug=scritta.slug).first()
    if gia is not None:
        if gia.specific_class is tipo or gia.latest_revision_id or not isinstance(gia.specific, models.PaginaSemplice):
            return False
        gia.delete()
        madre = BasePage.objects.get(pk=madre.pk)
    pagina = tipo(
        title=scritta.titolo,
        slug=scritta.slug,
        sommario=scritta.sommario,
        **scritta.campi,
        **{nome: trova(casa, percorso) for nome, percorso in scritta.riferimenti.items()},
        **{nome: flusso(tipo, nome, blocchi) for nome, blocchi in scritta.blocchi.items()},
    )
    pagina.live = False
    madre.add_child(instance=pagina)
    pagina.argomenti.set(Argomento.objects.filter(slug__in=scritta.argomenti))
    pagina.save_revision().publish()
    return True


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
