"""The gallery shows every component: one that nobody can look at is one that nobody keeps in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cms.blocks import CorpoBlock

COMPONENTI = sorted(p.stem for p in Path(settings.BASE_DIR, "templates", "components").glob("*.html"))
PAGINE = ("/componenti/", "/componenti/scrivania/")


@pytest.mark.django_db
def test_every_component_is_rendered_and_named(client: Client) -> None:
    resi, nomi = set(), set()
    for pagina in PAGINE:
        risposta = client.get(pagina)
        assert risposta.status_code == 200
        resi |= {t.name.removeprefix("components/").removesuffix(".html") for t in risposta.templates if t.name}
        nomi |= set(re.findall(r'<h2 id="k-(\w+)">\1</h2>', risposta.content.decode()))
    assert [nome for nome in COMPONENTI if nome not in nomi] == [], "no sample with its name"
    assert [nome for nome in COMPONENTI if nome not in resi] == [], "named, but not shown"
    assert sorted(nomi) == COMPONENTI, "samples of components that are no more"


@pytest.mark.django_db
@pytest.mark.parametrize("pagina", PAGINE)
def test_every_id_stands_once(client: Client, pagina: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(pagina).content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_all_states_are_there_with_their_word(client: Client) -> None:
    pagina = client.get("/componenti/").content.decode()
    for parola in ("Ricevuta", "Programmata", "Attesa risposta", "Contestata", "Unita a un’altra"):
        assert re.search(rf'<span class="lp-stato [^"]+">{parola}</span>', pagina)


@pytest.mark.django_db
def test_every_block_that_an_editor_can_use_is_shown(client: Client) -> None:
    pagina = client.get("/componenti/blocchi/").content.decode()
    nomi = re.findall(r'<h2 id="b-(\w+)" class="h6">\1</h2>', pagina)
    assert sorted(nomi) == sorted(CorpoBlock().child_blocks)
    for parola in ("Otto lampade nuove", "Anche solo a parole.", "Lo specchio in fondo", "Chiama il 112."):
        assert parola in pagina, parola
