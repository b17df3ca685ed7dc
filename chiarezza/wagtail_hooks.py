"""Where the editors' site leads to what people think of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from chiarezza.models import Giudizio
from chiarezza.redazione import PeggioriPanel, RapportoView, RisultatiView
from chiarezza.risultati import conti_di, si_legge

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import BasePage


def indirizzi() -> list[URLPattern | URLResolver]:
    """The report, and the results of one page."""
    voci = [
        path("", RapportoView.as_view(), name="rapporto"),
        path("righe/", RapportoView.as_view(results_only=True), name="rapporto_righe"),
        path("<int:pk>/", RisultatiView.as_view(), name="risultati"),
    ]
    return [path("chiarezza/", include((voci, "chiarezza_cms")))]


def voce_del_menu() -> MenuItem:
    """The report, among the others."""
    return MenuItem(
        gettext_lazy("Chiarezza delle pagine"),
        reverse("chiarezza_cms:rapporto"),
        name="chiarezza",
        icon_name="view",
        order=600,
    )


def accanto_alla_pagina(page: BasePage, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The mean of the last ninety days beside the page itself, which leads to its results."""
    if page.pk is None or not si_legge(user, page):
        return
    recenti, prima = conti_di(Giudizio.objects.filter(pagina=page))
    if not recenti.quanti and not prima.quanti:
        detto = _("Chiarezza: nessun giudizio")
    else:
        detto = _("Chiarezza: %(media)s (%(n)d)") % {"media": recenti.in_parole, "n": recenti.quanti}
    yield Button(detto, reverse("chiarezza_cms:risultati", args=[page.pk]), icon_name="view", priority=66)


def in_prima_pagina(request: HttpRequest, panels: list[Any]) -> None:
    """One's own pages that are least clear."""
    panels.append(PeggioriPanel())


hooks.register("register_admin_urls", indirizzi)
hooks.register("register_reports_menu_item", voce_del_menu)
hooks.register("register_page_header_buttons", accanto_alla_pagina)
hooks.register("construct_homepage_panels", in_prima_pagina)
