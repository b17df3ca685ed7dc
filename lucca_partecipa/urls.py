"""Addresses: Italian kebab-case; every app brings its own."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views import documento, resa
from cms.views import login as cms_login
from core import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # One way in for everybody: Wagtail's own forms would not ask for the second step of who has switched it on.
    path("cms/login/", cms_login),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/", include(wagtailadmin_urls)),
    path("documenti/<int:numero>/<str:nome>", documento),
    path("documenti/", include(wagtaildocs_urls)),
    path("media/images/<str:nome>", resa),
    path("accedi/", include("allauth.urls")),
    path("luoghi/", include("comune.urls")),
    path("notifiche/", include("notifiche.urls")),
    path("scrivania/protocollo/", include("protocollo.urls")),
    path("", include("chiarezza.urls")),
    path("", include("segnalazioni.urls")),
    path("", include("sportelli.urls")),
    path("cerca/", include("ricerca.urls")),
    path("i-tuoi-dati/", include("riservatezza.urls")),
    path("novita/newsletter/", include("notiziario.urls")),
    path("", include("home.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("notifiche.demo")))
# Only pages of editors are in more than one language: the rest is Italian, whatever a browser prefers (ADR 0028).
urlpatterns += i18n_patterns(path("", include(wagtail_urls)), prefix_default_language=False)

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
