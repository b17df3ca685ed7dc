"""Rita edits the page of privacy: she sees what people think of it beside it, and of no other page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chiarezza.models import Giudizio
from core.tempo import adesso
from tests.aiuti import persona
from tests.chiarezza.conftest import pagina

pytestmark = pytest.mark.django_db


@pytest.fixture
def giudizi(giudica, privacy) -> None:
    """Three of the page of privacy (one is old), one of the legal notes."""
    giudica(1, motivo="guasti", parole="Non si apre il modulo")
    giudica(2, motivo="guasti")
    vecchio = giudica(5, motivo="chiare")
    Giudizio.objects.filter(pk=vecchio.pk).update(created_at=adesso() - timedelta(days=91))
    giudica(4, di=pagina("note-legali"), parole="Bello")


def test_rita_sees_the_results_of_her_page(client, rita, privacy, giudizi):
    client.force_login(rita)
    testo = client.get(f"/cms/chiarezza/{privacy.pk}/").content.decode()
    assert "1,5 su 5" in testo
    assert "5,0 su 5" in testo
    assert "Ho avuto problemi tecnici: 2" in testo
    assert "Non si apre il modulo" in testo
    assert "Bello" not in testo


def test_the_mean_stands_beside_the_page(client, rita, privacy, giudizi):
    client.force_login(rita)
    testo = client.get(f"/cms/pages/{privacy.pk}/edit/").content.decode()
    assert "Chiarezza: 1,5 su 5 (2)" in testo
    assert f"/cms/chiarezza/{privacy.pk}/" in testo


def test_a_page_without_opinions_says_so(client, rita, privacy):
    client.force_login(rita)
    assert "Chiarezza: nessun giudizio" in client.get(f"/cms/pages/{privacy.pk}/edit/").content.decode()
    assert "Nessun giudizio." in client.get(f"/cms/chiarezza/{privacy.pk}/").content.decode()


def test_the_report_has_her_page_alone(client, rita, privacy, giudizi):
    client.force_login(rita)
    testo = client.get("/cms/chiarezza/").content.decode()
    assert "/privacy/" in testo
    assert "/note-legali/" not in testo


def test_who_runs_the_site_sees_all_the_worst_first(admin_client, giudizi):
    testo = admin_client.get("/cms/chiarezza/").content.decode()
    assert testo.index("/privacy/") < testo.index("/note-legali/")
    assert "Informativa privacy" in testo
    assert "2,7" in testo
    sezione = admin_client.get("/cms/chiarezza/", {"sezione": "note-legali"}).content.decode()
    assert "/note-legali/" in sezione
    assert 'href="/cms/chiarezza/' + str(pagina("privacy").pk) not in sezione


def test_the_report_is_taken_away_as_csv(admin_client, giudizi):
    risposta = admin_client.get("/cms/chiarezza/", {"export": "csv"})
    righe = b"".join(risposta.streaming_content).decode("utf-8-sig").splitlines()
    assert righe[0].startswith("Pagina,Indirizzo,Sezione")
    assert righe[1] == 'Informativa privacy,/privacy/,privacy,"1,5",2,"2,7",3,1'


def test_a_colleague_of_the_urp_sees_all(client, carla, rita, giudizi):
    carla.groups.add(rita.groups.get())
    client.force_login(carla)
    assert "/note-legali/" in client.get("/cms/chiarezza/").content.decode()


def test_pages_that_are_no_more_stand_by_their_address(admin_client, privacy, giudizi):
    privacy.specific.delete()
    testo = admin_client.get("/cms/chiarezza/").content.decode()
    assert "/privacy/" in testo


def test_the_first_page_of_the_editors_names_the_worst_of_ones_own(client, rita, giudizi):
    client.force_login(rita)
    testo = client.get("/cms/").content.decode()
    assert "Le tue pagine meno chiare" in testo
    assert "Informativa privacy" in testo
    assert "Note legali" not in testo


def test_no_opinion_no_panel(client, rita):
    client.force_login(rita)
    assert "Le tue pagine meno chiare" not in client.get("/cms/").content.decode()


# --- refusals ---------------------------------------------------------------------------------------------


def test_the_page_of_others_is_refused(client, noemi, privacy, giudizi):
    client.force_login(noemi)
    risposta = client.get(f"/cms/chiarezza/{privacy.pk}/")
    assert risposta.status_code in (302, 403)
    assert b"Non si apre il modulo" not in risposta.content


@pytest.mark.parametrize("porta", ["/cms/chiarezza/", "/cms/chiarezza/righe/", "/cms/chiarezza/?export=csv"])
def test_citizens_and_strangers_do_not_come_in(client, anna, giudizi, porta):
    assert client.get(porta).status_code == 302
    client.force_login(anna)
    assert client.get(porta).status_code in (302, 403)
    client.force_login(persona("Ugo", is_staff=True))
    assert client.get(porta).status_code in (302, 403)


def test_the_report_costs_the_same_however_many_pages(admin_client, giudica, django_assert_max_num_queries):
    def conta() -> int:
        with django_assert_max_num_queries(40) as quante:
            admin_client.get("/cms/chiarezza/")
        return len(quante)

    giudica(1)
    admin_client.get("/cms/chiarezza/")
    con_una = conta()
    for slug in ("note-legali", "faq", "novita", "partecipa"):
        giudica(2, di=pagina(slug))
    assert conta() == con_una
