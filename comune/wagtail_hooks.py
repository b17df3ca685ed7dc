"""The office edits its own structure in the editors' site (/cms/): settori, unità, uffici, incarichi, quartieri."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.deletion import Collector, ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet, SnippetViewSetGroup

from comune.actions import riassegna_quartieri
from comune.models import Ente, Incarico, Quartiere, Settore, Ufficio, UnitaOrganizzativa


def usato(riga: Model) -> bool:
    """Does anything refer to this row that would stop its deletion? Histories go on naming offices."""
    try:
        Collector(using="default", origin=riga).collect([riga])
    except ProtectedError:
        return True
    return False


class SoloSeNonUsato(ModelPermissionPolicy):
    """What something refers to is not deleted, one by one or many at once, whoever asks."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """As the model's permissions say; deleting also needs that nothing refers to the row."""
        if action == "delete" and usato(instance):
            return False
        return bool(super().user_has_permission_for_instance(user, action, instance))


for modello in (Settore, UnitaOrganizzativa, Ufficio, Incarico, Quartiere, Ente):
    register_permission_policy(modello, SoloSeNonUsato(modello))


class EliminaView(DeleteView):
    """Wagtail asks for the permission on the model only: here for the row, with a sentence instead of a 403."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back to the row when something refers to it."""
        if usato(self.object):
            messages.error(request, _("Non si può cancellare: altre righe ne parlano ancora."))
            return redirect(self.edit_url_name, self.object.pk)
        risposta: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return risposta


class Registro(SnippetViewSet):
    """What our lists have in common. `con`: relations that a list shows, fetched in the same query."""

    con: tuple[str, ...] = ()
    copy_view_enabled = False
    list_per_page = 50
    delete_view_class = EliminaView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All rows, in the order of the model."""
        righe: QuerySet[Any] = self.model._default_manager.select_related(*self.con)
        return righe

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Without Wagtail's count of uses: it knows nothing of reports, so its zero would be wrong."""
        comuni: dict[str, Any] = super().get_common_view_kwargs(**{**kwargs, "usage_url_name": None})
        return comuni


_NOME = [TitleFieldPanel("nome", targets=["slug"]), FieldPanel("slug", widget=SlugInput)]


class SettoreViewSet(Registro):
    """Settori and servizi di staff."""

    model = Settore
    icon = "folder"
    list_display = ["nome", "slug", "ordine"]
    search_fields = ["nome", "slug"]
    panels = [*_NOME, FieldPanel("ordine")]


class UnitaViewSet(Registro):
    """Unità organizzative."""

    model = UnitaOrganizzativa
    icon = "folder-open-inverse"
    con = ("settore",)
    list_display = ["nome", "settore", "slug"]
    list_filter = ["settore"]
    search_fields = ["nome", "slug"]
    panels = [FieldPanel("settore"), *_NOME]


class UfficioViewSet(Registro):
    """Offices: closed, never deleted once a report has passed through."""

    model = Ufficio
    icon = "home"
    con = ("unita__settore",)
    list_display = ["nome", "unita", "slug", BooleanColumn("attivo")]
    list_filter = ["attivo", "unita__settore"]
    search_fields = ["nome", "slug"]
    panels = [FieldPanel("unita"), *_NOME, FieldPanel("attivo")]


class IncaricoViewSet(Registro):
    """Who holds which office. One that ends gets its last day, so that the past stays told."""

    model = Incarico
    icon = "group"
    con = ("utente", "ufficio")
    list_display = ["utente", "ruolo", "ufficio", "dal", "al"]
    list_filter = ["ruolo", "ufficio"]
    search_fields = ["utente__first_name", "utente__last_name", "utente__email", "ufficio__nome"]
    panels = [
        FieldPanel("utente"),
        FieldPanel("ufficio"),
        FieldPanel("ruolo"),
        FieldRowPanel([FieldPanel("dal"), FieldPanel("al")]),
    ]


class QuartiereViewSet(Registro):
    """Quartieri, by their centre."""

    model = Quartiere
    icon = "site"
    list_display = ["nome", "slug", "lat", "lon"]
    search_fields = ["nome", "slug"]
    panels = [*_NOME, FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")])]


class EnteViewSet(Registro):
    """Other bodies: what each answers for, and how people reach it. One that is no more is switched off."""

    model = Ente
    icon = "site"
    list_display = ["nome", "tipo", "di_che_cosa", BooleanColumn("attivo")]
    list_filter = ["tipo", "attivo"]
    search_fields = ["nome", "altri_nomi", "di_che_cosa"]
    panels = [
        FieldPanel("nome"),
        FieldPanel("tipo"),
        FieldPanel("di_che_cosa"),
        FieldPanel("sito"),
        FieldRowPanel([FieldPanel("pec"), FieldPanel("telefono")]),
        FieldPanel("altri_nomi"),
        FieldPanel("attivo"),
    ]


class ComuneGroup(SnippetViewSetGroup):
    """The entry "Comune" of the menu."""

    menu_label = gettext_lazy("Comune")
    menu_icon = "home"
    menu_name = "comune"
    menu_order = 250
    items = (SettoreViewSet, UnitaViewSet, UfficioViewSet, IncaricoViewSet, QuartiereViewSet, EnteViewSet)


register_snippet(ComuneGroup)


def dopo_il_quartiere(request: HttpRequest, instance: Model) -> None:
    """A new or moved centre: places go to the quartiere where they lie now."""
    if isinstance(instance, Quartiere):
        riassegna_quartieri()


def senza_il_quartiere(request: HttpRequest, instances: Iterable[Model]) -> None:
    """The places of a quartiere that is no more go to the next."""
    if any(isinstance(riga, Quartiere) for riga in instances):
        riassegna_quartieri()


hooks.register("after_create_snippet", dopo_il_quartiere)
hooks.register("after_edit_snippet", dopo_il_quartiere)
hooks.register("after_delete_snippet", senza_il_quartiere)
