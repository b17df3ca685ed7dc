"""Every address of Wagtail's administration, walked: what a person gets, and what it leaves in the tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission, PageViewRestriction, Revision, WorkflowPage, WorkflowState

from cms.models import Argomento, BasePage, Documento, Immagine
from comune.models import Incarico, Ufficio

# What says nothing of pages: scripts, pictures, one's own account, a refusal for all.
MUTE = {"wagtailadmin_javascript_catalog", "wagtailadmin_sprite", "wagtailadmin_login", "wagtailadmin_logout"}


@dataclass(frozen=True)
class Porta:
    """An address with the names of what it takes."""

    nome: str
    prende: tuple[str, ...]


def porte() -> list[Porta]:
    """All of /cms/ that has a name."""
    return sorted(set(_scendi(get_resolver("wagtail.admin.urls"), ())), key=lambda p: (p.nome, p.prende))


def _scendi(resolver: URLResolver, spazi: tuple[str, ...]) -> Iterator[Porta]:
    for voce in resolver.url_patterns:
        if isinstance(voce, URLResolver):
            yield from _scendi(voce, (*spazi, voce.namespace) if voce.namespace else spazi)
        elif isinstance(voce, URLPattern) and voce.name and voce.name not in MUTE:
            prende = tuple(voce.pattern.converters) or tuple(voce.pattern.regex.groupindex)
            yield Porta(":".join([*spazi, voce.name]), prende)


def indirizzo(porta: Porta, valori: dict[str, Any]) -> str:
    """With these values. Raises NoReverseMatch where one is missing."""
    mancano = [nome for nome in porta.prende if nome not in valori]
    if mancano:
        raise NoReverseMatch(f"{porta}: {mancano}")
    return reverse(porta.nome, kwargs={nome: valori[nome] for nome in porta.prende})


def fotografia() -> dict[str, list[Any]]:
    """What no refused door may change, row by row."""
    campi: tuple[str, ...] = (
        "pk",
        "path",
        "title",
        "draft_title",
        "slug",
        "live",
        "locked",
        "expired",
        "owner_id",
        "verificata_il",
    )
    campi += ("latest_revision_id", "live_revision_id", "go_live_at", "expire_at", "alias_of_id")
    stati = {
        BasePage: campi,
        Revision: ("pk", "approved_go_live_at"),
        WorkflowState: ("pk", "status"),
        Redirect: ("pk", "old_path"),
        PageViewRestriction: ("pk", "page_id"),
        WorkflowPage: ("page_id", "workflow_id"),
        GroupPagePermission: ("group_id", "page_id", "permission_id"),
        Immagine: ("pk", "title", "file"),
        Documento: ("pk", "title", "file"),
        Argomento: ("pk", "nome"),
        Ufficio: ("pk", "nome"),
        Incarico: ("pk", "al"),
    }
    return {m._meta.label: list(m._default_manager.order_by(*c[:2]).values_list(*c)) for m, c in stati.items()}


def aperta(client: Client, url: str) -> int:
    """0 when the door is shut (refused, not there, not this way), else what it answers."""
    risposta = client.get(url, follow=True)
    if risposta.status_code in (400, 403, 404, 405) or risposta.redirect_chain[-1:] == [("/cms/", 302)]:
        return 0
    return int(risposta.status_code)
