"""In the editors' site the office says who answers for a category and within how many days.

Words, questions and groups come with the taxonomy (manage.py importa_categorie), which leaves alone what was chosen
here. None is added or deleted by hand: a code has its drawing, its synonyms and reports that point at it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from comune.wagtail_hooks import Registro
from segnalazioni.models import Categoria


class SoloCambiare(ModelPermissionPolicy):
    """Nobody adds or deletes, whatever the model's permissions say."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """As the model's permissions say, of what may be done at all."""
        return action not in ("add", "delete") and bool(super().user_has_permission(user, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for one row."""
        return self.user_has_permission(user, action)


register_permission_policy(Categoria, SoloCambiare(Categoria))


class CategoriaForm(WagtailAdminModelForm):
    """Remembers which columns were chosen here."""

    def save(self, commit: bool = True) -> Any:
        """A value changed once is the office's from then on, also when it is that of the taxonomy again."""
        self.instance.scelte_qui = sorted({*self.instance.scelte_qui, *self.changed_data})
        return super().save(commit)


class CategoriaViewSet(Registro):
    """The categories that reports are filed under, group by group."""

    model = Categoria
    icon = "list-ul"
    menu_order = 251
    add_to_admin_menu = True
    con = ("madre", "ufficio")
    list_display = ["nome", "madre", "ufficio", "termine_in_parole", BooleanColumn("attiva")]
    list_filter = ["ufficio", "madre", "attiva"]
    search_fields = ["nome", "codice"]
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "Quello che cambi vale per le segnalazioni che arrivano da adesso; quelle in corso tengono il "
                    "termine con cui sono partite. Gli aggiornamenti della piattaforma non lo toccano."
                )
            ),
            FieldPanel("nome"),
            FieldPanel("ufficio"),
            FieldRowPanel([FieldPanel("giorni"), FieldPanel("tipo_termine")]),
            FieldRowPanel([FieldPanel("urgente"), FieldPanel("attiva")]),
            FieldRowPanel([FieldPanel("pubblica"), FieldPanel("anonima")]),
            FieldRowPanel([FieldPanel("luogo_obbligatorio"), FieldPanel("foto_consigliata")]),
        ],
        base_form_class=CategoriaForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the groups: nothing is filed under them."""
        return super().get_queryset(request).filter(madre__isnull=False).order_by("madre__ordine", "ordine", "codice")


register_snippet(CategoriaViewSet)
