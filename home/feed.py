"""News as RSS and Atom: what Django's syndication framework makes of a list of pages.

Every address in a feed is whole and begins with SITO_URL: programs read it far from the site. An item keeps one id for
ever (`urn:uuid:` and the key Wagtail gave the page), wherever the page is moved and whatever it is called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.cache import cache
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import format_html
from django.utils.timezone import get_default_timezone, localtime, make_aware
from django.utils.translation import gettext as _
from wagtail.whitelist import DEFAULT_ELEMENT_RULES, Whitelister, allow_without_attributes, attribute_rule, check_url

from core.templatetags.lp import data_lunga
from core.testo import pulito
from home.models import Correzione, NotiziaPage

FORMA = 2  # of what a feed says of an item: another one makes every reader fetch anew
TIENI = 86_400  # seconds that the words of an item, made safe, are kept ready


@dataclass(frozen=True, slots=True)
class Canale:
    """A feed: what it is called, the page it belongs to, its own address (local paths), its items."""

    titolo: str
    descrizione: str
    pagina: str
    indirizzo: str
    notizie: list[NotiziaPage]
    argomenti: dict[int, list[str]]

    @property
    def etag(self) -> str:
        """Changes whenever the feed would."""
        detto = [FORMA, settings.SITO_URL, self.titolo, self.descrizione, self.indirizzo, self.argomenti]
        voci = [(notizia.pk, notizia.url_path, str(notizia.last_published_at)) for notizia in self.notizie]
        return f'"{sha256(repr([detto, voci]).encode()).hexdigest()[:32]}"'

    @property
    def aggiornato_il(self) -> datetime | None:
        """When the last of its items was published or corrected."""
        return max(map(aggiornata_il, self.notizie), default=None)


def pubblicata_il(notizia: NotiziaPage) -> datetime:
    """The instant it came out; where its date says another day, that day begins."""
    prima: datetime | None = notizia.first_published_at
    if prima is not None and localtime(prima).date() == notizia.data:
        return prima
    return make_aware(datetime.combine(notizia.data, time.min), get_default_timezone())


def aggiornata_il(notizia: NotiziaPage) -> datetime:
    """The instant of its last words."""
    return max(pubblicata_il(notizia), notizia.last_published_at or pubblicata_il(notizia))


class _Pulito(Whitelister):
    """The few elements that every reader of feeds shows; no class and no script."""

    element_rules = {
        **DEFAULT_ELEMENT_RULES,
        **dict.fromkeys(
            ("blockquote", "caption", "dd", "dl", "dt", "figcaption", "figure", "table", "tbody", "thead", "tr"),
            allow_without_attributes,
        ),
        **dict.fromkeys(("td", "th"), attribute_rule({"colspan": True, "rowspan": True})),
        "img": attribute_rule({"src": check_url, "width": True, "height": True, "alt": True}),
    }


_LOCALE = re.compile(r'\b(href|src)="(/[^/"][^"]*|/)"')


def parole(notizia: NotiziaPage) -> str:
    """The text and its corrections as safe HTML, with whole addresses."""
    chiave = f"feed:{FORMA}:{notizia.pk}:{notizia.last_published_at}".replace(" ", "T")
    pronte: str | None = cache.get(chiave)
    if pronte is None:
        pezzi = [blocco.render() for blocco in notizia.corpo] + [_corretta(c) for c in notizia.correzioni.all()]
        pronte = pulito(_LOCALE.sub(rf'\1="{settings.SITO_URL}\2"', _Pulito().clean("\n".join(pezzi))))
        cache.set(chiave, pronte, TIENI)
    return pronte


def _corretta(correzione: Correzione) -> str:
    giorno = _("Corretto il %(giorno)s.") % {"giorno": data_lunga(correzione.giorno)}
    return format_html("<p><strong>{}</strong> {}</p>", giorno, correzione.testo)


class Rss(Rss201rev2Feed):
    """RSS 2.0 with the whole text beside the summary."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["parole"])


class Atom(Atom1Feed):
    """Atom 1.0 with the whole text beside the summary."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["parole"], {"type": "html"})


if TYPE_CHECKING:
    _Base = Feed[NotiziaPage, Canale]
else:
    _Base = Feed


class NotizieRss(_Base):
    """What a feed of news says, as RSS. Titles pasted with a control character (Word has them) would end it: no XML."""

    feed_type: type[SyndicationFeed] = Rss
    language = "it"
    author_name = "Comune di Lucca"
    item_guid_is_permalink = False

    def title(self, canale: Canale) -> str:
        return pulito(canale.titolo)

    def description(self, canale: Canale) -> str:
        return pulito(canale.descrizione)

    def link(self, canale: Canale) -> str:
        return f"{settings.SITO_URL}{canale.pagina}"

    def feed_url(self, canale: Canale) -> str:
        return f"{settings.SITO_URL}{canale.indirizzo}"

    def feed_guid(self, canale: Canale) -> str:
        return f"{settings.SITO_URL}{canale.indirizzo}"

    def get_object(self, request: Any, canale: Canale) -> Canale:
        return canale

    def items(self, canale: Canale) -> list[NotiziaPage]:
        for notizia in canale.notizie:
            notizia.nomi_argomenti = canale.argomenti.get(notizia.pk, [])
        return canale.notizie

    def item_title(self, item: NotiziaPage) -> str:
        return pulito(item.title)

    def item_description(self, item: NotiziaPage) -> str:
        return pulito(item.sommario)

    def item_link(self, item: NotiziaPage) -> str:
        return f"{settings.SITO_URL}{item.get_url_parts()[2]}"

    def item_guid(self, item: NotiziaPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: NotiziaPage) -> datetime:
        return pubblicata_il(item)

    def item_updateddate(self, item: NotiziaPage) -> datetime:
        return aggiornata_il(item)

    def item_categories(self, item: NotiziaPage) -> list[str]:
        return [pulito(nome) for nome in item.nomi_argomenti]

    def item_extra_kwargs(self, item: NotiziaPage) -> dict[str, Any]:
        return {"parole": parole(item)}


class NotizieAtom(NotizieRss):
    """The same, as Atom."""

    feed_type = Atom
    subtitle = NotizieRss.description
