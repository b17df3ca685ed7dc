"""What the public validator of Italian municipal sites looks for (Designers Italia, Modello Comuni), on every kind of
page: data-elements with their texts, order of the first level and of the parts of a service, breadcrumb, footer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from cms.lingue import IN_ITALIANO
from cms.models import BasePage
from home.models import CategoriaServiziPage, ServizioPage
from home.models.servizi import SEZIONI
from tests.aiuti import una_per_tipo
from tests.sostegno.database import per_modulo

pytestmark = pytest.mark.django_db

PRIMO_LIVELLO = (
    ("management", "Amministrazione"),
    ("news", "Novità"),
    ("all-services", "Servizi"),
    ("live", "Vivere Lucca"),
)
# (data-element, text, where it leads) of the footer, on every page.
PIEDE = (
    ("faq", "Leggi le FAQ", "/faq/"),
    ("appointment-booking", "Prenota appuntamento", "/prenota/"),
    ("report-inefficiency", "Segnala disservizio", "/segnalazioni/nuova/"),
    ("contacts", "Richiedi assistenza", "/assistenza/"),
    ("privacy-policy-link", "Informativa privacy", "/privacy/"),
    ("legal-notes", "Note legali", "/note-legali/"),
    ("accessibility-link", "Dichiarazione di accessibilità", "/accessibilita/"),
)
VUOTI = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Elemento(NamedTuple):
    """An element: its name, attributes and all text inside."""

    nome: str
    attributi: dict[str, str]
    testo: str


class _Albero(HTMLParser):
    """Every element of a page, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.elementi: list[list[Any]] = []
        self._aperti: list[list[Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        elemento = [tag, {n: v or "" for n, v in attrs}, ""]
        self.elementi.append(elemento)
        if tag not in VUOTI:
            self._aperti.append(elemento)

    def handle_endtag(self, tag: str) -> None:
        while self._aperti and self._aperti.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for elemento in self._aperti:
            elemento[2] += data


def elementi(html: str) -> list[Elemento]:
    """All elements of a page."""
    albero = _Albero()
    albero.feed(html)
    return [Elemento(n, a, " ".join(t.split())) for n, a, t in albero.elementi]


def corpo(html: str) -> str:
    """Without header and footer."""
    return html[html.index("<main") : html.index("</main>")]


def con(pagina: list[Elemento], dato: str) -> list[Elemento]:
    """Those that carry this data-element."""
    return [e for e in pagina if e.attributi.get("data-element") == dato]


@pytest.fixture(scope="module")
def pagine(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, list[Elemento]]]:
    """A page of each kind, and the pages that no editor writes: as a new site has them, read once."""
    client = Client()
    with per_modulo(django_db_blocker):
        indirizzi = [*una_per_tipo(), "/argomenti/", "/argomenti/ambiente/", "/mappa-del-sito/", "/crediti/"]
        yield {url: elementi(client.get(url).content.decode()) for url in indirizzi}


def test_there_is_a_page_of_each_kind_that_a_new_site_has() -> None:
    assert len(una_per_tipo()) >= 10


def test_the_first_level_is_the_same_everywhere_in_its_one_order(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        dati = [
            e.attributi["data-element"] for e in pagina if e.nome == "a" and "nav-link" in e.attributi.get("class", "")
        ]
        assert dati[:4] == [dato for dato, _nome in PRIMO_LIVELLO], url
        for dato, nome in PRIMO_LIVELLO:
            assert [e.testo for e in con(pagina, dato)] == [nome], (url, dato)
        assert [e.testo for e in con(pagina, "custom-submenu")] == ["Partecipa", "Segnalazioni"], url
        assert len(con(pagina, "all-topics")) == 1, url
        assert len(con(pagina, "personal-area-login")) == 1, url


def test_the_footer_says_what_the_law_and_the_model_want(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        for dato, testo, dove in PIEDE:
            trovati = [(e.testo, e.attributi["href"]) for e in con(pagina, dato)]
            assert trovati == [(testo, dove)], (url, dato)
        trasparenza = {
            e.attributi["href"] for e in pagina if e.nome == "a" and e.testo == "Amministrazione Trasparente"
        }
        assert trasparenza == {"/amministrazione-trasparente/"}, url


def test_every_page_but_the_home_page_says_where_it_is(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        percorso = con(pagina, "breadcrumb")
        if url == "/":
            assert percorso == []
            continue
        assert len(percorso) == 1, url
        assert percorso[0].testo.startswith("Home"), url
        titolo = next(e.testo for e in pagina if e.nome == "h1")
        assert percorso[0].testo.endswith(titolo), url


def test_every_page_has_one_title_a_description_and_its_own_address(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        assert len([e for e in pagina if e.nome == "h1"]) == 1, url
        descrizioni = [e for e in pagina if e.nome == "meta" and e.attributi.get("name") == "description"]
        assert len(descrizioni) == 1, url
        assert descrizioni[0].attributi["content"], url
        canonici = [e.attributi["href"] for e in pagina if e.attributi.get("rel") == "canonical"]
        assert len(canonici) == 1, url
        assert canonici[0].endswith(url), url
        assert not any(e.attributi.get("content") == "noindex" for e in pagina), url


def test_every_page_asks_how_clear_it_is(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        assert len(con(pagina, "feedback")) == 1, url
        assert con(pagina, "feedback-title")[0].testo == "Quanto sono chiare le informazioni su questa pagina?", url
        for voto in range(1, 6):
            assert len(con(pagina, f"feedback-rate-{voto}")) == 1, (url, voto)


def test_titles_go_down_one_level_at_a_time(pagine: dict[str, list[Elemento]]) -> None:
    for url, pagina in pagine.items():
        livelli = [int(e.nome[1]) for e in pagina if re.fullmatch("h[1-6]", e.nome)]
        salti = [(a, b) for a, b in pairwise(livelli) if b > a + 1]
        assert salti == [], url


# --- links of the lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "dato"),
    [
        ("/amministrazione/", "management-category-link"),
        ("/novita/", "news-category-link"),
        ("/servizi/", "service-category-link"),
        ("/servizi/partecipazione/", "service-link"),
        ("/argomenti/", "topic-element"),
    ],
)
def test_links_of_a_list_carry_their_name(client: Client, url: str, dato: str) -> None:
    madre = BasePage.objects.filter(url_path=f"/home{url}").first()
    trovati = {e.attributi["href"] for e in con(elementi(client.get(url).content.decode()), dato)}
    attesi = {figlia.url for figlia in madre.get_children().live()} if madre else trovati
    assert trovati >= attesi > set()


# --- the sheet of a service ---------------------------------------------------------------------------------


def _servizi() -> list[str]:
    return [servizio.url for servizio in ServizioPage.objects.live().filter(IN_ITALIANO)]


def test_every_service_has_all_parts_in_the_one_order(client: Client) -> None:
    titoli = [str(titolo) for _chiave, titolo, _dato in SEZIONI]
    assert titoli == [
        "A chi è rivolto", "Come fare", "Cosa serve", "Cosa si ottiene",
        "Tempi e scadenze", "Accedi al servizio", "Condizioni di servizio", "Contatti",
    ]  # fmt: skip
    for url in _servizi():
        pagina = elementi(corpo(client.get(url).content.decode()))
        dentro = [e.testo for e in pagina if e.nome == "h2" and e.testo in titoli]
        assert dentro == titoli, url
        [indice] = con(pagina, "page-index")
        assert indice.testo == "".join(titoli), url


def test_every_service_says_what_the_validator_asks(client: Client) -> None:
    for url in _servizi():
        pagina = elementi(client.get(url).content.decode())
        for dato in (
            "service-title", "service-description", "service-status", "service-addressed", "service-how-to",
            "service-needed", "service-achieved", "service-calendar-text", "service-area",
        ):  # fmt: skip
            assert len(con(pagina, dato)) == 1, (url, dato)
            assert con(pagina, dato)[0].testo, (url, dato)
        assert con(pagina, "service-online-access") or con(pagina, "service-generic-access"), url
        assert con(pagina, "topic-element") or con(pagina, "service-topic"), url


def test_machines_read_every_service(client: Client) -> None:
    for url in _servizi():
        [dati] = [
            e for e in elementi(client.get(url).content.decode()) if e.attributi.get("type") == "application/ld+json"
        ]
        assert dati.attributi["data-element"] == "metatag"
        letti = json.loads(dati.testo)
        assert letti["@type"] == "GovernmentService"
        assert {"name", "serviceType", "serviceOperator", "areaServed", "availableChannel", "description"} <= set(letti)


def test_a_category_lists_its_services_and_only_those(client: Client) -> None:
    for categoria in CategoriaServiziPage.objects.live().filter(IN_ITALIANO):
        pagina = elementi(client.get(categoria.url).content.decode())
        trovati = [e.attributi["href"] for e in con(pagina, "service-link")]
        assert sorted(trovati) == sorted(s.url for s in categoria.get_children().live()), categoria.url
