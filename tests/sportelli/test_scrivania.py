"""The agenda: the URP sees all counters, an office its own; nobody else comes in."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from core.tempo import fermo_a
from sportelli.forms import scrivi_istante
from sportelli.models import Appuntamento
from sportelli.workflow import Stato
from tests.sportelli.aiuti import alle, apri_sportello, mail, prendi

AGENDA, NUOVO = "/scrivania/appuntamenti/", "/scrivania/appuntamenti/nuovo/"


def porta(nome: str, suo: Appuntamento) -> str:
    return reverse(f"appuntamenti:{nome}", args=[suo.codice])


@pytest.fixture
def suo(atto, anna) -> Appuntamento:
    """Anna's, today at nine."""
    return prendi(atto, alle("09:00"), autore=anna, nome="Anna Bianchi", telefono="0583 000 001")


@pytest.mark.parametrize("chi", ["sara", "carla"])
def test_the_counter_and_the_urp_see_who_comes_and_mark_who_came(client, suo, request, chi):
    client.force_login(request.getfixturevalue(chi))
    pagina = client.get(AGENDA).content.decode()
    assert "Anna Bianchi" in pagina
    assert "0583 000 001" in pagina
    assert "9:00–9:30" in pagina
    risposta = client.post(porta("venuto", suo))
    assert risposta["Location"] == f"{AGENDA}?giorno=2026-11-30#{suo.codice}"
    suo.refresh_from_db()
    assert suo.stato == Stato.VENUTO
    client.post(porta("assente", suo))
    suo.refresh_from_db()
    assert suo.stato == Stato.ASSENTE


def test_an_empty_day_leads_to_the_next_that_is_not(client, sara, atto, anna):
    client.force_login(sara)
    assert "Nemmeno nei giorni dopo." in client.get(AGENDA).content.decode()
    prendi(atto, alle("09:00", "2026-12-07"), autore=anna)
    prendi(atto, alle("10:00", "2026-12-01"), operatore=sara)
    pagina = client.get(AGENDA).content.decode()
    assert f'href="{AGENDA}?giorno=2026-12-01"' in pagina.split("Nessun appuntamento", 1)[1]
    assert "Vai al prossimo: martedì 1 dicembre" in pagina
    assert "Vai al prossimo" not in client.get(AGENDA, {"giorno": "2026-12-01"}).content.decode()


def test_the_next_of_another_office_is_not_told(client, fabio, atto, anna):
    client.force_login(fabio)
    prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    assert "Vai al prossimo" not in client.get(AGENDA).content.decode()


PORTE: dict[str, Any] = {
    "agenda": lambda client, suo: client.get(AGENDA),
    "nuovo": lambda client, suo: client.get(NUOVO),
    "venuto": lambda client, suo: client.post(porta("venuto", suo)),
    "assente": lambda client, suo: client.post(porta("assente", suo)),
    "annulla": lambda client, suo: client.get(porta("annulla", suo)),
    "annulla_davvero": lambda client, suo: client.post(porta("annulla", suo), {"testo": "Chiuso"}),
}
# What each role is answered: fabio works at an office that has no counter.
ATTESI = {
    "anna": dict.fromkeys(PORTE, 403),
    "fabio": {"agenda": 200, "nuovo": 200} | dict.fromkeys(["venuto", "assente", "annulla", "annulla_davvero"], 404),
    "sara": {"agenda": 200, "nuovo": 200, "annulla": 200}
    | dict.fromkeys(["venuto", "assente", "annulla_davvero"], 302),
    "carla": {"agenda": 200, "nuovo": 200, "annulla": 200}
    | dict.fromkeys(["venuto", "assente", "annulla_davvero"], 302),
}


@pytest.mark.parametrize("quale", PORTE)
@pytest.mark.parametrize("chi", ATTESI)
def test_role_by_door(client, suo, request, chi, quale):
    client.force_login(request.getfixturevalue(chi))
    assert PORTE[quale](client, suo).status_code == ATTESI[chi][quale]


@pytest.mark.parametrize("quale", PORTE)
def test_without_a_login_the_way_in_and_back(client, suo, quale):
    risposta = PORTE[quale](client, suo)
    assert risposta.status_code in (302, 403)  # 403: whoever was writing gets the words back
    if risposta.status_code == 302:
        assert "/scrivania/appuntamenti/" in risposta["Location"]


