"""Five thousand pages: what a page costs does not grow with the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client

from cms.models import Argomento, BasePage
from core.tempo import adesso, oggi
from home.models import NotiziaPage, RubricaPage
from tests.sostegno.database import per_modulo

QUANTE = 5_000
# Whoever carries a session gets a page of their own, rendered now.
SUO = {"Cookie": "sessionid=di-nessuno"}
TETTO = 30


@pytest.fixture(scope="module")
def _migliaia(django_db_setup, django_db_blocker) -> Iterator[RubricaPage]:
    with per_modulo(django_db_blocker):
        yield _scrivi_migliaia()


@pytest.fixture
def migliaia(_migliaia: RubricaPage, db: None) -> RubricaPage:
    """Where the many news are."""
    return _migliaia


def _scrivi_migliaia() -> RubricaPage:
    """As rows: one by one they would take minutes."""
    rubrica: RubricaPage = RubricaPage.objects.get(slug="notizie")
    tipo, ora = ContentType.objects.get_for_model(NotiziaPage), adesso()
    passo = BasePage.steplen
    comuni = {"content_type": tipo, "locale": rubrica.locale, "depth": rubrica.depth + 1, "live": True}
    comuni |= {"first_published_at": ora, "last_published_at": ora, "sommario": "In breve."}
    righe = [
        BasePage(
            **comuni,
            title=f"Notizia {n}",
            draft_title=f"Notizia {n}",
            slug=f"notizia-{n}",
            path=BasePage._get_path(rubrica.path, rubrica.depth + 1, n),
            url_path=f"{rubrica.url_path}notizia-{n}/",
        )
        for n in range(1, QUANTE + 1)
    ]
    assert all(len(r.path) == len(rubrica.path) + passo for r in righe)
    BasePage.objects.bulk_create(righe, batch_size=500)
    BasePage.objects.filter(pk=rubrica.pk).update(numchild=QUANTE)
    chiavi = BasePage.objects.filter(path__startswith=rubrica.path, depth=rubrica.depth + 1).values_list(
        "pk", flat=True
    )
    with connection.cursor() as cursore:
        cursore.executemany(
            "INSERT INTO home_notiziapage (basepage_ptr_id, data, immagine_testo, corpo) VALUES (%s, %s, '', '[]')",
            [(chiave, oggi()) for chiave in chiavi],
        )
    argomento = Argomento.objects.get(slug="ambiente")
    argomento.pagine.add(*chiavi[: QUANTE // 2])
    return rubrica


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/novita/",
        "/novita/?pagina=100",
        "/novita/notizie/",
        "/novita/notizie/?pagina=200",
        "/novita/notizie/notizia-2500/",
        "/argomenti/ambiente/?pagina=50",
        "/mappa-del-sito/",
        "/sitemap.xml",
        "/cerca/?q=notizia",
    ],
)
def test_no_page_of_a_large_site_costs_more(
    client: Client, migliaia: RubricaPage, url: str, django_assert_max_num_queries: Any
) -> None:
    client.get(url, headers=SUO)
    with django_assert_max_num_queries(TETTO):
        assert client.get(url, headers=SUO).status_code == 200


def test_the_pages_of_a_list_hold_them_all_once(client: Client, migliaia: RubricaPage) -> None:
    elenco = client.get("/novita/notizie/?pagina=2").context["elenco"]
    assert elenco.paginator.count == QUANTE
    assert len(elenco) == 24
    assert not {p.pk for p in elenco} & {p.pk for p in client.get("/novita/notizie/").context["elenco"]}
