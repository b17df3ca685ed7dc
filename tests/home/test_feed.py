"""Feeds of the news: what a program that follows the Comune gets, and what it never does."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import resolve
from wagtail.models import PageViewRestriction

from cms.models import Argomento
from core.tempo import adesso, oggi
from home.models import Correzione, RubricaPage
from home.views.feed import QUANTE
from tests.factories.novita import bozza, esce

pytestmark = pytest.mark.django_db
RSS, ATOM = "/novita/rss.xml", "/novita/atom.xml"
A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def rss(client: Client, dove: str = RSS) -> Any:
    """The channel, after the elements that RSS 2.0 requires have been looked at."""
    risposta = client.get(dove)
    assert risposta.status_code == 200
    assert risposta["Content-Type"] == "application/rss+xml; charset=utf-8"
    canale: Any = ET.fromstring(risposta.content).find("channel")
    for nome in ("title", "link", "description", "language", "lastBuildDate"):
        assert canale.findtext(nome), nome
    assert canale.find(f"{A}link").get("rel") == "self"
    for voce in canale.findall("item"):
        assert all(voce.findtext(nome) for nome in ("title", "link", "guid", "pubDate", "description"))
        assert parsedate_to_datetime(voce.findtext("pubDate")).tzinfo is not None
    return canale


def atom(client: Client, dove: str = ATOM) -> Any:
    """The feed, after the elements that RFC 4287 requires have been looked at."""
    risposta = client.get(dove)
    assert risposta.status_code == 200
    assert risposta["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed: Any = ET.fromstring(risposta.content)
    assert feed.tag == f"{A}feed"
    assert feed.find(f"{A}author/{A}name") is not None
    for dentro in (feed, *feed.findall(f"{A}entry")):
        assert all(dentro.findtext(f"{A}{nome}") for nome in ("title", "id", "updated"))
        assert datetime.fromisoformat(dentro.findtext(f"{A}updated")).tzinfo is not None
        assert dentro.find(f"{A}link[@rel='alternate']").get("href").startswith("http://127.0.0.1:8000/")
    return feed


def titoli(canale: Any) -> list[str]:
    return [voce.findtext("title") for voce in canale.findall("item")]


def test_a_piece_of_news_is_in_the_feed_with_its_summary_its_text_and_whole_addresses(client: Client) -> None:
    esce("Otto lampade", argomenti=("mobilita", "ambiente"))
    voce = rss(client).find("item")
    assert voce.findtext("link") == "http://127.0.0.1:8000/novita/notizie/otto-lampade/"
    assert voce.findtext("description") == "In breve: Otto lampade"
    assert 'Sono <a href="http://127.0.0.1:8000/servizi/">otto</a>' in voce.findtext(CONTENT)
    assert [c.text for c in voce.findall("category")] == ["Ambiente", "Mobilità"]
    entrata = atom(client).find(f"{A}entry")
    assert entrata.findtext(f"{A}summary") == "In breve: Otto lampade"
    assert entrata.find(f"{A}content").get("type") == "html"
    assert entrata.findtext(f"{A}id") == voce.findtext("guid")


def test_each_kind_and_each_topic_has_its_own(client: Client) -> None:
    esce("Una notizia", argomenti=("mobilita",))
    esce("Un avviso", rubrica="avvisi")
    esce("Un comunicato", rubrica="comunicati", argomenti=("mobilita", "bilancio"))
    assert titoli(rss(client)) == ["Un comunicato", "Un avviso", "Una notizia"]
    assert titoli(rss(client, "/novita/avvisi/rss.xml")) == ["Un avviso"]
    assert titoli(rss(client, "/argomenti/mobilita/rss.xml")) == ["Un comunicato", "Una notizia"]
    assert len(atom(client, "/argomenti/bilancio/atom.xml").findall(f"{A}entry")) == 1


@pytest.mark.parametrize(
    "dove", ["/novita/pdf.xml", "/novita/inventata/rss.xml", "/argomenti/inventato/atom.xml", "/novita/avvisi/x.xml"]
)
def test_what_is_no_feed_is_not_found(client: Client, dove: str) -> None:
    assert client.get(dove).status_code == 404


def test_a_feed_with_nothing_in_it_is_a_feed(client: Client) -> None:
    assert titoli(rss(client)) == []
    risposta = client.get(RSS)
    assert "Last-Modified" not in risposta
    assert client.get(RSS, headers={"if-none-match": risposta["ETag"]}).status_code == 304


def test_drafts_private_and_expired_pages_stay_out(client: Client) -> None:
    bozza("In bozza")
    riservata = esce("Riservata")
    PageViewRestriction.objects.create(page=riservata, restriction_type="login")
    scaduta = esce("Scaduta")
    type(scaduta).objects.filter(pk=scaduta.pk).update(expire_at=adesso() - timedelta(minutes=1))
    esce("Ritirata").unpublish()
    esce("Questa sì")
    assert titoli(rss(client)) == ["Questa sì"]


def test_a_kind_that_is_taken_down_has_no_feed(client: Client) -> None:
    RubricaPage.objects.get(slug="avvisi").unpublish()
    assert client.get("/novita/avvisi/rss.xml").status_code == 404


def test_a_correction_changes_updated_and_not_the_id(client: Client) -> None:
    notizia = esce("Nove lampade")
    prima = atom(client).find(f"{A}entry")
    notizia.title, notizia.slug = "Otto lampade", "otto"
    notizia.correzioni.add(Correzione(giorno=oggi(), testo="Avevamo scritto nove, sono otto."))
    notizia.save_revision().publish()
    dopo = atom(client).find(f"{A}entry")
    assert dopo.findtext(f"{A}id") == prima.findtext(f"{A}id")
    assert dopo.findtext(f"{A}published") == prima.findtext(f"{A}published")
    assert dopo.findtext(f"{A}updated") >= prima.findtext(f"{A}updated")
    assert "Avevamo scritto nove, sono otto." in dopo.findtext(f"{A}content")


def test_who_has_it_already_is_told_so_until_something_changes(client: Client) -> None:
    notizia = esce("Otto lampade")
    prima = client.get(ATOM)
    assert client.get(ATOM, headers={"if-none-match": prima["ETag"]}).status_code == 304
    assert client.get(ATOM, headers={"if-modified-since": prima["Last-Modified"]}).status_code == 304
    notizia.save_revision().publish()
    assert client.get(ATOM, headers={"if-none-match": prima["ETag"]}).status_code == 200
    assert client.get(RSS)["ETag"] != client.get(ATOM)["ETag"]


@override_settings(SITO_URL="https://partecipa.example.org")
def test_addresses_are_those_of_the_site_whatever_the_host_of_the_request(client: Client) -> None:
    esce("Otto lampade")
    testo = client.get(RSS).content.decode()
    assert "https://partecipa.example.org/novita/notizie/otto-lampade/" in testo
    assert "testserver" not in testo
    assert "127.0.0.1" not in testo


def test_the_words_are_safe_html(client: Client) -> None:
    esce("Otto", testo='<p onclick="x()">A<script>alert(1)</script> <a href="javascript:x()">qui</a> &lt;b&gt;</p>')
    testo = rss(client).find("item").findtext(CONTENT)
    assert "<script" not in testo
    assert "onclick" not in testo
    assert "javascript:" not in testo
    assert "&lt;b&gt;" in testo


@pytest.mark.parametrize("leggi", [lambda c: rss(c), lambda c: atom(c)], ids=["rss", "atom"])
def test_a_character_that_no_xml_can_hold_stops_no_feed(client: Client, leggi: Any) -> None:
    """Pasted from Word, a line that ends within a title is one (U+000B)."""
    Argomento.objects.filter(slug="mobilita-e-trasporti").update(nome="Mobilità\x0b e trasporti")
    RubricaPage.objects.filter(slug="notizie").update(title="Notizie\x0b")
    esce("Tubo\x0brotto", testo="<p>In via\x0b Roma</p>", argomenti=("mobilita-e-trasporti",))
    assert "Tuborotto" in ET.tostring(leggi(client), encoding="unicode")
    assert client.get("/novita/notizie/rss.xml").status_code == 200


def test_no_page_can_take_the_address_of_a_feed(client: Client) -> None:
    """Addresses of pages have no dot."""
    rubrica = RubricaPage.objects.get(slug="notizie")
    rubrica.slug = "rss.xml"
    with pytest.raises(ValidationError, match="slug"):
        rubrica.full_clean()
    assert resolve("/novita/rss.xml").view_name == resolve("/argomenti/x/atom.xml").view_name == "home:feed"


@pytest.mark.parametrize(
    ("pagina", "feed"),
    [
        ("/novita/", "/novita"),
        ("/novita/notizie/", "/novita/notizie"),
        ("/novita/notizie/otto-lampade/", "/novita/notizie"),
        ("/argomenti/mobilita/", "/argomenti/mobilita"),
    ],
)
def test_pages_lead_to_their_feed(client: Client, pagina: str, feed: str) -> None:
    esce("Otto lampade", argomenti=("mobilita",))
    testo = client.get(pagina).content.decode()
    for formato, specie in (("rss", "rss"), ("atom", "atom")):
        assert f'<link rel="alternate" type="application/{specie}+xml"' in testo
        assert testo.count(f'href="{feed}/{formato}.xml"') == 2, "in the head and on the page"
        assert client.get(f"{feed}/{formato}.xml").status_code == 200


def test_a_feed_costs_the_same_whatever_is_in_it(client: Client, django_assert_max_num_queries) -> None:
    Argomento.objects.get(slug="mobilita")
    for n in range(QUANTE + 2):
        esce(f"Notizia {n}", argomenti=("mobilita", "ambiente"))
    assert len(rss(client).findall("item")) == QUANTE
    with django_assert_max_num_queries(8):
        client.get(RSS)
    with django_assert_max_num_queries(8):
        client.get("/argomenti/mobilita/atom.xml")
