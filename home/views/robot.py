"""What machines ask for: robots.txt, the sign of the site, the list of its pages."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView

from cms.models import BasePage

# Doors for people with a key. Public pages, Amministrazione Trasparente first, are open (D.Lgs. 33/2013, art. 9).
CHIUSE = ("/accedi/", "/area-personale/", "/cms/", "/componenti/", "/demo/", "/scrivania/")


@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt."""
    righe = [
        "User-agent: *",
        *(f"Disallow: {porta}" for porta in CHIUSE),
        "",
        f"Sitemap: {settings.SITO_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(righe) + "\n", content_type="text/plain; charset=utf-8")


class Favicon(RedirectView):
    """Browsers ask for /favicon.ico whatever the page says."""

    permanent = False

    def get_redirect_url(self, *args: object, **kwargs: object) -> str:
        """The one sign there is."""
        return static("img/favicon.svg")


class PagineSitemap(Sitemap[BasePage]):
    """Live pages that everybody may read."""

    def items(self) -> QuerySet[BasePage]:
        """In the order of the tree."""
        pagine: QuerySet[BasePage] = BasePage.objects.live().public().filter(depth__gt=1).order_by("path")
        return pagine

    def location(self, item: BasePage) -> str:
        """Its path on this site."""
        return item.url or "/"

    def lastmod(self, item: BasePage) -> datetime | None:
        """When it was last published."""
        ultima: datetime | None = item.last_published_at
        return ultima


class PorteSitemap(Sitemap[str]):
    """Pages that no editor writes: the list of reports, the way to file one, the counters, the credits."""

    def items(self) -> list[str]:
        """Names of addresses."""
        nomi = ["segnalazioni:elenco", "segnalazioni:nuova", "sportelli:elenco", "prenota:cosa"]
        return [*nomi, "home:argomenti", "home:mappa", "home:crediti"]

    def location(self, item: str) -> str:
        """Its path."""
        return reverse(item)


SITEMAPS = {"pagine": PagineSitemap, "porte": PorteSitemap}
