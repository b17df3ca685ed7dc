"""The site of the demonstration: news near today, a page for every office, names of nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from comune.models import Ufficio
from core.tempo import oggi
from home.demo import scrivi_il_sito
from home.demo.notizie import FILE
from home.models import AreaPage, Componente, NotiziaPage, UfficioPage
from segnalazioni.demo.persone import STRUTTURA, popola
from tests.sostegno.database import per_modulo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _sito(django_db_setup, django_db_blocker) -> Iterator[None]:
    with per_modulo(django_db_blocker):
        popola()
        scrivi_il_sito()
        yield


@pytest.fixture
def sito(_sito: None, db: None) -> None:
    """As the demonstration has it."""


def test_news_are_near_today_and_read(sito: None, client: Client) -> None:
    notizie = list(NotiziaPage.objects.recenti())
    assert len(notizie) >= 15
    assert notizie[0].data == oggi()
    assert all(n.data <= oggi() and n.argomenti.exists() and n.ufficio for n in notizie)
    assert {n.rubrica().slug for n in notizie} == {"notizie", "comunicati", "avvisi"}
    for notizia in notizie:
        notizia.corpo.stream_block.clean(notizia.corpo)
        testo = client.get(notizia.url).content.decode()
        dentro = testo.partition("<main")[2].partition("</main>")[0]
        for indirizzo in set(re.findall(r'<a [^>]*href="(/[^"#]+)"', dentro)):
            assert client.get(indirizzo, follow=True).status_code == 200, indirizzo


def test_pictures_say_what_they_show_and_corrections_come_after(sito: None) -> None:
    con_figura = NotiziaPage.objects.exclude(immagine=None)
    assert con_figura.count() >= 5
    assert not con_figura.filter(immagine_testo="").exists()
    corrette = [(n, c) for n in NotiziaPage.objects.all() for c in n.correzioni.all()]
    assert len(corrette) >= 2
    assert all(n.data <= c.giorno <= oggi() for n, c in corrette)


def test_every_office_and_settore_has_its_page(sito: None, client: Client) -> None:
    assert UfficioPage.objects.exclude(ufficio=None).count() == Ufficio.objects.count()
    assert AreaPage.objects.exclude(settore=None).count() == len(STRUTTURA)
    strade = UfficioPage.objects.get(ufficio__slug="strade")
    assert "Lavori pubblici e mobilità" in client.get(strade.url).content.decode()
    area = AreaPage.objects.get(settore__nome="Lavori pubblici e mobilità")
    assert "Illuminazione pubblica" in client.get(area.url).content.decode()


def test_the_bodies_have_people(sito: None, client: Client) -> None:
    assert "Sofia Sandri" in client.get("/amministrazione/organi-di-governo/sindaco/").content.decode()
    nomi = list(Componente.objects.values_list("nome", flat=True))
    assert len(nomi) == len(set(nomi)) >= 12


def test_no_news_says_a_day_that_will_be_wrong_tomorrow() -> None:
    mesi = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    assert re.findall(rf"\b\d{{1,2}} (?:{mesi})\b|\b20[2-9]\d\b", FILE.read_text()) == []
