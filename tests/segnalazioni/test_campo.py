"""In the street: what is near, steps with their photo, the same sending twice done once, nothing of others."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError
from segnalazioni import actions
from segnalazioni.models import Categoria, Foto, InvioDalCampo, Segnalazione
from tests.aiuti import porta_a, segnala
from tests.factories.comune import QuartiereFactory, ViaFactory
from tests.segnalazioni.cittadini import con_foto, file_di_foto

PAGINA, VICINE = "/scrivania/campo/", "/scrivania/campo/vicine/"
QUI = {"lat": "43.8430", "lon": "10.5030"}
JSON = {"Accept": "application/json"}
FINTA = SimpleUploadedFile("finta.jpg", b"no", "image/jpeg")


@pytest.fixture
def caso(buca: Segnalazione, elena: User, carla: User) -> Segnalazione:
    """Anna's report, given to Elena's office."""
    return porta_a(buca, "assegnata")


def fatto(client: Client, caso: Segnalazione, passo: str = "risolvi", **altro: Any) -> Any:
    """A step as a phone sends it."""
    intestazioni = altro.pop("headers", JSON)
    dati = {"chiave": str(uuid.uuid4()), "versione": caso.versione, "passo": passo, "testo": "Asfalto rifatto."} | altro
    return client.post(reverse("scrivania_campo:fatto", kwargs={"codice": caso.codice}), dati, headers=intestazioni)


# --- what is near -----------------------------------------------------------------------------------------------


def test_the_nearest_come_first_with_their_distance_and_the_way(
    client: Client, caso: Segnalazione, buche: Categoria, elena: User
) -> None:
    lontana = porta_a(segnala(buche, lat=43.8480, lon=10.5030), "assegnata")
    client.force_login(elena)
    risposta = client.post(VICINE, QUI)
    assert [v.caso for v in risposta.context["vicine"]] == [caso, lontana]
    pagina = risposta.content.decode()
    assert "560 m" in pagina
    assert 'href="geo:43.842900,10.502700?q=43.842900,10.502700"' in pagina
    assert "http" not in pagina.split("geo:")[1].split('"')[0]


def test_an_address_or_an_area_is_looked_around(client: Client, caso: Segnalazione, elena: User) -> None:
    ViaFactory(nome="Via del Fosso", lat=43.8429, lon=10.5027)
    area = QuartiereFactory(slug="centro", lat=43.8440, lon=10.5030)
    client.force_login(elena)
    for dove in ({"q": "via del fosso"}, {"quartiere": str(area.slug)}):
        assert caso.titolo in client.get(PAGINA, dove).content.decode()
    assert "non si trova sulla mappa" in client.get(PAGINA, {"q": "via inventata 99"}).content.decode()
    assert caso.titolo not in client.get(PAGINA).content.decode()


@pytest.mark.parametrize("punto", [{}, {"lat": "x", "lon": "1"}, {"lat": "91", "lon": "1"}, {"lat": "nan", "lon": "1"}])
def test_a_position_that_is_none_is_refused(client: Client, elena: User, punto: dict[str, str]) -> None:
    client.force_login(elena)
    assert client.post(VICINE, punto).status_code == 422


def test_only_ones_own_open_cases_are_near(
    client: Client, caso: Segnalazione, buche: Categoria, elena: User, fabio: User, carla: User
) -> None:
    chiusa = porta_a(segnala(buche), "risolta")
    for chi, vede in ((elena, [caso]), (fabio, []), (carla, [caso])):
        client.force_login(chi)
        vicine = [v.caso for v in client.post(VICINE, QUI).context["vicine"]]
        assert vicine == vede
        assert chiusa not in vicine


def test_the_page_is_small_and_costs_the_same_with_many(
    client: Client, caso: Segnalazione, buche: Categoria, elena: User, django_assert_max_num_queries: Any
) -> None:
    for n in range(15):
        con_foto(porta_a(segnala(buche, lat=43.8429 + n / 10_000), "assegnata"))
    client.force_login(elena)
    client.post(VICINE, QUI)
    with django_assert_max_num_queries(10):
        risposta = client.post(VICINE, QUI)
    assert len(risposta.context["vicine"]) == 12
    QuartiereFactory(slug="centro", lat=43.8440, lon=10.5030)
    intera = client.get(PAGINA, {"quartiere": "centro"})
    assert len(intera.content) < 60_000
    assert intera.content.count(b"data-lp-fatto") == 12


# --- what was done ----------------------------------------------------------------------------------------------


def test_done_takes_charge_and_resolves_with_the_photo_of_after(
    client: Client, caso: Segnalazione, elena: User
) -> None:
    client.force_login(elena)
    risposta = fatto(client, caso, foto=file_di_foto())
    assert risposta.status_code == 200
    assert risposta.json()["frase"] == f"Fatto: {caso.codice} ora è risolta."
    dopo = Segnalazione.objects.get(pk=caso.pk)
    assert (dopo.stato, dopo.versione) == ("risolta", caso.versione + 2)
    assert Foto.objects.get(segnalazione=caso).passaggio.passo == "risolvi"


def test_taking_charge_is_one_step_and_needs_no_words(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    assert fatto(client, caso, "prendi_in_carico", testo="").status_code == 200
    assert Segnalazione.objects.get(pk=caso.pk).stato == "in_lavorazione"


def test_without_a_script_the_page_comes_back_with_the_word(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    risposta = fatto(client, caso, headers={})
    assert risposta["Location"] == PAGINA
    assert "ora è risolta" in client.get(PAGINA).content.decode()


def test_the_same_key_twice_is_done_once(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    chiave = str(uuid.uuid4())
    prima, seconda = (fatto(client, caso, chiave=chiave, foto=file_di_foto()) for _volta in "12")
    assert (prima.status_code, seconda.status_code) == (200, 200)
    assert prima.json() == seconda.json()
    assert Segnalazione.objects.get(pk=caso.pk).versione == caso.versione + 2
    assert (InvioDalCampo.objects.count(), Foto.objects.count()) == (1, 1)


# --- refusals ---------------------------------------------------------------------------------------------------


def test_done_wants_words(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    risposta = fatto(client, caso, testo="  ")
    assert risposta.status_code == 422
    assert "Scrivi che cosa è stato fatto" in risposta.json()["frase"]


@pytest.mark.parametrize(
    "male",
    [
        {"chiave": "boh"},
        {"passo": "respingi"},
        {"versione": "x"},
        {"foto": file_di_foto("finta.jpg").__class__("f.jpg", b"no")},
    ],
)
def test_a_wrong_body_is_refused_and_nothing_is_done(
    client: Client, caso: Segnalazione, elena: User, male: dict[str, Any]
) -> None:
    client.force_login(elena)
    assert fatto(client, caso, **male).status_code == 422
    assert Segnalazione.objects.get(pk=caso.pk).versione == caso.versione


def test_a_case_that_moved_meanwhile_is_to_be_looked_at_again(
    client: Client, caso: Segnalazione, elena: User, dario: User
) -> None:
    actions.prendi_in_carico(caso, operatore=dario)
    client.force_login(elena)
    risposta = fatto(client, caso)
    assert risposta.status_code == 409
    assert "è cambiato" in risposta.json()["frase"]
    assert risposta.json()["url"] == caso.url_scrivania()
    senza_script = fatto(client, caso, headers={}).content.decode()
    assert "Asfalto rifatto." in senza_script


def test_a_key_serves_who_made_it_for_what_it_was_made(
    client: Client, caso: Segnalazione, buche: Categoria, elena: User, dario: User
) -> None:
    chiave = uuid.uuid4()
    dati: dict[str, Any] = {"passo": "prendi_in_carico", "chiave": chiave, "versione": caso.versione}
    actions.dal_campo(caso, operatore=elena, **dati)
    altra = porta_a(segnala(buche), "assegnata")
    for quale, chi in ((altra, elena), (caso, dario)):
        with pytest.raises(DomainError, match="non è valido"):
            actions.dal_campo(quale, operatore=chi, **dati)
    altra.refresh_from_db()
    assert altra.stato == "assegnata"


def test_another_office_and_an_unknown_number_answer_alike(client: Client, caso: Segnalazione, fabio: User) -> None:
    client.force_login(fabio)
    assert fatto(client, caso).status_code == 404
    sconosciuta = reverse("scrivania_campo:fatto", kwargs={"codice": "LU-0000-0000"})
    assert client.post(sconosciuta, {}).status_code == 404
    caso.refresh_from_db()
    assert caso.stato == "assegnata"


def test_a_step_that_the_role_may_not_take_is_refused(client: Client, buca: Segnalazione, carla: User) -> None:
    """Nobody has it yet: the URP sees it, and cannot resolve it from the street."""
    client.force_login(carla)
    assert fatto(client, buca).status_code == 409


def test_the_worker_is_small_is_never_kept_and_stays_in_its_folder(client: Client, elena: User) -> None:
    client.force_login(elena)
    risposta = client.get(reverse("scrivania_campo:operaio"))
    assert risposta["Content-Type"].startswith("text/javascript")
    assert risposta["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in risposta
    assert "const PAGINA = '/scrivania/campo/';" in risposta.content.decode()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_six_processes_at_once_is_done_once(caso: Segnalazione, elena: User) -> None:
    assert connection.vendor == "postgresql"
    dati: dict[str, Any] = {"passo": "risolvi", "chiave": uuid.uuid4(), "versione": caso.versione, "testo": "Fatto."}

    def manda(_volta: int) -> str:
        try:
            return actions.dal_campo(caso, operatore=elena, **dati).stato
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as insieme:
        assert set(insieme.map(manda, range(6))) == {"risolta"}
    assert InvioDalCampo.objects.count() == 1
    assert Segnalazione.objects.get(pk=caso.pk).versione == caso.versione + 2
