"""Pages for what went wrong: whole, in plain Italian, and there even when nothing else is."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.core.guasti import database_giu

pytestmark = pytest.mark.urls("tests.core.guasti")

VUOTI = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Pagina(HTMLParser):
    """Reads a page strictly: every element closed in its place, every id once."""

    def __init__(self) -> None:
        super().__init__()
        self.aperti: list[str] = []
        self.attributi: list[tuple[str, dict[str, str | None]]] = []
        self.testi: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        nomi = [nome for nome, _valore in attrs]
        assert len(nomi) == len(set(nomi)), f"<{tag}> says {nomi} twice"
        self.attributi.append((tag, dict(attrs)))
        if tag not in VUOTI:
            self.aperti.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributi.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.aperti, f"</{tag}> closes nothing"
        assert self.aperti.pop() == tag, f"</{tag}> out of place"

    def handle_data(self, data: str) -> None:
        if self.aperti:
            self.testi[self.aperti[-1]] = self.testi.get(self.aperti[-1], "") + data.strip()


def _leggi(html: str) -> _Pagina:
    assert html.lstrip().startswith("<!doctype html>")
    pagina = _Pagina()
    pagina.feed(html)
    pagina.close()
    assert pagina.aperti == []
    nomi = [a["id"] for _tag, a in pagina.attributi if a.get("id")]
    assert len(nomi) == len(set(nomi))
    return pagina


def _controlla(html: str, frase: str) -> None:
    pagina = _leggi(html)
    tag = [t for t, _a in pagina.attributi]
    assert tag.count("main") == tag.count("h1") == tag.count("title") == 1
    assert ("html", {"lang": "it"}) in pagina.attributi
    assert frase in pagina.testi["h1"]
    assert pagina.testi["title"]
    # Strict policy: nothing inside the page runs or paints.
    assert not any(nome.startswith("on") or nome == "style" for _t, a in pagina.attributi for nome in a)
    assert not any(t == "script" and "src" not in a for t, a in pagina.attributi)
    assert "style" not in tag


FRASI = {
    "/guasti/400/": (400, "Non abbiamo capito la richiesta"),
    "/guasti/403/": (403, "Questa pagina non è per te"),
    "/guasti/404/": (404, "Questa pagina non c’è"),
    "/una-pagina-che-non-esiste/": (404, "Questa pagina non c’è"),
    "/guasti/regola/": (409, "Non si può fare adesso"),
    "/guasti/500/": (500, "Qualcosa non ha funzionato"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("percorso", FRASI)
def test_each_page_says_what_happened(percorso: str) -> None:
    risposta = Client(raise_request_exception=False).get(percorso)
    stato, frase = FRASI[percorso]
    assert risposta.status_code == stato
    assert risposta["Content-Type"] == "text/html; charset=utf-8"
    _controlla(risposta.content.decode(), frase)


@pytest.mark.django_db
@pytest.mark.parametrize("percorso", FRASI)
def test_also_in_english(percorso: str) -> None:
    """Whatever the browser prefers, the page stands."""
    client = Client(raise_request_exception=False)
    assert client.get(percorso, headers={"Accept-Language": "en"}).status_code == FRASI[percorso][0]


@pytest.mark.django_db
def test_a_form_without_its_token_loses_nothing() -> None:
    risposta = Client(enforce_csrf_checks=True).post("/guasti/modulo/", {"testo": "ciao"})
    assert risposta.status_code == 403
    _controlla(risposta.content.decode(), "Il modulo è scaduto")
    assert "quello che hai scritto è ancora lì" in risposta.content.decode()


@pytest.mark.django_db
def test_the_page_of_an_error_does_not_tell_it() -> None:
    pagina = Client(raise_request_exception=False).get("/guasti/500/").content.decode()
    assert "ZeroDivision" not in pagina
    assert "anna@example.org" not in pagina


@pytest.mark.parametrize(
    ("stato", "frase"),
    [(400, "Non abbiamo capito"), (413, "troppo grande"), (500, "non ha funzionato"), (503, "Il sito è fermo")],
)
def test_the_bare_pages_need_nothing(stato: int, frase: str) -> None:
    """No request, no context, no database (the `db` fixture is not asked for)."""
    _controlla(render_to_string(f"{stato}.html"), frase)


@pytest.mark.parametrize(
    ("percorso", "stato"), [("/guasti/400/", 400), ("/guasti/500/", 500), ("/guasti/database/", 503)]
)
def test_they_stand_without_a_database(percorso: str, stato: int, db: None) -> None:
    with database_giu():
        risposta: Any = Client(raise_request_exception=False).get(percorso)
    assert risposta.status_code == stato
    _leggi(risposta.content.decode())
