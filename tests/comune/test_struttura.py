"""The office edits its own structure in the editors' site."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from comune.models import Incarico, Quartiere, Settore, Ufficio, UnitaOrganizzativa
from comune.territorio import quartiere_di
from segnalazioni.models import Segnalazione
from tests.aiuti import persona
from tests.factories.comune import IncaricoFactory, LuogoFactory, UfficioFactory

pytestmark = pytest.mark.django_db

MODELLI = [Settore, UnitaOrganizzativa, Ufficio, Incarico, Quartiere]


def indirizzo(modello: type, azione: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_comune_{modello.__name__.lower()}:{azione}", args=args)


@pytest.fixture
def gilda(db: None, client: Client) -> User:
    """Keeps the structure: every permission."""
    gilda = persona("Gilda", is_staff=True, is_superuser=True)
    client.force_login(gilda)
    return gilda


def test_gilda_opens_settore_unita_and_ufficio(client: Client, gilda: User) -> None:
    nuovo = {"nome": "Settore Ambiente", "slug": "ambiente", "ordine": "3"}
    assert client.post(indirizzo(Settore, "add"), nuovo).status_code == 302
    settore = Settore.objects.get(slug="ambiente")
    client.post(indirizzo(UnitaOrganizzativa, "add"), {"settore": settore.pk, "nome": "U.O. Verde", "slug": "verde"})
    unita = UnitaOrganizzativa.objects.get(slug="verde")
    dati = {"unita": unita.pk, "nome": "Verde pubblico", "slug": "verde-pubblico", "attivo": "on"}
    client.post(indirizzo(Ufficio, "add"), dati)
    ufficio = Ufficio.objects.get(slug="verde-pubblico")
    assert ufficio.unita.settore == settore
    del dati["attivo"]
    client.post(indirizzo(Ufficio, "edit", ufficio.pk), dati)
    ufficio.refresh_from_db()
    assert not ufficio.attivo


def test_gilda_gives_an_office_to_a_colleague_and_takes_it_back(client: Client, gilda: User, elena: User) -> None:
    ufficio = UfficioFactory.create()
    dati = {"utente": elena.pk, "ufficio": ufficio.pk, "ruolo": "responsabile", "dal": "2026-11-10", "al": ""}
    client.post(indirizzo(Incarico, "add"), dati)
    incarico = Incarico.objects.get(ufficio=ufficio)
    client.post(indirizzo(Incarico, "edit", incarico.pk), dati | {"al": "2026-11-30"})
    incarico.refresh_from_db()
    assert incarico.al == date(2026, 11, 30)


def test_an_incarico_that_ends_before_it_begins_is_refused_in_words(client: Client, gilda: User, elena: User) -> None:
    dati = {"utente": elena.pk, "ufficio": UfficioFactory.create().pk, "ruolo": "operatore", "dal": "2026-11-10"}
    risposta = client.post(indirizzo(Incarico, "add"), dati | {"al": "2026-11-09"})
    assert risposta.status_code == 200
    assert "Finisce prima di cominciare." in risposta.content.decode()


def test_the_form_offers_colleagues_never_the_list_of_citizens(
    client: Client, gilda: User, anna: User, elena: User
) -> None:
    pagina = client.get(indirizzo(Incarico, "add")).content.decode()
    assert "Elena" in pagina
    assert "Anna" not in pagina
    dati = {
        "utente": anna.pk,
        "ufficio": UfficioFactory.create().pk,
        "ruolo": "operatore",
        "dal": "2026-11-10",
        "al": "",
    }
    assert client.post(indirizzo(Incarico, "add"), dati).status_code == 200
    assert not Incarico.objects.filter(utente=anna).exists()


@pytest.mark.parametrize("modello", MODELLI)
def test_lists_and_forms_open(client: Client, gilda: User, modello: type, elena: User) -> None:
    riga = modello.objects.first()
    for pagina in (
        indirizzo(modello, "list"),
        indirizzo(modello, "list") + "?q=strade",
        indirizzo(modello, "add"),
        indirizzo(modello, "edit", riga.pk),
        indirizzo(modello, "history", riga.pk),
    ):
        assert client.get(pagina).status_code == 200, pagina


def test_search_and_filters_narrow_the_list(client: Client, gilda: User, strade: Ufficio, luce: Ufficio) -> None:
    chiuso = UfficioFactory.create(attivo=False)
    lista = indirizzo(Ufficio, "list")

    def mostrati(**filtri: str) -> set[Ufficio]:
        pagina = client.get(lista, filtri).content.decode()
        return {u for u in (strade, luce, chiuso) if indirizzo(Ufficio, "edit", u.pk) in pagina}

    assert mostrati() == {strade, luce, chiuso}
    assert mostrati(q="illumina") == {luce}
    assert mostrati(attivo="false") == {chiuso}
    assert mostrati(unita__settore=str(strade.unita.settore_id)) == {strade}


def test_a_list_costs_the_same_however_long(
    client: Client, gilda: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lista = indirizzo(Incarico, "list")
    IncaricoFactory.create_batch(2)
    client.get(lista)
    IncaricoFactory.create_batch(20)
    with django_assert_max_num_queries(25):
        client.get(lista)


# --- refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("modello", MODELLI)
def test_who_has_no_permission_sees_nothing_of_it(client: Client, carla: User, modello: type) -> None:
    client.force_login(carla)
    assert client.get(indirizzo(modello, "list")).status_code == 302
    carla.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get(indirizzo(modello, "list")).status_code == 302
    assert client.post(indirizzo(modello, "add"), {"nome": "X", "slug": "x"}).status_code == 302
    assert not Settore.objects.filter(slug="x").exists()


@pytest.mark.parametrize("modello", MODELLI)
def test_strangers_are_sent_to_the_login(client: Client, modello: type) -> None:
    risposta = client.get(indirizzo(modello, "list"))
    assert risposta.status_code == 302
    assert risposta["Location"].startswith("/cms/login/")


def test_an_office_that_reports_speak_of_is_not_deleted(
    client: Client, gilda: User, buca: Segnalazione, strade: Ufficio
) -> None:
    cancella = indirizzo(Ufficio, "delete", strade.pk)
    risposta = client.post(cancella, follow=True)
    assert "Non si può cancellare" in risposta.content.decode()
    assert Ufficio.objects.filter(pk=strade.pk).exists()
    modifica = client.get(indirizzo(Ufficio, "edit", strade.pk)).content.decode()
    assert cancella not in modifica


def test_nor_together_with_others(client: Client, gilda: User, buca: Segnalazione, strade: Ufficio) -> None:
    libero = UfficioFactory.create()
    molti = reverse("wagtail_bulk_action", args=["comune", "ufficio", "delete"])
    client.post(f"{molti}?id={strade.pk}&id={libero.pk}")
    assert Ufficio.objects.filter(pk=strade.pk).exists()
    assert not Ufficio.objects.filter(pk=libero.pk).exists()


def test_a_settore_is_not_deleted_over_its_unita(client: Client, gilda: User) -> None:
    ufficio = UfficioFactory.create()
    client.post(indirizzo(Settore, "delete", ufficio.unita.settore.pk))
    assert Settore.objects.filter(pk=ufficio.unita.settore.pk).exists()


def test_an_office_opened_by_mistake_is_deleted(client: Client, gilda: User) -> None:
    ufficio = UfficioFactory.create()
    assert client.get(indirizzo(Ufficio, "delete", ufficio.pk)).status_code == 200
    client.post(indirizzo(Ufficio, "delete", ufficio.pk))
    assert not Ufficio.objects.filter(pk=ufficio.pk).exists()


# --- quartieri --------------------------------------------------------------------------------------------


def test_places_follow_a_quartiere_that_is_drawn_moved_or_taken_away(client: Client, gilda: User) -> None:
    fontana = LuogoFactory.create(lat=43.8457, lon=10.5061, quartiere=quartiere_di(43.8457, 10.5061))
    assert fontana.quartiere is not None
    assert fontana.quartiere.slug == "centro-storico"
    dati = {"nome": "Anfiteatro", "slug": "anfiteatro", "lat": "43.8457", "lon": "10.5061"}
    client.post(indirizzo(Quartiere, "add"), dati)
    anfiteatro = Quartiere.objects.get(slug="anfiteatro")
    fontana.refresh_from_db()
    assert fontana.quartiere == anfiteatro
    client.post(indirizzo(Quartiere, "edit", anfiteatro.pk), dati | {"lat": "43.9300", "lon": "10.5400"})
    fontana.refresh_from_db()
    assert fontana.quartiere.slug == "centro-storico"
    client.post(indirizzo(Quartiere, "edit", anfiteatro.pk), dati)
    client.post(indirizzo(Quartiere, "delete", anfiteatro.pk))
    fontana.refresh_from_db()
    assert fontana.quartiere.slug == "centro-storico"


def test_a_centre_in_metres_is_refused_in_words(client: Client, gilda: User) -> None:
    dati = {"nome": "Mura", "slug": "mura", "lat": "4856000", "lon": "10.5"}
    risposta = client.post(indirizzo(Quartiere, "add"), dati)
    assert "Il centro va in gradi" in risposta.content.decode()
    assert not Quartiere.objects.filter(slug="mura").exists()
