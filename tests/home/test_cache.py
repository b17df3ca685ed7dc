"""A public page is rendered once for all who have no session, and again as soon as anything it is made of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from accounts.models import User
from cms.models import Argomento
from core.public_cache import _begin, touch
from home.models import HomePage, NotiziaPage, PaginaSemplice, RubricaPage
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _subito(django_capture_on_commit_callbacks: Any) -> Iterator[None]:
    """What follows a commit follows the test's acts too."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def dopo(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], Any]], Any]:
    """Does it, and what follows its commit."""

    def fai(cosa: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return cosa()

    return fai


@pytest.fixture
def privacy() -> PaginaSemplice:
    privacy: PaginaSemplice = PaginaSemplice.objects.get(slug="privacy")
    return privacy


def test_the_second_visitor_costs_no_query(client: Client, django_assert_num_queries: Any) -> None:
    prima = client.get("/privacy/")
    with django_assert_num_queries(0):
        seconda = Client().get("/privacy/")
    assert seconda.content == prima.content
    for nome in ("Content-Type", "X-Frame-Options", "Content-Security-Policy", "ETag", "Content-Language"):
        assert seconda[nome] == prima[nome], nome
    assert seconda["Cache-Control"] == "no-cache"


def test_a_browser_that_has_it_gets_no_body(client: Client) -> None:
    segno = client.get("/privacy/")["ETag"]
    risposta = client.get("/privacy/", headers={"if-none-match": segno})
    assert (risposta.status_code, risposta.content) == (304, b"")
    assert client.head("/privacy/")["Content-Length"] == str(len(client.get("/privacy/").content))


def test_what_is_published_shows_at_once(client: Client, privacy: PaginaSemplice, dopo: Any) -> None:
    client.get("/privacy/")
    privacy.sommario = "Parole nuove."
    dopo(lambda: privacy.save_revision().publish())
    assert "Parole nuove." in client.get("/privacy/").content.decode()


def test_a_draft_changes_nothing_that_people_read(client: Client, privacy: PaginaSemplice, dopo: Any) -> None:
    client.get("/privacy/")
    privacy.sommario = "Ancora una bozza."
    dopo(privacy.save_revision)
    assert "Ancora una bozza." not in client.get("/privacy/").content.decode()


def test_what_goes_is_gone_at_once(client: Client, privacy: PaginaSemplice, dopo: Any) -> None:
    assert client.get("/privacy/").status_code == 200
    dopo(privacy.unpublish)
    assert client.get("/privacy/").status_code == 404


def test_a_moved_page_leaves_its_address(client: Client, privacy: PaginaSemplice, dopo: Any) -> None:
    client.get("/privacy/")
    note = PaginaSemplice.objects.get(slug="note-legali")
    dopo(lambda: privacy.move(note, pos="last-child"))
    assert client.get("/note-legali/privacy/").status_code == 200
    assert client.get("/privacy/").status_code != 200


def test_news_reach_the_home_page_and_the_lists(client: Client, dopo: Any) -> None:
    for indirizzo in ("/", "/novita/", "/novita/notizie/"):
        client.get(indirizzo)
    rubrica = RubricaPage.objects.get(slug="notizie")
    dopo(lambda: rubrica.add_child(instance=NotiziaPage(title="Otto lampade nuove", corpo=[])))
    for indirizzo in ("/", "/novita/", "/novita/notizie/"):
        assert "Otto lampade nuove" in client.get(indirizzo).content.decode(), indirizzo


def test_a_topic_that_changes_its_name_changes_it_everywhere(client: Client, dopo: Any) -> None:
    client.get("/argomenti/")
    argomento = Argomento.objects.get(slug="ambiente")
    argomento.nome = "Ambiente e verde"
    dopo(argomento.save)
    assert "Ambiente e verde" in client.get("/argomenti/").content.decode()


def test_the_figures_of_the_home_page_follow_the_reports(client: Client, buca: Any, carla: User, dopo: Any) -> None:
    prima = client.get("/").content.decode()
    dopo(lambda: porta_a(buca, Stato.RISOLTA))
    assert client.get("/").content.decode() != prima


def test_a_change_rolled_back_renders_nothing_again(client: Client, privacy: PaginaSemplice) -> None:
    prima = client.get("/privacy/")["ETag"]
    with transaction.atomic():
        touch("pagine")
        transaction.set_rollback(True)
    PaginaSemplice.objects.filter(pk=privacy.pk).update(sommario="Di nascosto")
    assert client.get("/privacy/")["ETag"] == prima


# --- who gets a page of their own --------------------------------------------------------------------------


def test_who_is_in_gets_their_own_page_and_leaves_it_to_nobody(client: Client, anna: User) -> None:
    client.force_login(anna)
    mia = client.get("/privacy/").content.decode()
    assert "Esci" in mia
    assert "Esci" not in Client().get("/privacy/").content.decode()
    assert "Esci" in client.get("/privacy/").content.decode()


def test_a_closed_page_is_shown_to_nobody_from_the_cache(
    client: Client, anna: User, privacy: PaginaSemplice, dopo: Any
) -> None:
    client.get("/privacy/")
    dopo(lambda: PageViewRestriction.objects.create(page=privacy, restriction_type=PageViewRestriction.LOGIN))
    assert Client().get("/privacy/").status_code == 302
    client.force_login(anna)
    assert client.get("/privacy/").status_code == 200
    assert Client().get("/privacy/").status_code == 302


@pytest.mark.parametrize("chiesta", ["?q=1", "?pagina=100", "?pagina=0", "?pagina=01", "?pagina=1&q=1"])
def test_other_questions_are_not_kept(client: Client, chiesta: str) -> None:
    client.get(f"/novita/notizie/{chiesta}")
    with CaptureQueriesContext(connection) as domande:
        client.get(f"/novita/notizie/{chiesta}")
    assert len(domande) > 1


def test_pages_of_a_list_are_kept_one_by_one(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/novita/notizie/?pagina=1")
    with django_assert_num_queries(0):
        client.get("/novita/notizie/?pagina=1")


def test_what_is_not_there_is_looked_for_again(client: Client) -> None:
    assert client.get("/non-esiste/").status_code == 404
    with CaptureQueriesContext(connection) as domande:
        assert client.get("/non-esiste/").status_code == 404
    assert len(domande) > 0


def test_a_strange_host_is_refused_before_anything_is_kept(client: Client) -> None:
    assert client.get("/privacy/", headers={"host": "altrove.example.com"}).status_code == 400


@pytest.mark.parametrize("nostro", ["TestServer", "testserver.", "testserver:1234", "testserver:0080"])
def test_our_host_spelt_in_endless_ways_does_not_fill_the_cache(client: Client, nostro: str) -> None:
    for _volta in range(2):
        with CaptureQueriesContext(connection) as domande:
            assert client.get("/privacy/", headers={"host": nostro}).status_code == 200
        assert len(domande) > 1


def test_a_page_rendered_while_something_changed_is_not_kept_for_new(client: Client, privacy: PaginaSemplice) -> None:
    """The epoch is read before the page: what changes meanwhile makes it old already."""
    vera = HomePage.get_context

    def mentre(self: HomePage, request: Any, *args: Any, **kwargs: Any) -> Any:
        contesto = vera(self, request, *args, **kwargs)
        _begin(("pagine",))
        return contesto

    with pytest.MonkeyPatch.context() as per_ora:
        per_ora.setattr(HomePage, "get_context", mentre)
        client.get("/")
    HomePage.objects.update(domanda="Che cosa è cambiato?")
    assert "Che cosa è cambiato?" in client.get("/").content.decode()
