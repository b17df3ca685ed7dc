"""Laying the initial pages in the tree."""

from __future__ import annotations

from django.db import transaction

from cms.lingue import IN_ITALIANO
from cms.models import Argomento, BasePage
from home import models
from home.contenuti.argomenti import ARGOMENTI
from home.contenuti.campi import flusso, trova
from home.contenuti.lettura import Scritta, tutte
from home.contenuti.traduzione import traduci

EDIZIONE = 1  # a higher one lays again what is missing: only for pages that a new release brings


@transaction.atomic
def posa() -> list[str]:
    """Lays the pages that are not there, once for every edition; answers their paths.

    A placeholder of the first release (a plain page that nobody has ever edited) makes room for the page that
    takes its address; whatever an editor has touched stays.
    """
    casa = models.HomePage.objects.select_for_update().get(IN_ITALIANO)
    if casa.contenuti_posati >= EDIZIONE:
        return []
    for slug, nome, descrizione, in_evidenza in ARGOMENTI:
        campi = {"nome": nome, "descrizione": descrizione, "in_evidenza": in_evidenza}
        Argomento.objects.get_or_create(slug=slug, defaults=campi)
    posate: list[str] = []
    for scritta in tutte():
        if _posa(casa, scritta):
            posate.append(scritta.percorso)
    posate += traduci(casa)
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
