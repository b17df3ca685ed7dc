"""The register at the desk: for the URP alone, by year, what waits for somebody, the register of a day."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.tempo import fermo_a, oggi
from protocollo.models import Registrazione, StatoProtocollo
from protocollo.tasks import manda
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import segnala

REGISTRO = "/scrivania/protocollo/"
ROMA = ZoneInfo("Europe/Rome")


@pytest.fixture
def urp(client: Client, carla: User) -> Client:
    """Carla's browser."""
    client.force_login(carla)
    return client


@pytest.fixture
def ferma(registrazione: Registrazione) -> Registrazione:
    """Refused by the protocol server."""
    Registrazione.objects.update(stato=StatoProtocollo.ERRORE, errore="http_422", tentativi=1)
    registrazione.refresh_from_db()
    return registrazione


def test_the_register_lists_the_year_newest_first(urp: Client, buca: Segnalazione, buche: Categoria) -> None:
    segnala(buche)
    manda(Registrazione.objects.order_by("pk").values_list("pk", flat=True))
    pagina = urp.get(REGISTRO).content.decode()
    assert f"Registro di protocollo {oggi().year}" in pagina
    assert pagina.index(f"2/{oggi().year}") < pagina.index(f"1/{oggi().year}")
    assert buca.url_scrivania() in pagina
    assert "Anna" not in pagina, "who it comes from is in the register, not on the screen"


@pytest.mark.parametrize("parole", ["1", "1/{anno}", "{codice}", "buca sulla", " 1 "])
def test_it_is_searched_by_number_code_and_words(
    urp: Client, registrazione: Registrazione, parole: str, buche: Categoria
) -> None:
    manda([registrazione.pk])
    q = parole.format(anno=oggi().year, codice=registrazione.chiave)
    assert f"1/{oggi().year}" in urp.get(REGISTRO, {"q": q}).content.decode()
    for altro in ("77", "1/2001", "lampione"):
        assert "Nessuna registrazione così" in urp.get(REGISTRO, {"q": altro}).content.decode()


@pytest.mark.parametrize(
    "query", ["anno=1999", "anno=boh", "elenco=boh", "pagina=99", "q=%2F", "q=99999999999999999999"]
)
def test_an_odd_address_shows_a_page(urp: Client, registrazione: Registrazione, query: str) -> None:
    assert urp.get(f"{REGISTRO}?{query}").status_code == 200


def test_what_is_stopped_says_why_and_is_tried_again(urp: Client, ferma: Registrazione) -> None:
    pagina = urp.get(REGISTRO, {"elenco": "ferme"}).content.decode()
    assert "ha rifiutato la richiesta (422)" in pagina
    porta = reverse("protocollo:riprova", kwargs={"pk": ferma.pk})
    assert porta in pagina
    assert urp.get(porta).url == f"{REGISTRO}?elenco=ferme"
    assert Registrazione.objects.get().stato == StatoProtocollo.ERRORE, "looking does nothing"
    assert urp.post(porta).url == f"{REGISTRO}?elenco=ferme"
    assert Registrazione.objects.get().stato == StatoProtocollo.DA_INVIARE
    assert urp.post(porta).status_code == 409, "a colleague was faster"


def test_the_case_shows_where_its_registration_stands(urp: Client, ferma: Registrazione, buca: Segnalazione) -> None:
    assert "da guardare" in urp.get(buca.url_scrivania()).content.decode()
    segno = urp.get(buca.url_scrivania("storia"))["ETag"]
    Registrazione.objects.update(stato=StatoProtocollo.DA_INVIARE)
    manda([ferma.pk])
    assert f"1/{oggi().year}" in urp.get(buca.url_scrivania()).content.decode()
    assert urp.get(buca.url_scrivania("storia"))["ETag"] != segno


