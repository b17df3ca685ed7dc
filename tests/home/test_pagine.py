"""Pages that are there from the first migration, and what machines ask for."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client, override_settings
from django.utils.html import escape
from wagtail.models import Site

from cms.blocks.citazione import CitazioneBlock
from cms.lingue import IN_ITALIANO
from cms.models import BasePage
from home.contenuti import posa
from home.contenuti.lettura import Scritta, tutte
from home.models import FaqPage, HomePage, NotiziaPage, PaginaSemplice, RubricaPage, ServizioPage, UfficioPage
from home.sito import allinea

pytestmark = pytest.mark.django_db


SCRITTE = list(tutte())


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_every_initial_page_is_there_and_says_what_it_is(client: Client, scritta: Scritta) -> None:
    risposta = client.get(f"/{scritta.percorso}/")
    testo = risposta.content.decode()
    assert risposta.context["page"].specific_class.__name__ == scritta.tipo
    assert re.search(rf'<h1 class="lp-titolo"[^>]*>{re.escape(escape(scritta.titolo))}</h1>', testo)
    assert f"<title>{escape(scritta.titolo)} · Partecipa Lucca</title>" in testo
    assert testo.count("<h1") == 1


@pytest.mark.parametrize("scritta", SCRITTE, ids=lambda s: s.percorso)
def test_links_written_in_them_lead_somewhere(client: Client, scritta: Scritta) -> None:
    scritto = json.dumps([scritta.blocchi, scritta.campi], ensure_ascii=False)
    for indirizzo in re.findall(r"""(?:href=\\?["']|indirizzo": ")(/[^"'\\]*)""", scritto):
        assert client.get(indirizzo, follow=True).status_code == 200, indirizzo


def test_the_tree_is_whole() -> None:
    assert BasePage.find_problems() == ([], [], [], [], [])
    assert BasePage.objects.filter(IN_ITALIANO, depth__gt=2).count() == len(SCRITTE)
    assert not BasePage.objects.filter(title__startswith="Welcome").exists()


def test_laid_again_nothing_changes_and_what_was_taken_away_stays_away(client: Client) -> None:
    PaginaSemplice.objects.get(slug="partecipa").delete()
    assert posa() == []
    HomePage.objects.update(contenuti_posati=0)  # a new edition
    FaqPage.objects.get(IN_ITALIANO).delete()
    figlie = [s.percorso for s in SCRITTE if s.madre == "partecipa"]
    assert posa() == ["faq", "partecipa", *figlie]
    assert posa() == []


def test_a_placeholder_of_the_first_release_makes_room_and_a_page_of_an_editor_does_not() -> None:
    HomePage.objects.update(contenuti_posati=0)
    casa = HomePage.italiana()
    for slug, toccata in (("faq", False), ("vivere-lucca", True)):
        BasePage.objects.get(slug=slug, depth=3).delete()
        vecchia = casa.add_child(instance=PaginaSemplice(title="Com’era", slug=slug))
        if toccata:
            vecchia.save_revision().publish()
        casa.refresh_from_db()
    assert posa() == ["faq"]
    assert BasePage.objects.get(slug="vivere-lucca", depth=3).title == "Com’era"


def test_a_page_under_a_page_has_its_way_back_and_is_listed(client: Client) -> None:
    sopra = PaginaSemplice.objects.get(slug="privacy")
    sopra.add_child(instance=PaginaSemplice(title="Le foto", sommario="Quante e come"))
    sotto = client.get("/privacy/le-foto/").content.decode()
    assert '<a href="/privacy/">Informativa privacy</a>' in sotto
    assert '<meta name="description" content="Quante e come">' in sotto
    assert '<a href="/privacy/le-foto/">Le foto</a>' in client.get("/privacy/").content.decode()


def test_an_unknown_page_is_our_404(client: Client) -> None:
    risposta = client.get("/non-esiste/")
    assert risposta.status_code == 404
    assert "lp-titolo" in risposta.content.decode()


@pytest.mark.parametrize(
    ("indirizzo", "posto"),
    [("https://partecipa.example.org", ("partecipa.example.org", 443)), ("http://127.0.0.1:8123", ("127.0.0.1", 8123))],
)
def test_the_site_lives_where_the_settings_say(indirizzo: str, posto: tuple[str, int]) -> None:
    with override_settings(SITO_URL=indirizzo):
        allinea()
    sito = Site.objects.get(is_default_site=True)
    assert (sito.hostname, sito.port) == posto


# --- machines ---------------------------------------------------------------------------------------------


def test_robots_keeps_out_of_the_rooms_with_a_key(client: Client) -> None:
    testo = client.get("/robots.txt").content.decode()
    assert "Disallow: /scrivania/" in testo
    assert "Disallow: /area-personale/" in testo
    assert "Disallow: /amministrazione-trasparente/" not in testo
    assert testo.rstrip().endswith("/sitemap.xml")


def test_the_sitemap_lists_pages_and_doors(client: Client) -> None:
    testo = client.get("/sitemap.xml").content.decode()
    indirizzi = re.findall(r"<loc>http://testserver([^<]+)</loc>", testo)
    assert {"/", "/faq/", "/amministrazione-trasparente/", "/segnalazioni/", "/crediti/"} <= set(indirizzi)
    assert len(indirizzi) == len(set(indirizzi))
    assert all(client.get(indirizzo, follow=True).status_code == 200 for indirizzo in indirizzi)


def test_a_draft_is_not_in_the_sitemap(client: Client) -> None:
    FaqPage.objects.get(IN_ITALIANO).unpublish()
    assert "/faq/" not in client.get("/sitemap.xml").content.decode()


def test_the_favicon_is_ours(client: Client) -> None:
    risposta = client.get("/favicon.ico")
    assert risposta.status_code == 302
    assert risposta["Location"].endswith("img/favicon.svg")


def test_the_credits_say_whose_data_these_are(client: Client) -> None:
    testo = client.get("/crediti/").content.decode()
    assert "ISTAT, elaborazione Openpolis" in testo
    assert "Who’s On First · GeoNames" in testo
    assert "OpenStreetMap" not in testo
    with override_settings(MAPPA_TILE_URL="https://tile.example.org/{z}/{x}/{y}.png"):
        assert "© OpenStreetMap contributors" in client.get("/crediti/").content.decode()


@pytest.mark.parametrize("lista", ["/", "/novita/", "/novita/notizie/", "/novita/notizie/altra/"])
def test_what_only_some_may_read_is_not_even_named_in_a_list(client: Client, lista: str) -> None:
    rubrica = RubricaPage.objects.get(slug="notizie")
    rubrica.add_child(instance=NotiziaPage(title="Un’altra", slug="altra"))
    chiusa = rubrica.add_child(instance=NotiziaPage(title="Solo per chi lavora qui", slug="chiusa"))
    assert chiusa.title in client.get(lista).content.decode()
    chiusa.view_restrictions.create(restriction_type="login")
    assert chiusa.title not in Client(headers={"authorization": "x"}).get(lista).content.decode()
    assert client.get("/novita/notizie/chiusa/").status_code == 302


def test_a_closed_section_is_named_nowhere(client: Client) -> None:
    PaginaSemplice.objects.get(slug="tavoli-e-forum").view_restrictions.create(restriction_type="login")
    ServizioPage.objects.get(slug="casa-della-citta").view_restrictions.create(restriction_type="login")
    assert "/partecipa/tavoli-e-forum/" not in client.get("/partecipa/").content.decode().partition('id="figlie"')[2]
    assert "/servizi/partecipazione/casa-della-citta/" not in client.get("/servizi/partecipazione/").content.decode()


def test_an_office_is_called_and_written_to_with_one_press(client: Client) -> None:
    ufficio = UfficioPage.objects.get(slug="urp")
    ufficio.telefono, ufficio.email, ufficio.pec = "0583 000 000", "urp@example.org", "urp@pec.example.org"
    ufficio.save_revision().publish()
    pagina = client.get(ufficio.url).content.decode()
    assert '<a href="tel:0583000000">0583 000 000</a>' in pagina
    assert '<a href="mailto:urp@example.org">urp@example.org</a>' in pagina
    assert '<a href="mailto:urp@pec.example.org">' in pagina


def test_words_of_people_in_a_text_begin_no_thread() -> None:
    blocco = CitazioneBlock()
    parole = blocco.render(blocco.to_python({"testo": "Adesso vedo", "chi": "al sopralluogo"}))
    assert "«Adesso vedo»" in parole
    assert "lp-detto" not in parole


@pytest.mark.parametrize("lista", ["/", "/novita/", "/novita/avvisi/"])
def test_a_card_of_news_says_of_which_kind_it_is(client: Client, lista: str) -> None:
    avvisi = RubricaPage.objects.get(slug="avvisi")
    avvisi.add_child(instance=NotiziaPage(title="Via Roma chiusa", slug="via-roma"))
    carta = client.get(lista).content.decode().partition("Via Roma chiusa")[0].rpartition("<article")[2]
    assert f'<strong class="lp-segno s-bosco">{avvisi.singolare}</strong>' in carta
