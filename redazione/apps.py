from __future__ import annotations

from django.apps import AppConfig
from wagtail.admin.apps import WagtailAdminAppConfig


class RedazioneConfig(AppConfig):
    default = True
    name = "redazione"
    verbose_name = "Redazioni"


class AmministrazioneConfig(WagtailAdminAppConfig):
    """wagtail.admin, whose notices travel by our outbox: its own mails leave inside the request, in plain text."""

    def ready(self) -> None:
        from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

        from redazione.avvisi import ascolta

        super().ready()
        ascolta()
        # It names the page of each type that was edited last, whosever it is, by the title of its draft.
        PageTypesUsageReportView.any_permission_required = ["publish"]
