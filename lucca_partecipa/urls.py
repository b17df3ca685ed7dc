"""Addresses: Italian kebab-case; every app brings its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from core import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("cms/", include(wagtailadmin_urls)),
    path("documenti/", include(wagtaildocs_urls)),
    path("accedi/", include("allauth.urls")),
    path("luoghi/", include("comune.urls")),
    path("notifiche/", include("notifiche.urls")),
    path("", include("segnalazioni.urls")),
    path("", include("home.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("notifiche.demo")))
urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
