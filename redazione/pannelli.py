"""What an editor finds on the first page of /cms/. Another app adds a panel of its own with Wagtail's hook
construct_homepage_panels; `order` says where (ours: 200 to 260)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from cms.models import BasePage
from redazione.scadenze import da_rivedere, in_scadenza

QUANTE = 10


def sue(request: HttpRequest) -> Any:
    """Pages that who asks may change."""
    return policy_registry.get_by_type(BasePage).instances_user_has_permission_for(request.user, "change")


class _Pannello(Component):
    """A list; nothing where it is empty."""

    chiave = "righe"

    def righe(self, request: HttpRequest) -> list[Any]:
        """What it shows."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """With the request: the form of a row needs its token."""
        request = parent_context["request"]
        return {"request": request, "csrf_token": parent_context["csrf_token"], "righe": self.righe(request)}


class LeMiePagine(_Pannello):
    """Drafts, in approval, sent back with the comment: those of who looks."""

    name = "le_mie_pagine"
    order = 210
    template_name = "redazione/le_mie_pagine.html"

    def righe(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each with where it stands and what was said."""
        pagine = list(_aperte_da(request)[:QUANTE])
        stati = {
            int(stato.object_id): stato
            for stato in WorkflowState.objects.active()
            .filter(base_content_type__app_label="cms", object_id__in=[str(p.pk) for p in pagine])
            .select_related("current_task_state__task")
        }
        return [{"pagina": pagina, **_dove(stati.get(pagina.pk))} for pagina in pagine]


def _aperte_da(request: HttpRequest) -> Any:
    """Pages with a draft that this person made, or was the last to touch; the newest first."""
    mie = BasePage.objects.filter(has_unpublished_changes=True)
    del_suo = mie.filter(owner=request.user) | mie.filter(latest_revision__user=request.user)
    return del_suo.order_by("-latest_revision_created_at", "-pk")


def _dove(stato: WorkflowState | None) -> dict[str, Any]:
    passo = stato.current_task_state if stato else None
    if stato is None or passo is None:
        return {"stato": "bozza", "commento": "", "passo": ""}
    da_correggere = stato.status == WorkflowState.STATUS_NEEDS_CHANGES
    return {
        "stato": "da_correggere" if da_correggere else "in_approvazione",
        "commento": passo.comment if da_correggere else "",
        "passo": passo.task.name,
    }


class DaRivedere(_Pannello):
    """Pages that it is time to read again, each with the button that says they are still right."""

    name = "da_rivedere"
    order = 230
    template_name = "redazione/da_rivedere.html"

    def righe(self, request: HttpRequest) -> list[BasePage]:
        """The oldest reading first."""
        return list(da_rivedere(sue(request))[:QUANTE])


class InScadenza(_Pannello):
    """Pages that leave the site by themselves."""

    name = "in_scadenza"
    order = 240
    template_name = "redazione/in_scadenza.html"

    def righe(self, request: HttpRequest) -> list[BasePage]:
        """The next first."""
        return list(in_scadenza(sue(request))[:QUANTE])
