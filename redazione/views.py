"""Doors of /cms/ that are ours: "it is still right", and the report of pages to read again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.reports import PageReportView

from cms.models import BasePage
from redazione.actions import verifica
from redazione.pannelli import sue
from redazione.scadenze import da_rivedere


@require_POST
def ho_verificato(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may change the page; back to the list."""
    pagina = get_object_or_404(BasePage, pk=pk, depth__gt=1)
    if not pagina.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    verifica(pagina, di=request.user)  # type: ignore[arg-type]
    messages.success(request, _("«%(pagina)s»: è ancora giusto, da oggi.") % {"pagina": pagina.title})
    return redirect("wagtailadmin_home")


class PagineDaRivedereView(PageReportView):
    """By section, with CSV and XLSX."""

    model = BasePage
    page_title = gettext_lazy("Pagine da rivedere")
    header_icon = "time"
    index_url_name = "pagine_da_rivedere"
    index_results_url_name = "pagine_da_rivedere_results"
    results_template_name = "redazione/rapporto_da_rivedere.html"
    any_permission_required = ["add", "change", "publish"]
    list_export = ["sezione", "title", "ultima", "rivedere_il", "giorni", "full_url"]
    export_headings = {
        "sezione": gettext_lazy("Sezione"),
        "title": gettext_lazy("Pagina"),
        "ultima": gettext_lazy("Letta o pubblicata il"),
        "rivedere_il": gettext_lazy("Da rivedere entro"),
        "giorni": gettext_lazy("Giorni che mancano"),
        "full_url": gettext_lazy("Indirizzo"),
    }

    def get_queryset(self) -> Any:
        """Of who asks, section by section."""
        self.queryset = da_rivedere(sue(self.request)).order_by("path")
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the section: the page of the first level above."""
        passo = 3 * BasePage.steplen
        titoli = dict(BasePage.objects.filter(depth=3).values_list("path", "title"))
        for pagina in object_list:
            pagina.sezione = titoli.get(pagina.path[:passo], "")
        return object_list
