"""The verbs of the redazioni: bring groups and permissions in step; say that a page is still right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts.models import User
from cms.models import BasePage
from comune.models import Incarico, Ruolo
from core.tempo import oggi
from redazione.models import ComeScrive, Redazione

if TYPE_CHECKING:
    from datetime import date

LAVORANO = (Ruolo.OPERATORE, Ruolo.RESPONSABILE, Ruolo.URP)
PROPONE = {ComeScrive.SUA: {"add", "change"}, ComeScrive.AGGIUNGE: {"add"}}
PUBBLICA = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}
# Wagtail asks for the permissions of its own picture and document, whatever ours are called.
SCEGLIE = {"choose_image", "choose_document"}
FILE = {*SCEGLIE, "add_image", "change_image", "add_document", "change_document"}
_APP = ("wagtailadmin", "wagtailimages", "wagtaildocs", "wagtailredirects", "simple_translation", "cms")
OGNUNA = {"access_admin", "submit_translation"}
# What who approves keeps beside the pages; an administrator may give them more, never less.
CENTRALI = {"add_argomento", "change_argomento", "delete_argomento", "add_redirect", "change_redirect"}
IN_COMUNE = "In comune"  # pictures and files that every redazione may choose


# --- who is in it -----------------------------------------------------------------------------------------


def persone_di(redazione: Redazione, giorno: date) -> list[User]:
    """Who writes in it on this day: who works in its office or heads it, and who is named."""
    if not redazione.attiva:
        return []
    chi = Q(pk__in=redazione.redattori.values("utente"))
    if redazione.ufficio_id is not None:
        incarichi = Incarico.objects.in_carica(giorno).filter(ufficio=redazione.ufficio_id, ruolo__in=LAVORANO)
        chi |= Q(pk__in=incarichi.values("utente"))
    return list(User.objects.filter(chi, is_active=True, is_staff=True, cancellato_il__isnull=True).order_by("pk"))


# --- in step ----------------------------------------------------------------------------------------------


@transaction.atomic
def allinea(redazione: Redazione) -> None:
    """Group, permissions and people of a redazione as it says, today. Again, it changes nothing."""
    redazione = Redazione.objects.select_for_update().get(pk=redazione.pk)
    redazione.parti.filter(pagina__isnull=True).delete()
    gruppo = _gruppo(redazione)
    _permessi_generali(redazione, gruppo)
    _permessi_pagine(redazione, gruppo)
    _permessi_raccolte(redazione, gruppo)
    prima, ora = set(gruppo.user_set.all()), set(persone_di(redazione, oggi()))
    gruppo.user_set.set(ora)
    _lasciano(redazione, prima - ora, ora)


def allinea_tutte() -> int:
    """All of them, one transaction each; answers how many."""
    redazioni = list(Redazione.objects.order_by("pk"))
    for redazione in redazioni:
        allinea(redazione)
    return len(redazioni)


def _gruppo(redazione: Redazione) -> Group:
    nome = f"Redazione: {redazione.nome}"
    if redazione.gruppo is None:
        redazione.gruppo = Group.objects.create(name=nome)
        redazione.save(update_fields=["gruppo"])
    elif redazione.gruppo.name != nome:
        redazione.gruppo.name = nome
        redazione.gruppo.save(update_fields=["name"])
    return redazione.gruppo


def _permessi(codici: Iterable[str]) -> list[Permission]:
    return list(Permission.objects.filter(codename__in=codici, content_type__app_label__in=_APP))


def _permessi_generali(redazione: Redazione, gruppo: Group) -> None:
    """The way in, and to begin a translation; for an office nothing else, whatever somebody has ticked by hand."""
    if redazione.approva:
        gruppo.permissions.add(*_permessi({*OGNUNA, *CENTRALI}))
    else:
        gruppo.permissions.set(_permessi(OGNUNA))


def _permessi_pagine(redazione: Redazione, gruppo: Group) -> None:
    """Adds what is missing, takes away what is too much."""
    ids = dict(_permessi_di_pagina())
    volute = {
        (pagina, ids[verbo])
        for parte in redazione.parti.select_related("pagina")
        for pagina in _in_ogni_lingua(parte.pagina)
        for verbo in (PUBBLICA if redazione.approva else PROPONE[ComeScrive(parte.come)])
    }
    presenti = {
        (riga.page_id, riga.permission_id): riga.pk for riga in GroupPagePermission.objects.filter(group=gruppo)
    }
    GroupPagePermission.objects.filter(pk__in=[pk for k, pk in presenti.items() if k not in volute]).delete()
    nuove = [
        GroupPagePermission(group=gruppo, page_id=pagina, permission_id=permesso)
        for pagina, permesso in sorted(volute - presenti.keys())
    ]
    GroupPagePermission.objects.bulk_create(nuove)


def _in_ogni_lingua(pagina: BasePage) -> list[int]:
    """Who writes a page writes its translations too."""
    return list(pagina.get_translations(inclusive=True).values_list("pk", flat=True))


def _permessi_di_pagina() -> list[tuple[str, int]]:
    righe = Permission.objects.filter(content_type__app_label="cms", content_type__model="basepage")
    return [(codice.rsplit("_", 1)[0], pk) for codice, pk in righe.values_list("codename", "pk")]


def _permessi_raccolte(redazione: Redazione, gruppo: Group) -> None:
    """Who approves works on every file; an office on its own, and it may choose what is in common."""
    radice = Collection.get_first_root_node()
    if redazione.approva:
        volute = {radice.pk: FILE}
    else:
        volute = {_raccolta(redazione, radice).pk: FILE, _figlia(radice, IN_COMUNE).pk: SCEGLIE}
    chiavi = {(dove, p.pk) for dove, codici in volute.items() for p in _permessi(codici)}
    mie = GroupCollectionPermission.objects.filter(group=gruppo)
    presenti = {(r.collection_id, r.permission_id): r.pk for r in mie}
    GroupCollectionPermission.objects.filter(pk__in=[pk for k, pk in presenti.items() if k not in chiavi]).delete()
    for dove, permesso in sorted(chiavi - presenti.keys()):
        GroupCollectionPermission.objects.create(group=gruppo, collection_id=dove, permission_id=permesso)


def _figlia(radice: Collection, nome: str) -> Collection:
    trovata: Collection | None = radice.get_children().filter(name=nome).first()
    return trovata or radice.add_child(instance=Collection(name=nome))


def _raccolta(redazione: Redazione, radice: Collection) -> Collection:
    """Never one of the same name that somebody else has made: whose files it holds is not known."""
    if redazione.raccolta is None:
        redazione.raccolta = radice.add_child(instance=Collection(name=f"Redazione: {redazione.nome}"))
        redazione.save(update_fields=["raccolta"])
    return redazione.raccolta


def _lasciano(redazione: Redazione, uscite: set[User], resta: set[User]) -> None:
    """Pages that they have made where the redazione only adds go to who stays; pages they had locked are free.

    Wagtail lets the owner of a page change it wherever they may add: who passes to another office would take along
    what was written for this one.
    """
    if not uscite:
        return
    parti = [parte.pagina for parte in redazione.parti.select_related("pagina") if parte.pagina]
    if not parti:
        return
    sotto = Q()
    for pagina in parti:
        sotto |= Q(path__startswith=pagina.path)
    BasePage.objects.filter(sotto, locked_by__in=uscite).update(locked=False, locked_by=None, locked_at=None)
    loro = BasePage.objects.filter(sotto, owner__in=uscite).specific()
    del_ufficio = [p.pk for p in loro if getattr(p, "ufficio_id", None) in (None, redazione.ufficio_id)]
    BasePage.objects.filter(pk__in=del_ufficio).update(owner=_erede(redazione, resta))


def _erede(redazione: Redazione, resta: set[User]) -> User | None:
    """Who heads the office, else the first of who stays."""
    capi = Incarico.objects.in_carica(oggi()).filter(
        ufficio=redazione.ufficio_id, ruolo=Ruolo.RESPONSABILE, utente__in=resta
    )
    capo = capi.select_related("utente").order_by("dal", "pk").first()
    return capo.utente if capo else min(resta, key=lambda u: u.pk, default=None)


# --- that it is still right -------------------------------------------------------------------------------


@transaction.atomic
def verifica(pagina: BasePage, *, di: User) -> None:
    """Somebody has read the page and it is still right: no new revision, a line in its history."""
    BasePage.objects.filter(pk=pagina.pk).update(verificata_il=oggi())
    log(instance=pagina.specific, action="redazione.verifica", user=di)
