"""The redazioni in the editors' site: their register, what keeps them in step, panels and report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.signals import copy_for_translation_done
from wagtail.snippets.models import register_snippet

from accounts.models import User
from cms.models import BasePage
from comune.models import Incarico
from comune.wagtail_hooks import Registro
from redazione.actions import allinea, allinea_tutte
from redazione.models import Redazione
from redazione.pannelli import DaRivedere, InScadenza, LeMiePagine
from redazione.politica import PoliticaPagine
from redazione.views import PagineDaRivedereView, ho_verificato

# --- the register -----------------------------------------------------------------------------------------


class MaiTolta(ModelPermissionPolicy):
    """Switched off, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return action != "delete" and bool(super().user_has_permission_for_instance(user, action, instance))


register_permission_policy(Redazione, MaiTolta(Redazione))
register_permission_policy(BasePage, PoliticaPagine())


class RedazioneViewSet(Registro):
    """Which office writes what; who approves."""

    model = Redazione
    icon = "edit"
    menu_order = 255
    add_to_admin_menu = True
    con = ("ufficio",)
    list_display = ["nome", "ufficio", BooleanColumn("approva"), BooleanColumn("attiva")]
    search_fields = ["nome", "ufficio__nome"]
    panels = [
        HelpPanel(
            content=_(
                "Una redazione è un ufficio con le sue pagine. Chi ci lavora oggi entra qui, le cambia e le propone; "
                "pubblica chi approva. Al resto del sito non arriva. Gruppo, permessi e raccolta dei file si "
                "aggiornano da soli, anche quando un incarico comincia o finisce."
            )
        ),
        FieldPanel("nome"),
        FieldPanel("ufficio"),
        FieldPanel("approva"),
        FieldPanel("attiva"),
        InlinePanel("parti", label=_("parte del sito")),
        InlinePanel("redattori", label=_("persona indicata, oltre a chi è dell’ufficio")),
    ]


register_snippet(RedazioneViewSet)


# --- in step ----------------------------------------------------------------------------------------------


def dopo_una_riga(request: HttpRequest, instance: Model) -> None:
    """A redazione as it now says; an incarico that begins or ends today counts today."""
    if isinstance(instance, Redazione):
        allinea(instance)
    elif isinstance(instance, Incarico):
        allinea_tutte()


def senza_una_riga(request: HttpRequest, instances: Iterable[Model]) -> None:
    """The same for an incarico that was a mistake."""
    if any(isinstance(riga, Incarico) for riga in instances):
        allinea_tutte()


def dopo_una_persona(request: HttpRequest, user: User) -> None:
    """Who no longer works for the Comune, or is closed, is in no redazione; groups ticked by hand do not stay."""
    allinea_tutte()


def dopo_una_traduzione(source_obj: Model, **kwargs: Any) -> None:
    """Who writes a page writes its translation, from when there is one."""
    for redazione in Redazione.objects.filter(parti__pagina=source_obj.pk).distinct():
        allinea(redazione)


# --- what is seen -----------------------------------------------------------------------------------------


def pagine_da_collegare(pagine: Any, request: HttpRequest) -> Any:
    """Links lead to pages that are out, or to one's own: drafts of other offices are not even named."""
    if request.user.is_superuser:
        return pagine
    dentro = request.resolver_match.kwargs.get("parent_page_id") if request.resolver_match else None
    if dentro is not None:
        _si_vede(request, dentro)
    proprie = policy_registry.get_by_type(BasePage).explorable_instances(request.user)
    return pagine.filter(Q(live=True) | Q(pk__in=proprie.order_by().values("pk")))


def pagine_sotto(parent_page: BasePage, pages: Any, request: HttpRequest) -> Any:
    """What stands under a page, for who may see the page itself."""
    _si_vede(request, parent_page.pk)
    return pages


def _si_vede(request: HttpRequest, pk: int) -> None:
    """Opened by its number, a draft of another office would be named on top of an empty list."""
    if not policy_registry.get_by_type(BasePage).explorable_instances(request.user).filter(pk=pk).exists():
        raise PermissionDenied


def rapporti(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Without the report that is not for who looks (redazione.apps): its link would only lead back."""
    if not policy_registry.get_by_type(BasePage).user_has_permission(request.user, "publish"):
        menu_items[:] = [voce for voce in menu_items if voce.name != "page-types-usage"]


def pannelli(request: HttpRequest, panels: list[Any]) -> None:
    """Ours say also what was answered, so Wagtail's own of the same pages goes."""
    panels[:] = [p for p in panels if not isinstance(p, UserObjectsInWorkflowModerationPanel)]
    panels += [LeMiePagine(), DaRivedere(), InScadenza()]


def foglio() -> str:
    """The few rules of our panels."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


def indirizzi() -> list[Any]:
    """Our doors under /cms/."""
    return [
        path("verificata/<int:pk>/", ho_verificato, name="ho_verificato"),
        path("reports/da-rivedere/", PagineDaRivedereView.as_view(), name="pagine_da_rivedere"),
        path(
            "reports/da-rivedere/results/",
            PagineDaRivedereView.as_view(results_only=True),
            name="pagine_da_rivedere_results",
        ),
    ]


def voce_da_rivedere() -> MenuItem:
    """In the menu of reports."""
    return MenuItem(_("Pagine da rivedere"), reverse("pagine_da_rivedere"), icon_name="time", order=650)


def atti(actions: Any) -> None:
    """In the history of a page."""
    actions.register_action("redazione.verifica", _("Ha verificato"), _("Riletta: è ancora giusta"))


copy_for_translation_done.connect(dopo_una_traduzione, dispatch_uid="redazione.traduzione")
hooks.register("after_create_snippet", dopo_una_riga)
hooks.register("after_edit_snippet", dopo_una_riga)
hooks.register("after_delete_snippet", senza_una_riga)
hooks.register("after_create_user", dopo_una_persona)
hooks.register("after_edit_user", dopo_una_persona)
hooks.register("construct_page_chooser_queryset", pagine_da_collegare)
hooks.register("construct_explorer_page_queryset", pagine_sotto)
hooks.register("construct_reports_menu", rapporti)
hooks.register("construct_homepage_panels", pannelli)
hooks.register("register_admin_urls", indirizzi)
hooks.register("register_reports_menu_item", voce_da_rivedere)
hooks.register("register_log_actions", atti)
hooks.register("insert_global_admin_css", foglio)
