"""A page of the site, an editor who may change it and one who may not, and how a visitor answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission

from accounts.models import User
from chiarezza.actions import esprimi
from chiarezza.models import Giudizio
from chiarezza.posti import Posto
from cms.models import BasePage
from tests.aiuti import persona

CHIAREZZA = "/chiarezza/"


def pagina(slug: str) -> BasePage:
    """One of the pages a new site begins with."""
    trovata: BasePage = BasePage.objects.get(slug=slug, depth=3)
    return trovata


@pytest.fixture
def privacy(db: None) -> BasePage:
    """The page of privacy."""
    return pagina("privacy")


@pytest.fixture
def giudica(privacy: BasePage) -> Callable[..., Giudizio]:
    """giudica(voto, …): somebody's opinion, of the page of privacy where no other is named."""
    quanti = iter(range(10_000))

    def fa(voto: int, *, di: BasePage | None = None, **altro: Any) -> Giudizio:
        quale = di or privacy
        indirizzo = f"/{quale.slug}/"
        return esprimi(Posto(indirizzo, indirizzo, quale), visitatore=f"v{next(quanti)}", voto=voto, **altro)

    return fa


def redige(nome: str, quale: BasePage) -> User:
    """An editor of this page alone."""
    gruppo = Group.objects.create(name=f"Redazione {quale.slug}")
    gruppo.permissions.add(Permission.objects.get(codename="access_admin"))
    cambia = Permission.objects.get(content_type__app_label="cms", codename="change_basepage")
    GroupPagePermission.objects.create(group=gruppo, page=quale, permission=cambia)
    chi = persona(nome)
    chi.groups.add(gruppo)
    return chi


@pytest.fixture
def rita(privacy: BasePage) -> User:
    """Edits the page of privacy, and no other."""
    return redige("Rita", privacy)


@pytest.fixture
def noemi(db: None) -> User:
    """Edits the page of legal notes, and no other."""
    return redige("Noemi", pagina("note-legali"))