def test_another_office_sees_no_name_not_even_by_the_address(client, suo, fabio):
    apri_sportello("di-fabio", ufficio=fabio.incarichi.get().ufficio)
    client.force_login(fabio)
    for query in ("", f"?sportello={suo.sportello.slug}", "?giorno=2026-11-30"):
        assert "Anna Bianchi" not in client.get(f"{AGENDA}{query}").content.decode()


def test_an_office_without_counters_is_told_so(client, fabio):
    client.force_login(fabio)
    assert "non ha sportelli" in client.get(AGENDA).content.decode()


def test_a_colleague_books_for_who_calls(client, atto, sara):
    client.force_login(sara)
    url = f"{NUOVO}?per={atto.pk}"
    assert "lun 30 nov, 9:00" in client.get(url).content.decode()
    dati = {"quando": scrivi_istante(alle("09:30")), "nome": "Pia Poli", "email": "pia@example.org"}
    risposta = client.post(url, dati)
    preso = Appuntamento.objects.get()
    assert risposta["Location"].endswith(f"#{preso.codice}")
    assert (preso.stato, preso.operatore) == (Stato.CONFERMATO, sara)
    assert [m.email for m in mail("appuntamento_preso")] == ["pia@example.org"]


def test_the_form_of_the_desk_keeps_the_words_and_says_what_is_wrong(client, atto, sara):
    client.force_login(sara)
    risposta = client.post(f"{NUOVO}?per={atto.pk}", {"quando": "", "nome": "Pia Poli"})
    assert risposta.status_code == 422
    assert 'value="Pia Poli"' in risposta.content.decode()
    assert client.get(f"{NUOVO}?per=999999").status_code == 422


def test_an_office_cannot_book_at_another_ones_counter(client, atto, fabio):
    client.force_login(fabio)
    dati = {"quando": scrivi_istante(alle("09:30")), "nome": "Pia Poli"}
    assert client.post(f"{NUOVO}?per={atto.pk}", dati).status_code == 422
    assert not Appuntamento.objects.exists()


def test_cancelling_wants_a_reason_which_the_person_reads(client, suo, sara):
    client.force_login(sara)
    risposta = client.post(porta("annulla", suo), {"testo": " "})
    assert risposta.status_code == 422
    assert "<title>Errore:" in risposta.content.decode()
    client.post(porta("annulla", suo), {"testo": "Manca chi riceve."})
    suo.refresh_from_db()
    assert (suo.stato, suo.motivo) == (Stato.ANNULLATO, "Manca chi riceve.")
    assert mail("appuntamento_annullato")[0].dati["motivo"] == "Manca chi riceve."
    assert client.post(porta("annulla", suo), {"testo": "Ancora"}).status_code == 409


def test_what_the_table_refuses_is_a_409(client, suo, sara):
    Appuntamento.objects.filter(pk=suo.pk).update(stato=Stato.DISDETTO)
    client.force_login(sara)
    assert client.post(porta("venuto", suo)).status_code == 409


def test_marks_come_with_the_day_and_cancelling_goes_with_the_hour(client, atto, anna, sara):
    domani = prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    client.force_login(sara)
    pagina = client.get(AGENDA, {"giorno": "2026-12-01"}).content.decode()
    assert porta("annulla", domani) in pagina
    assert porta("venuto", domani) not in pagina
    with fermo_a(alle("09:05", "2026-12-01")):
        pagina = client.get(AGENDA).content.decode()
    assert porta("annulla", domani) not in pagina
    assert porta("venuto", domani) in pagina


def test_a_closed_day_says_why(client, sportello, sara):
    client.force_login(sara)
    assert "giorno festivo" in client.get(AGENDA, {"giorno": "2026-12-08"}).content.decode()
    assert client.get(AGENDA, {"giorno": "ieri"}).status_code == 200


@pytest.mark.parametrize("giorno", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_read_as_today(client, sportello, sara, giorno):
    client.force_login(sara)
    assert "30 novembre 2026" in client.get(AGENDA, {"giorno": giorno}).content.decode()


def test_the_agenda_asks_as_much_for_sixteen_as_for_one(client, atto, sara, django_assert_max_num_queries):
    client.force_login(sara)
    for ora in ("09:00", "09:30", "10:00", "10:30"):
        for n in range(2):
            prendi(atto, alle(ora), operatore=sara, nome=f"Persona {n}")
    with django_assert_max_num_queries(12):
        assert client.get(AGENDA).status_code == 200
