"""The file of a case on paper: all that happened, the internal words only when asked for."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from ascolto.models import Visibilita
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.desk.stampa import spostamenti
from segnalazioni.models import Passaggio, Segnalazione
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.cittadini import rendi
from tests.segnalazioni.scrivania import immagine


@pytest.fixture
def caso(buca: Segnalazione, elena: User, carla: User) -> Segnalazione:
    """Anna's report, answered and resolved, with a photo before and one after, and words for colleagues."""
    actions.aggiungi_foto([immagine()], segnalazione=buca)
    caso = porta_a(buca, "in_lavorazione")
    actions.annota(caso, operatore=carla, testo="Il ponticello è libero.", chiave=uuid.uuid4())
    return actions.risolvi(caso, operatore=elena, testo="Asfalto rifatto.", nota="Fattura 12.", foto=[immagine("navy")])


def pagina(client: Client, caso: Segnalazione, **get: str) -> str:
    """The file, as HTML."""
    return str(client.get(caso.url_scrivania("fascicolo"), get).content.decode())


def test_everything_is_there_with_its_dates_and_the_chain_at_the_foot(
    client: Client, caso: Segnalazione, elena: User
) -> None:
    client.force_login(elena)
    testo = pagina(client, caso)
    ultima = Passaggio.objects.filter(segnalazione=caso).latest("numero").impronta
    for parole in (caso.codice, caso.titolo, "Via Fillungo 12", "Asfalto rifatto.", "Presa in lavorazione", ultima):
        assert parole in testo
    assert testo.count("<img") == 2
    assert "43.84290, 10.50270" in testo
    assert "comincia il termine" in testo


def test_internal_words_only_when_asked_for(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    for parole in ("Il ponticello è libero.", "Fattura 12."):
        assert parole not in pagina(client, caso)
        assert parole not in pagina(client, caso, note="no")
        assert parole in pagina(client, caso, note="si")
    assert "non va consegnato fuori dagli uffici" in pagina(client, caso, note="si")


def test_how_the_due_date_moved(buca: Segnalazione, elena: User, anna: User) -> None:
    caso = porta_a(buca, "in_lavorazione")
    actions.chiedi(caso, operatore=elena, testo="Dove?")
    with fermo_a(adesso() + timedelta(days=3)):
        caso = actions.rispondi(caso, testo="Qui.", autore=anna)
    righe = spostamenti(caso)
    assert [r.che for r in righe] == ["comincia il termine", "si ferma", "riparte"]
    assert righe[0].scade < righe[2].scade == caso.scadenza


def test_who_reported_stays_covered(client: Client, caso: Segnalazione, elena: User, anna: User) -> None:
    client.force_login(elena)
    assert anna.email not in pagina(client, caso, note="si")
    assert "Bianchi" not in pagina(client, caso, note="si")


@pytest.mark.parametrize("visibilita", [Visibilita.PRIVATA, Visibilita.RIMOSSA, Visibilita.PUBBLICA])
def test_of_others_private_removed_and_unknown_are_one_answer(
    client: Client, caso: Segnalazione, fabio: User, visibilita: Visibilita
) -> None:
    client.force_login(fabio)
    sua = client.get(rendi(caso, visibilita).url_scrivania("fascicolo"))
    nessuna = client.get("/scrivania/segnalazioni/LU-0000-0000/fascicolo/")
    corpi = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", r.content.decode()) for r in (sua, nessuna)]
    assert (sua.status_code, nessuna.status_code) == (404, 404)
    assert corpi[0] == corpi[1]


def test_it_costs_few_queries(
    client: Client, caso: Segnalazione, elena: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(elena)
    pagina(client, caso, note="si")
    with django_assert_max_num_queries(18):
        pagina(client, caso, note="si")


# --- what the citizen will see, beside what is written ---------------------------------------------------------


def test_without_a_script_a_button_shows_it_and_takes_no_step(client: Client, buca: Segnalazione, elena: User) -> None:
    caso = porta_a(buca, "in_lavorazione")
    client.force_login(elena)
    url = f"{caso.url_scrivania()}passi/risolvi/"
    dati = {"versione": caso.versione, "testo": "Asfalto rifatto.", "solo_anteprima": "si"}
    risposta = client.post(url, dati)
    assert risposta.status_code == 200
    pezzi = risposta.content.decode().split("Così lo vedrà il cittadino")
    assert "Asfalto rifatto.</textarea>" in pezzi[0]
    assert "<blockquote><p>Asfalto rifatto.</p></blockquote>" in pezzi[1]
    assert "Con una mail: avvisa 1 persona." in pezzi[1]
    assert f"{caso.codice}: risolta" in pezzi[1]
    vuota = client.post(url, dati | {"testo": ""}).content.decode()
    assert "Manca ancora: la risposta." in vuota
    assert "is-invalid" not in vuota
    caso.refresh_from_db()
    assert caso.stato == "in_lavorazione"


def test_a_case_of_others_has_no_preview_by_button(
    client: Client, buca: Segnalazione, fabio: User, elena: User
) -> None:
    caso = porta_a(segnala(buca.categoria), "in_lavorazione")
    client.force_login(fabio)
    dati = {"versione": caso.versione, "testo": "Ciao", "solo_anteprima": "si"}
    assert client.post(f"{caso.url_scrivania()}passi/risolvi/", dati).status_code == 404
