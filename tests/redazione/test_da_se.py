"""What happens by itself: a page goes out at its hour and leaves at its hour; one that nobody reads again comes up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from cms.models import BasePage, aggiungi_mesi
from core.tempo import oggi
from home.models import NotiziaPage, PaginaSemplice
from redazione.scadenze import da_rivedere, in_scadenza
from redazione.scheduled import pubblica_programmate
from tests.redazione.conftest import notizia

pytestmark = pytest.mark.django_db


def _alle(quando: datetime) -> None:
    with patch("django.utils.timezone.now", return_value=quando):
        pubblica_programmate()


def _si_legge(pagina: NotiziaPage) -> list[bool]:
    client = Client()
    titolo = pagina.title
    return [titolo in client.get(dove).content.decode() for dove in ("/", "/novita/", "/novita/notizie/")]


def test_it_goes_out_at_its_hour_and_leaves_at_its_hour(carla, centrale, notizie):
    pagina, ora = notizia(carla, notizie), timezone.now()
    pagina.go_live_at, pagina.expire_at = ora + timedelta(hours=1), ora + timedelta(days=2)
    pagina.save_revision(user=carla).publish(user=carla)
    _alle(ora + timedelta(minutes=59))
    assert _si_legge(pagina) == [False, False, False]
    _alle(ora + timedelta(minutes=61))
    assert _si_legge(pagina) == [True, True, True]
    assert Client().get(pagina.url).status_code == 200
    _alle(ora + timedelta(days=2, minutes=1))
    assert _si_legge(pagina) == [False, False, False]
    assert Client().get(pagina.url).status_code == 404
    pagina.refresh_from_db()
    assert pagina.expired


def test_approved_before_its_day_it_waits(entra, elena, carla, centrale, redazione_strade, notizie):
    pagina = notizia(elena, notizie)
    pagina.go_live_at = timezone.now() + timedelta(days=1)
    pagina.save_revision(user=elena)
    pagina.get_workflow().start(pagina, elena)
    stato = pagina.current_workflow_task_state
    entra(carla).post(f"/cms/pages/workflow/action/{pagina.pk}/approve/{stato.pk}/", {"comment": ""})
    pagina.refresh_from_db()
    assert not pagina.live
    _alle(timezone.now() + timedelta(days=1, minutes=1))
    pagina.refresh_from_db()
    assert pagina.live


def test_what_leaves_within_a_month_is_said_before(carla, centrale, notizie):
    for titolo, giorni in (("Esce presto", 10), ("Esce tardi", 60), ("Resta", None)):
        pagina = notizia(carla, notizie, titolo=titolo)
        pagina.expire_at = timezone.now() + timedelta(days=giorni) if giorni else None
        pagina.save_revision(user=carla).publish(user=carla)
    assert [pagina.title for pagina in in_scadenza(BasePage.objects.all())] == ["Esce presto"]


# --- to read again ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giorno", "mesi", "dopo"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(giorno, mesi, dopo):
    assert aggiungi_mesi(giorno, mesi) == dopo


@pytest.fixture
def vecchia(sito) -> PaginaSemplice:
    """Published thirteen months ago, and nobody has read it since."""
    BasePage.objects.filter(slug="privacy").update(last_published_at=timezone.now() - timedelta(days=400))
    pagina: PaginaSemplice = PaginaSemplice.objects.get(slug="privacy")
    return pagina


def test_an_old_page_comes_up_until_somebody_says_that_it_is_still_right(entra, carla, centrale, vecchia):
    client = entra(carla)
    assert list(da_rivedere(BasePage.objects.all())) == [vecchia.basepage_ptr]
    pagina = client.get("/cms/").content.decode()
    assert "Da rivedere" in pagina
    assert "è passata" in pagina
    quante = vecchia.revisions.count()
    client.post(f"/cms/verificata/{vecchia.pk}/")
    vecchia.refresh_from_db()
    assert vecchia.verificata_il == oggi()
    assert vecchia.revisions.count() == quante
    assert not da_rivedere(BasePage.objects.all()).exists()
    assert "Riletta: è ancora giusta" in client.get(f"/cms/pages/{vecchia.pk}/history/").content.decode()


def test_a_draft_written_before_does_not_take_that_back(carla, centrale, vecchia):
    bozza = vecchia.save_revision(user=carla)
    BasePage.objects.filter(pk=vecchia.pk).update(verificata_il=oggi())
    assert Revision.objects.get(pk=bozza.pk).as_object().verificata_il == oggi()


def test_near_the_day_it_comes_up_too_and_never_when_nothing_is_written(sito):
    quasi = timezone.now() - timedelta(days=340)
    BasePage.objects.filter(slug="privacy").update(last_published_at=quasi)
    trovata = da_rivedere(BasePage.objects.all()).get()
    assert 0 < trovata.giorni < 31
    BasePage.objects.filter(slug="privacy").update(rivedere_ogni=None)
    assert not da_rivedere(BasePage.objects.all()).exists()


def test_who_may_not_change_a_page_does_not_say_that_it_is_right(entra, elena, redazione_strade, vecchia):
    client = entra(elena)
    assert "Da rivedere" not in client.get("/cms/").content.decode()
    risposta = client.post(f"/cms/verificata/{vecchia.pk}/")
    assert (risposta.status_code, risposta["Location"]) == (302, "/cms/")
    assert client.get(f"/cms/verificata/{vecchia.pk}/").status_code == 405
    vecchia.refresh_from_db()
    assert vecchia.verificata_il is None


def test_the_report_tells_section_and_day_and_is_taken_away_as_csv(entra, carla, centrale, vecchia):
    BasePage.objects.filter(slug="urp").update(last_published_at=timezone.now() - timedelta(days=500))
    client = entra(carla)
    pagina = client.get("/cms/reports/da-rivedere/").content.decode()
    assert "Amministrazione" in pagina
    assert "Pagine da rivedere" in client.get("/cms/").content.decode()
    csv = b"".join(client.get("/cms/reports/da-rivedere/?export=csv").streaming_content).decode()
    righe = csv.splitlines()
    assert righe[0].startswith("Sezione,Pagina,")
    assert len(righe) == 3
    assert any(riga.startswith("Amministrazione,") for riga in righe)
