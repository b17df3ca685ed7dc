"""What editors keep beside the pages: the topics. Which page answers in which language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.models import register_snippet

from cms.models import Argomento, BasePage
from comune.wagtail_hooks import Registro
from core.languages import is_foreign


class ArgomentoViewSet(Registro):
    """Topics. One that pages carry is not lost with them: they only stop being about it."""

    model = Argomento
    icon = "tag"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["nome", "descrizione", BooleanColumn("in_evidenza")]
    search_fields = ["nome", "descrizione"]
    panels = [
        TitleFieldPanel("nome", targets=["slug"]),
        FieldPanel("slug", widget=SlugInput),
        FieldPanel("descrizione"),
        FieldPanel("in_evidenza"),
    ]


register_snippet(ArgomentoViewSet)


def nella_sua_lingua(page: BasePage, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Where a language has no home page Wagtail answers with the Italian tree: the same words at two addresses."""
    if is_foreign() and page.locale.language_code != get_language():
        raise Http404


hooks.register("before_serve_page", nella_sua_lingua)
