"""In the editors' site: hours, closures and what one may book, saved together; turns follow at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.test import Client
from django.urls import reverse

from sportelli.models import Sportello, Turno
from sportelli.workflow import Stato
from tests.aiuti import persona
from tests.sportelli.aiuti import alle, prendi


@pytest.fixture(autouse=True)
def _wagtail_asks_for_what_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its inline panels write `icon|default:"…"`: no filter is asked where missing values have words."""
    motore: Any = engines["django"]
    monkeypatch.setattr(motore.engine, "string_if_invalid", "")


@pytest.fixture
def gilda(db: None, client: Client) -> Any:
    """Keeps the site."""
    gilda = persona("Gilda", is_staff=True, is_superuser=True)
    client.force_login(gilda)
    return gilda


def indirizzo(sportello: Sportello) -> str:
    return reverse("wagtailsnippets_sportelli_sportello:edit", args=[sportello.pk])


def _righe(nome: str, righe: list[dict[str, Any]]) -> dict[str, Any]:
    gia = sum(1 for riga in righe if riga.get("id"))
    dati = {f"{nome}-TOTAL_FORMS": len(righe), f"{nome}-INITIAL_FORMS": gia}
    return dati | {f"{nome}-{n}-{campo}": valore for n, riga in enumerate(righe) for campo, valore in riga.items()}


def modulo(sportello: Sportello, **pannelli: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page of this counter sends, with some rows instead of those it has."""
    campi = {n: getattr(sportello, n) for n in ("nome", "slug", "scopo", "indirizzo", "telefono", "email", "pec")}
    fascia = ("id", "giorno", "dalle", "alle", "accesso", "postazioni")
    orari = [{n: getattr(o, n) for n in fascia} for o in sportello.orari.all()]
    cose = ("id", "nome", "minuti", "ordine", "da_portare")
    prestazioni = [{n: getattr(p, n) for n in cose} | {"attiva": "on"} for p in sportello.prestazioni.all()]
    tutti = {"orari": orari, "chiusure": [], "aperture": [], "prestazioni": prestazioni} | pannelli
    dati = campi | {"come_arrivare": "", "ordine": 0, "attivo": "on", "ufficio": sportello.ufficio_id or ""}
    dati |= {"lat": "", "lon": ""}
    return dati | {chiave: valore for nome, righe in tutti.items() for chiave, valore in _righe(nome, righe).items()}


def test_the_page_explains_and_saving_makes_turns(client, gilda, sportello, atto):
    assert "quelli di quei giorni vengono annullati" in client.get(indirizzo(sportello)).content.decode()
    nuovo = {"giorno": 4, "dalle": "15:00", "alle": "16:00", "accesso": "appuntamento", "postazioni": 1}
    orari = modulo(sportello)
    righe = [{n: getattr(o, n) for n in ("id", *nuovo)} for o in sportello.orari.all()]
    risposta = client.post(indirizzo(sportello), orari | _righe("orari", [*righe, nuovo]))
    assert risposta.status_code == 302, risposta.content.decode()
    assert Turno.objects.filter(sportello=sportello, inizio=alle("15:00", "2026-12-04")).exists()


DOMANDA = "1 appuntamento sarà annullato e la persona avvisata: confermi?"
CHIUSURA = {"dal": "2026-12-01", "al": "2026-12-01", "motivo": "trasloco"}


def test_a_closure_that_cancels_asks_once_more(client, gilda, sportello, atto, anna):
    suo = prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    assert "conferma" not in client.get(indirizzo(sportello)).context["form"].fields
    risposta = client.post(indirizzo(sportello), modulo(sportello, chiusure=[CHIUSURA]))
    assert DOMANDA in risposta.content.decode()
    assert 'name="conferma"' in risposta.content.decode()
    suo.refresh_from_db()
    assert suo.stato == Stato.CONFERMATO
    assert not sportello.chiusure.exists()


@pytest.mark.parametrize(
    "chiusura",
    [
        pytest.param(CHIUSURA, id="nobody is expected"),
        pytest.param({**CHIUSURA, "dal": "2026-12-02", "al": "2026-12-04"}, id="other days"),
    ],
)
def test_a_closure_that_cancels_nothing_asks_nothing(client, gilda, sportello, atto, anna, chiusura):
    if chiusura != CHIUSURA:
        prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    assert client.post(indirizzo(sportello), modulo(sportello, chiusure=[chiusura])).status_code == 302
    assert sportello.chiusure.count() == 1


def test_an_opening_written_beside_the_closure_saves_the_appointment(client, gilda, sportello, atto, anna):
    suo = prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    apertura = {"giorno": "2026-12-01", "dalle": "09:00", "alle": "10:00", "accesso": "appuntamento", "postazioni": 1}
    dati = modulo(sportello, chiusure=[CHIUSURA], aperture=[apertura])
    assert client.post(indirizzo(sportello), dati).status_code == 302
    suo.refresh_from_db()
    assert suo.stato == Stato.CONFERMATO


def test_a_confirmed_closure_cancels_and_says_how_many(client, gilda, sportello, atto, anna):
    suo = prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    dati = modulo(sportello, chiusure=[CHIUSURA]) | {"conferma": "on"}
    risposta = client.post(indirizzo(sportello), dati, follow=True)
    assert "1 appuntamento annullato per la chiusura" in risposta.content.decode()
    suo.refresh_from_db()
    assert suo.stato == Stato.ANNULLATO


@pytest.mark.parametrize(
    ("riga", "frase"),
    [
        ({"dalle": "10:00", "alle": "12:00"}, "si sovrappongono"),
        ({"dalle": "15:00", "alle": "14:00"}, "Finisce prima di cominciare"),
        ({"dalle": "15:05", "alle": "16:00"}, "Solo quarti d’ora"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_a_reason(client, gilda, sportello, atto, riga, frase):
    campi = ("id", "giorno", "dalle", "alle", "accesso", "postazioni")
    righe = [{n: getattr(o, n) for n in campi} for o in sportello.orari.all()]
    nuova = {"giorno": 0, "accesso": "libero", "postazioni": 1} | riga
    risposta = client.post(indirizzo(sportello), modulo(sportello, orari=[*righe, nuova]))
    assert risposta.status_code == 200
    assert frase in risposta.content.decode()
    assert sportello.orari.count() == 2


def test_what_has_appointments_is_switched_off_not_taken_away(client, gilda, sportello, atto):
    prendi(atto)
    via = {"id": atto.pk, "nome": atto.nome, "minuti": 30, "ordine": 0, "da_portare": "", "DELETE": "on"}
    risposta = client.post(indirizzo(sportello), modulo(sportello, prestazioni=[via]))
    assert risposta.status_code == 200
    assert "ha degli appuntamenti" in risposta.content.decode()
    atto.refresh_from_db()


def test_a_counter_with_appointments_is_not_deleted(client, gilda, sportello, atto):
    prendi(atto)
    client.post(reverse("wagtailsnippets_sportelli_sportello:delete", args=[sportello.pk]))
    assert Sportello.objects.filter(pk=sportello.pk).exists()
