"""What an opinion is about: an address that a visitor sends, read as a page of ours or as nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path, override

from cms.models import BasePage

# First part of the addresses that are not asked about: the desk, what belongs to one person, forms under way.
NON_SI_CHIEDE = frozenset(
    {"accedi", "area-personale", "chiarezza", "cms", "demo", "i-tuoi-dati", "notifiche", "scrivania"}
)
# The page of a mailed link: its address is the secret, which the question would put into another address.
_SEGRETO = "/chiave/"
_PAGINE = "wagtail_serve"  # the name of the address that all editors' pages share
_VARIABILE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Posto:
    """A page that may be judged. indirizzo: as the visitor has it, to go back to; percorso: as it is kept."""

    indirizzo: str
    percorso: str
    pagina: BasePage | None = None

    @property
    def sezione(self) -> str:
        """First part of the address; "" for the home page."""
        return self.percorso.strip("/").partition("/")[0][:100]

    @property
    def chiave(self) -> str:
        """What counts as one page: an editors' page stays the same where it moves."""
        return f"pagina:{self.pagina.pk}" if self.pagina else self.percorso


def si_chiede(percorso: str) -> bool:
    """Is the question asked on this page?"""
    return percorso.strip("/").partition("/")[0] not in NON_SI_CHIEDE and _SEGRETO not in percorso


def posto_di(request: HttpRequest, scritto: str) -> Posto | None:
    """The page at an address of this site, or None: not ours, not there, or not asked about. Query strings go."""
    indirizzo = urlsplit(scritto).path if _nostro(scritto) else ""
    if not indirizzo or not si_chiede(indirizzo) or len(indirizzo) > 255:
        return None
    with override(lingua_di(indirizzo)):
        try:
            trovato = resolve(indirizzo)
        except Resolver404:
            return None
        if trovato.view_name == _PAGINE:
            pagina = _pagina(request, trovato.args[0])
            return Posto(indirizzo, indirizzo, pagina) if pagina else None
    # A report's number is nobody's business here: all reports are one kind of page.
    return Posto(indirizzo, "/" + _VARIABILE.sub(r"{\1}", trovato.route))


def lingua_di(indirizzo: str) -> str:
    """The language that an address of this site speaks."""
    return get_language_from_path(indirizzo) or settings.LANGUAGE_CODE


def _nostro(scritto: str) -> bool:
    return scritto.startswith("/") and url_has_allowed_host_and_scheme(scritto, allowed_hosts=None)


def _pagina(request: HttpRequest, percorso: str) -> BasePage | None:
    """The live page at this path of the tree of our language, that anybody may read."""
    pagina: BasePage | None = BasePage.find_for_request(request, percorso)
    if pagina is None or pagina.locale.language_code != get_language() or pagina.get_view_restrictions().exists():
        return None
    return pagina
