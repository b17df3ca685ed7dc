"""Elena writes for the roads, Fabio for the lamps, Carla approves what both propose, Paola answers for transparency."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import engines
from django.test import Client

from accounts.models import User
from cms.models import BasePage
from comune.models import Ufficio
from home.contenuti import posa
from home.models import HomePage, NotiziaPage, PaginaSemplice, RubricaPage, UfficioPage
from redazione.actions import allinea
from redazione.fondazione import CENTRALE, TRASPARENZA, fonda
from redazione.models import ComeScrive, Parte, Redattore, Redazione
from tests.aiuti import persona


@pytest.fixture(autouse=True)
def _wagtails_templates_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """They test variables that nobody gave: what the guard-rail puts there is true to some of their tags."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture(autouse=True)
def _dopo_il_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit of a test that never commits: pages kept for the public are forgotten."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda f, **_altro: f())


def redazione_di(ufficio: Ufficio, *parti: tuple[BasePage, ComeScrive]) -> Redazione:
    """The redazione of an office, with its pages."""
    redazione: Redazione = Redazione.objects.create(nome=ufficio.nome, ufficio=ufficio)
    for numero, (pagina, come) in enumerate(parti):
        Parte.objects.create(redazione=redazione, pagina=pagina, come=come, sort_order=numero)
    allinea(redazione)
    redazione.refresh_from_db()
    return redazione


def pagina_di(ufficio: Ufficio) -> UfficioPage:
    """The live page of an office."""
    madre = BasePage.objects.get(url_path__endswith="/amministrazione/uffici/")
    pagina = UfficioPage(title=ufficio.nome, slug=f"ufficio-{ufficio.slug}", ufficio=ufficio, live=False)
    madre.add_child(instance=pagina)
    pagina.save_revision().publish()
    trovata: UfficioPage = UfficioPage.objects.get(pk=pagina.pk)
    return trovata


@pytest.fixture
def sito(db: None) -> HomePage:
    """The pages that a new site begins with, and who approves them."""
    posa()
    fonda()
    trovata: HomePage = HomePage.italiana()
    return trovata


@pytest.fixture
def notizie(sito: HomePage) -> RubricaPage:
    """Where everybody may add a piece of news."""
    trovata: RubricaPage = RubricaPage.objects.get(slug="notizie")
    return trovata


@pytest.fixture
def pagina_strade(sito: HomePage, strade: Ufficio) -> UfficioPage:
    """The page of the office of the roads."""
    return pagina_di(strade)


@pytest.fixture
def pagina_luce(sito: HomePage, luce: Ufficio) -> UfficioPage:
    """The page of the office of public lighting."""
    return pagina_di(luce)


@pytest.fixture
def redazione_strade(strade: Ufficio, elena: User, pagina_strade: UfficioPage, notizie: RubricaPage) -> Redazione:
    """Elena's."""
    return redazione_di(strade, (pagina_strade, ComeScrive.SUA), (notizie, ComeScrive.AGGIUNGE))


@pytest.fixture
def redazione_luce(luce: Ufficio, fabio: User, pagina_luce: UfficioPage, notizie: RubricaPage) -> Redazione:
    """Fabio's."""
    return redazione_di(luce, (pagina_luce, ComeScrive.SUA), (notizie, ComeScrive.AGGIUNGE))


@pytest.fixture
def centrale(sito: HomePage, carla: User, ufficio_urp: Ufficio) -> Redazione:
    """Carla's: the URP approves."""
    redazione: Redazione = Redazione.objects.get(nome=CENTRALE)
    redazione.ufficio = ufficio_urp
    redazione.save()
    allinea(redazione)
    return redazione


@pytest.fixture
def paola(sito: HomePage) -> User:
    """Answers for transparency (RPCT): named, she has no office."""
    paola = persona("Paola", last_name="Poli", is_staff=True)
    redazione = Redazione.objects.get(nome=TRASPARENZA)
    Redattore.objects.create(redazione=redazione, utente=paola, sort_order=0)
    allinea(redazione)
    return paola


@pytest.fixture
def trasparente(sito: HomePage) -> PaginaSemplice:
    """Amministrazione Trasparente."""
    trovata: PaginaSemplice = PaginaSemplice.objects.get(slug="amministrazione-trasparente")
    return trovata


@pytest.fixture
def entra() -> Callable[[User], Client]:
    """A browser of this person."""

    def con(chi: User) -> Client:
        client = Client()
        client.force_login(chi)
        return client

    return con


def notizia(
    chi: User, madre: RubricaPage, ufficio: Ufficio | None = None, titolo: str = "Via Fillungo chiusa"
) -> NotiziaPage:
    """A draft of theirs."""
    pagina = NotiziaPage(title=titolo, slug=titolo.lower().replace(" ", "-"), owner=chi, ufficio=ufficio, live=False)
    madre.add_child(instance=pagina)
    pagina.save_revision(user=chi)
    trovata: NotiziaPage = NotiziaPage.objects.get(pk=pagina.pk)
    return trovata
