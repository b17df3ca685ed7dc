"""Where the site says that it lives: Wagtail keeps a row of it, and SITO_URL is what counts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def allinea() -> None:
    """Brings the address of the default site in step with SITO_URL."""
    detto = urlsplit(settings.SITO_URL)
    sito = Site.objects.get(is_default_site=True)
    porta = detto.port or (443 if detto.scheme == "https" else 80)
    if (sito.hostname, sito.port) != (detto.hostname, porta):
        sito.hostname, sito.port = detto.hostname or "localhost", porta
        sito.save(update_fields=["hostname", "port"])
