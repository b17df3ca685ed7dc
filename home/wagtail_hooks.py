"""What editors keep beside the pages: the topics."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.models import register_snippet

from cms.models import Argomento
from comune.wagtail_hooks import Registro


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
