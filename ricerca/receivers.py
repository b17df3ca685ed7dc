"""What happens to pages, documents and categories reaches the index in the same transaction.

Wagtail publishes from many doors (editors, workflows, the hour that was set): its signals are the one place that all of
them pass. Each receiver calls one action; what it is given is never indexed itself, only its key.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import Argomento, BasePage, Documento
from ricerca import actions
from segnalazioni.models import Categoria


def segui() -> None:
    """Begins to listen."""
    page_published.connect(_pubblicata)
    page_unpublished.connect(_pagina)
    for segnale in (page_slug_changed, post_page_move):
        segnale.connect(_ramo)
    post_delete.connect(_pagina_cancellata, sender=BasePage)
    for modello in apps.get_models():
        if issubclass(modello, BasePage):
            post_save.connect(_pagina_nuova, sender=modello)
    for segnale in (post_save, post_delete):
        segnale.connect(_ramo_chiuso, sender=PageViewRestriction)
        segnale.connect(_raccolta_chiusa, sender=CollectionViewRestriction)
    post_save.connect(_raccolta, sender=Collection)
    post_save.connect(_argomento, sender=Argomento)
    post_delete.connect(_argomento_cancellato, sender=Argomento)
    post_save.connect(_documento, sender=Documento)
    post_delete.connect(_documento_cancellato, sender=Documento)
    post_save.connect(_categoria, sender=Categoria)
    post_delete.connect(_categoria_cancellata, sender=Categoria)


# --- pages ------------------------------------------------------------------------------------------------


def _pagina(instance: BasePage, **altro: Any) -> None:
    actions.aggiorna("pagina", [instance.pk])
    actions.allinea_documenti()


def _pubblicata(instance: BasePage, **altro: Any) -> None:
    """Wagtail writes down what a page uses before it saves the rows under it: a file taken off would still be there."""
    ReferenceIndex.create_or_update_for_object(instance)
    _pagina(instance)


def _pagina_nuova(instance: BasePage, created: bool, raw: bool, **altro: Any) -> None:
    """Made live by a program, without a revision to publish."""
    if created and instance.live and not raw:
        _pagina(instance)


def _pagina_cancellata(instance: BasePage, **altro: Any) -> None:
    actions.togli("pagina", [instance.pk])
    actions.allinea_documenti()


def _ramo(instance: BasePage, **altro: Any) -> None:
    """A page has another address: so have all below it. Where it goes they may be private, or no longer be."""
    rami = BasePage.objects.filter(path__startswith=instance.path)
    actions.aggiorna("pagina", rami.values_list("pk", flat=True))
    actions.allinea_documenti()


def _ramo_chiuso(instance: PageViewRestriction, **altro: Any) -> None:
    # Gone with its page, there is nothing left to close.
    for pagina in BasePage.objects.filter(pk=instance.page_id):
        _ramo(pagina)


def _argomento(instance: Argomento, **altro: Any) -> None:
    actions.aggiorna("argomento", [instance.pk])


def _argomento_cancellato(instance: Argomento, **altro: Any) -> None:
    actions.togli("argomento", [instance.pk])


# --- documents --------------------------------------------------------------------------------------------


def _documento(instance: Documento, **altro: Any) -> None:
    actions.aggiorna("documento", [instance.pk])


def _documento_cancellato(instance: Documento, **altro: Any) -> None:
    actions.togli("documento", [instance.pk])


def _raccolta_chiusa(instance: CollectionViewRestriction, **altro: Any) -> None:
    for raccolta in Collection.objects.filter(pk=instance.collection_id):
        _documenti_di(raccolta.pk)


def _raccolta(instance: Collection, created: bool, **altro: Any) -> None:
    """It may go under a closed one: Wagtail moves it after it has saved it."""
    if not created:
        transaction.on_commit(partial(_documenti_di, instance.pk))


def _documenti_di(chiave: int) -> None:
    for raccolta in Collection.objects.filter(pk=chiave):
        dentro = Documento.objects.filter(collection__path__startswith=raccolta.path)
        actions.aggiorna("documento", dentro.values_list("pk", flat=True))


# --- categories -------------------------------------------------------------------------------------------


def _categoria(instance: Categoria, created: bool, raw: bool, **altro: Any) -> None:
    """The name of a group is a word of its categories."""
    if raw:
        return
    if instance.madre_id is not None:
        actions.aggiorna("categoria", [instance.pk])
    elif not created:
        actions.aggiorna("categoria", instance.figlie.values_list("pk", flat=True))


def _categoria_cancellata(instance: Categoria, **altro: Any) -> None:
    actions.togli("categoria", [instance.pk])