def test_the_register_of_a_day_has_every_number_of_that_day_in_lucca(urp: Client, buche: Categoria) -> None:
    istanti = [(24, 23, 59), (25, 0, 0), (25, 23, 59), (26, 0, 0)]
    for giorno, ore, minuti in istanti:
        with fermo_a(datetime(2026, 11, giorno, ore, minuti, tzinfo=ROMA)):
            segnala(buche)
            manda([Registrazione.objects.latest("pk").pk])
    risposta = urp.get(reverse("protocollo:giornaliero"), {"giorno": "2026-11-25"})
    righe = list(csv.DictReader(risposta.content.decode().splitlines()))
    assert [r["numero"] for r in righe] == ["2", "3"]
    assert righe[0]["registrata_il"] == "2026-11-25T00:00:00+01:00"
    assert righe[0]["mittente"] == "Anonimo"
    assert len(righe[0]["impronta"]) == 64
    assert 'filename="registro-2026-11-25.csv"' in risposta["Content-Disposition"]
    assert risposta["Cache-Control"] == "private, no-store"


def test_a_name_that_looks_like_a_formula_is_not_run_by_a_spreadsheet(
    urp: Client, registrazione: Registrazione
) -> None:
    Registrazione.objects.update(mittente='=HYPERLINK("http://male.example")')
    manda([registrazione.pk])
    testo = urp.get(reverse("protocollo:giornaliero"), {"giorno": oggi().isoformat()}).content.decode()
    assert "\"'=HYPERLINK" in testo


@pytest.mark.parametrize("giorno", ["", "ieri", "2026-02-30", "2026-13-01"])
def test_a_day_that_does_not_exist_is_said(urp: Client, giorno: str) -> None:
    assert urp.get(reverse("protocollo:giornaliero"), {"giorno": giorno}).status_code == 400


@pytest.mark.parametrize(("quante", "elenco"), [(1, "registro"), (30, "registro"), (30, "ferme")])
def test_the_register_costs_the_same_however_long_it_is(
    urp: Client, buche: Categoria, quante: int, elenco: str, django_assert_max_num_queries: Any
) -> None:
    for _volta in range(quante):
        segnala(buche)
    if elenco == "registro":
        manda(Registrazione.objects.order_by("pk").values_list("pk", flat=True))
    else:
        Registrazione.objects.update(stato=StatoProtocollo.ERRORE, errore="http_422")
    with django_assert_max_num_queries(10):
        urp.get(REGISTRO, {"elenco": elenco})


# --- who ---------------------------------------------------------------------------------------------------

PORTE = ["registro", "giornaliero", "riprova"]


def _bussa(client: Client, porta: str, pk: int) -> Any:
    if porta == "riprova":
        return client.post(reverse("protocollo:riprova", kwargs={"pk": pk}))
    return client.get(reverse(f"protocollo:{porta}"), {"giorno": oggi().isoformat()})


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("chi", ["anna", "elena", "dario"])
def test_the_register_is_for_the_urp_alone(
    request: Any, client: Client, ferma: Registrazione, porta: str, chi: str
) -> None:
    client.force_login(request.getfixturevalue(chi))
    assert _bussa(client, porta, ferma.pk).status_code == 403
    assert Registrazione.objects.get().stato == StatoProtocollo.ERRORE
    assert REGISTRO not in client.get("/scrivania/segnalazioni/").content.decode()


@pytest.mark.parametrize("porta", PORTE)
def test_a_stranger_is_led_to_the_login(client: Client, ferma: Registrazione, porta: str) -> None:
    risposta = _bussa(client, porta, ferma.pk)
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(reverse("account_login"))


def test_words_typed_before_the_session_ended_come_back_here_too(client: Client, ferma: Registrazione) -> None:
    url = reverse("protocollo:riprova", kwargs={"pk": ferma.pk})
    risposta = client.post(url, {"nota": "Sentito il fornitore."})
    assert risposta.status_code == 403
    assert "Sentito il fornitore." in risposta.content.decode()
    assert f'href="{reverse("account_login")}?next={url}"' in risposta.content.decode()
    assert client.post(url)["Location"] == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("porta", PORTE)
def test_the_urp_comes_in(urp: Client, ferma: Registrazione, porta: str) -> None:
    assert _bussa(urp, porta, ferma.pk).status_code == (302 if porta == "riprova" else 200)
    assert REGISTRO in urp.get("/scrivania/segnalazioni/").content.decode()


def test_what_does_not_exist_is_not_tried_again(urp: Client) -> None:
    assert urp.post(reverse("protocollo:riprova", kwargs={"pk": 99})).status_code == 404
