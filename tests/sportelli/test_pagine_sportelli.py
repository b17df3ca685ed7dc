"""The survey as people find it: list, page, table; nothing invented where nobody has said it."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from django.urls import reverse

from core.tempo import fermo_a
from sportelli.models import Chiusura, Sportello
from tests.sportelli.aiuti import alle, apri_sportello, orario

pytestmark = pytest.mark.django_db
ELENCO = "/sportelli/"
CINQUE = {"urp", "segretariato-sociale", "immigrazione", "informagiovani", "informadonna"}


def test_the_five_of_the_programme_are_there_without_anything_invented(client):
    noti = Sportello.objects.filter(slug__in=CINQUE)
    assert {s.slug for s in noti} == CINQUE
    assert all(s.scopo and not (s.indirizzo or s.telefono or s.email or s.pec or s.lat) for s in noti)
    pagina = client.get(ELENCO).content.decode()
    assert pagina.count("Orari da confermare") == 5
    assert "data-lp-mappa-punti" not in pagina
    scheda = client.get(ELENCO + "urp/").content.decode()
    assert "Orari da confermare" in scheda
    assert "Contatti da confermare." in scheda
    assert "Indirizzo da confermare" in scheda


def test_a_counter_says_its_week_its_closures_and_how_it_stands(client, sportello, atto):
    Chiusura.objects.create(sportello=sportello, dal=date(2026, 12, 7), al=date(2026, 12, 7), motivo="trasloco")
    with fermo_a(alle("09:30")):
        pagina = client.get(sportello.get_absolute_url()).content.decode()
    assert "Riceve su appuntamento" in pagina
    assert "fino alle 11:00" in pagina
    assert re.search(r"Lunedì</th><td><div>9:00–11:00", pagina)
    assert "Chiuso lunedì 7 dicembre 2026" in pagina
    assert "Chiedere un atto" in pagina
    assert f"/prenota/?sportello={sportello.slug}" in pagina


def test_only_the_open_ones(client, sportello):
    assert "Piazza della Prova 1" not in client.get(ELENCO, {"aperti": "si"}).content.decode()
    assert "non è aperto nessuno sportello" in client.get(ELENCO, {"aperti": "si"}).content.decode()
    with fermo_a(alle("10:00")):
        assert "Piazza della Prova 1" in client.get(ELENCO, {"aperti": "si"}).content.decode()


def test_machines_read_an_office_and_nothing_ends_the_block(client, sportello):
    sportello.scopo = "Serve </script><b> a & b"
    sportello.save()
    risposta = client.get(sportello.get_absolute_url())
    blocchi = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', risposta.content.decode(), re.S)
    dati = json.loads(blocchi[0])
    assert dati["@type"] == "GovernmentOffice"
    assert dati["description"] == sportello.scopo
    assert [o["opens"] for o in dati["openingHoursSpecification"]] == ["09:00", "09:00"]
    assert "'unsafe" not in risposta["Content-Security-Policy"]


def test_the_table_holds_a_row_each_and_no_formula(client, sportello):
    sportello.come_arrivare = "=1+1"
    sportello.save()
    risposta = client.get(ELENCO + "elenco.csv")
    righe = {riga["sigla"]: riga for riga in csv.DictReader(io.StringIO(risposta.content.decode()))}
    assert {*CINQUE, "anagrafe"} == set(righe)
    assert righe["anagrafe"]["orari"].startswith("Lunedì 09:00–11:00 (su appuntamento) | ")
    assert righe["anagrafe"]["come_arrivare"] == "'=1+1"


def test_what_is_switched_off_is_not_there(client, sportello):
    Sportello.objects.filter(pk=sportello.pk).update(attivo=False)
    assert client.get(sportello.get_absolute_url()).status_code == 404
    assert sportello.nome not in client.get(ELENCO).content.decode()
    assert "anagrafe" not in client.get(ELENCO + "elenco.csv").content.decode()


def test_the_list_asks_as_much_for_thirty_as_for_six(client, sportello, django_assert_max_num_queries):
    for n in range(30):
        orario(apri_sportello(f"altro-{n}"), 0, "09:00", "13:00")
    with django_assert_max_num_queries(8):
        assert client.get(ELENCO).status_code == 200
    with django_assert_max_num_queries(8):
        assert client.get(ELENCO + "elenco.csv").status_code == 200


def test_the_page_asks_little(client, sportello, atto, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(sportello.get_absolute_url())


def test_the_frame_leads_to_booking_and_no_page_of_text_stands_there(client):
    assert reverse("prenota:cosa") == "/prenota/"
    pagina = client.get("/prenota/").content.decode()
    assert 'data-element="appointment-booking"' in pagina
    assert "nessuno sportello prende appuntamenti" in pagina
    assert "non si prenota ancora" not in pagina
    assert "/sportelli/" in client.get("/sitemap.xml").content.decode()
