"""What editors see in /cms/ beside their pages: one page's results, all pages with the worst first, one's own worst."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from chiarezza.models import Giudizio
from chiarezza.risultati import conti_di, media_in_parole, per_pagina, si_legge, visti_da
from cms.models import BasePage

PAROLE_MOSTRATE = 50
PEGGIORI = 5


class RisultatiView(WagtailAdminTemplateMixin, TemplateView):
    """The opinions of one page: mean, how many of each, reasons and words; ninety days beside what came before."""

    page_title = gettext_lazy("Chiarezza")
    header_icon = "view"
    template_name = "chiarezza/cms/risultati.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 for a page that is not this editor's to change."""
        self.pagina = get_object_or_404(BasePage, pk=kwargs["pk"])
        if not si_legge(request.user, self.pagina):
            raise PermissionDenied
        risposta: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return risposta

    def get_page_subtitle(self) -> str:
        """Which page."""
        return str(self.pagina.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the report, the page."""
        rapporto = {"url": reverse("chiarezza_cms:rapporto"), "label": _("Chiarezza delle pagine")}
        return [*self.breadcrumbs_items, rapporto, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page and its opinions."""
        giudizi = Giudizio.objects.filter(pagina=self.pagina)
        recenti, prima = conti_di(giudizi)
        contesto: dict[str, Any] = super().get_context_data(**kwargs)
        return contesto | {
            "pagina": self.pagina,
            "tempi": [(_("Ultimi 90 giorni"), recenti), (_("Prima"), prima)],
            "con_parole": giudizi.exclude(parole="")[:PAROLE_MOSTRATE],
        }


def _sezioni() -> list[tuple[str, str]]:
    presenti = Giudizio.objects.order_by("sezione").values_list("sezione", flat=True).distinct()
    return [(sezione or "-", sezione or _("Pagina iniziale")) for sezione in presenti]


class SezioneFilter(django_filters.ChoiceFilter):
    """First part of the address."""

    def filter(self, qs: Any, value: str) -> Any:
        """The rows of this section; "-" is the home page."""
        return qs.filter(sezione="" if value == "-" else value) if value else qs


class RapportoFilterSet(WagtailFilterSet):
    """How the report is narrowed."""

    sezione = SezioneFilter(label=gettext_lazy("Sezione"), choices=_sezioni)

    class Meta:
        model = Giudizio
        fields = ["sezione"]


def _indirizzo(riga: dict[str, Any]) -> str | None:
    return reverse("chiarezza_cms:risultati", args=[riga["pagina"]]) if riga["pagina"] else None


class RapportoView(ReportView):
    """Every page with opinions that this editor may read, the worst first; as CSV and spreadsheet too."""

    page_title = gettext_lazy("Chiarezza delle pagine")
    header_icon = "view"
    index_url_name = "chiarezza_cms:rapporto"
    index_results_url_name = "chiarezza_cms:rapporto_righe"
    filterset_class = RapportoFilterSet
    model = Giudizio
    columns = [
        TitleColumn("titolo", label=gettext_lazy("Pagina"), get_url=_indirizzo),
        Column("percorso", label=gettext_lazy("Indirizzo"), classname="lp-secondaria"),
        Column("media_recente", label=gettext_lazy("Media, 90 giorni")),
        Column("recenti", label=gettext_lazy("Giudizi, 90 giorni")),
        Column("media", label=gettext_lazy("Media di sempre"), classname="lp-secondaria"),
        Column("tutti", label=gettext_lazy("Giudizi di sempre"), classname="lp-secondaria"),
        Column("con_parole", label=gettext_lazy("Con parole")),
    ]
    list_export = ["titolo", "percorso", "sezione", "media_recente", "recenti", "media", "tutti", "con_parole"]
    export_headings = {
        "titolo": gettext_lazy("Pagina"),
        "percorso": gettext_lazy("Indirizzo"),
        "sezione": gettext_lazy("Sezione"),
        "media_recente": gettext_lazy("Media, 90 giorni"),
        "recenti": gettext_lazy("Giudizi, 90 giorni"),
        "media": gettext_lazy("Media di sempre"),
        "tutti": gettext_lazy("Giudizi di sempre"),
        "con_parole": gettext_lazy("Con parole"),
    }

    def get_filename(self) -> str:
        """Of the file that is taken away."""
        return "chiarezza"

    def get_queryset(self) -> Any:
        """A row for each page, the worst first."""
        return per_pagina(visti_da(self.request.user))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With titles, and means as one says them: in the very rows, which the table has already been given."""
        completa(object_list)
        return object_list


def completa(righe: Iterable[dict[str, Any]]) -> None:
    """Writes the title of its page and its means in words into each row of `per_pagina`. One query."""
    righe = list(righe)
    titoli = dict(BasePage.objects.filter(pk__in=[r["pagina"] for r in righe]).values_list("pk", "draft_title"))
    for riga in righe:
        riga["titolo"] = titoli.get(riga["pagina"]) or riga["percorso"]
        for nome in ("media", "media_recente"):
            riga[nome] = media_in_parole(riga[nome])


class PeggioriPanel(Component):
    """On the editors' first page: their pages that were found least clear in the last ninety days."""

    name = "chiarezza"
    order = 250
    template_name = "chiarezza/cms/peggiori.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The rows; none, no panel."""
        user = parent_context["request"].user
        sue = per_pagina(visti_da(user).filter(pagina__isnull=False))
        peggiori = list(sue.filter(recenti__gt=0)[:PEGGIORI])
        completa(peggiori)
        return {"righe": peggiori}
