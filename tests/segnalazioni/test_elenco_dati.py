"""The list taken away: as a feed and as a table."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from core.tempo import adesso, fermo_a, oggi
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.views.dati import COLONNE, NEL_FEED, SCARICAMENTI
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.cittadini import GIULIA, privata

FEED, CSV = "/segnalazioni/feed/", "/segnalazioni/dati.csv"
ATOM = "{http://www.w3.org/2005/Atom}"


def voci(client: Client, **filtri: Any) -> list[str]:
    """Addresses of the entries of the feed, as paths."""
    risposta = client.get(FEED, filtri)
    assert risposta.status_code == 200
    radice = ElementTree.fromstring(risposta.content)
    indirizzi = [legame.attrib["href"] for legame in radice.findall(f"{ATOM}entry/{ATOM}link")]
    return [indirizzo.removeprefix("http://testserver") for indirizzo in indirizzi]


def scaricato(risposta: Any) -> str:
    """What was streamed, as text."""
    return b"".join(risposta.streaming_content).decode()


def righe(client: Client, **filtri: Any) -> list[dict[str, str]]:
    """Rows of the table."""
    risposta = client.get(CSV, filtri)
    assert risposta.status_code == 200
    return list(csv.DictReader(StringIO(scaricato(risposta))))


# --- the feed ---------------------------------------------------------------------------------------------------


def test_the_feed_brings_the_newest_public_reports(client: Client, buca: Segnalazione, anna: User) -> None:
    with fermo_a(adesso() - timedelta(days=1)):
        ieri = segnala(buca.categoria, autore=anna)
    segnala(buca.categoria, email=GIULIA)
    privata(buca.categoria, autore=anna)
    assert voci(client) == [buca.url(), ieri.url()]


def test_the_filters_of_the_list_hold_in_the_feed(client: Client, buca: Segnalazione, anna: User) -> None:
    risolta = porta_a(segnala(buca.categoria, autore=anna), "risolta")
    assert voci(client, stato="risolte") == [risolta.url()]
    assert voci(client, stato="boh") == [risolta.url(), buca.url()]


def test_the_feed_has_an_end(
    client: Client, buca: Segnalazione, anna: User, django_assert_max_num_queries: Any
) -> None:
    for _n in range(NEL_FEED):
        segnala(buca.categoria, autore=anna)
    with django_assert_max_num_queries(4):
        assert len(voci(client)) == NEL_FEED


def test_the_feed_is_atom_for_everybody(client: Client, buca: Segnalazione) -> None:
    risposta = client.get(FEED)
    assert risposta["Content-Type"].startswith("application/atom+xml")
    assert risposta["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in risposta["Vary"], "the same for everybody: caches may keep it"


# --- the table --------------------------------------------------------------------------------------------------


def test_the_table_says_what_became_of_each(client: Client, buca: Segnalazione) -> None:
    buca = porta_a(buca, "risolta")
    riga = righe(client)[0]
    assert list(riga) == list(COLONNE)
    assert riga["codice"] == buca.codice
    assert riga["stato"] == "Risolta"
    assert riga["categoria"] == "Buca sulla strada"
    assert riga["ufficio"] == "Strade e viabilità"
    assert riga["risolta_il"] == riga["conclusa_il"] == oggi().isoformat()


def test_the_table_holds_no_words_and_nobody(client: Client, buca: Segnalazione, anna: User) -> None:
    testo = scaricato(client.get(CSV))
    assert "Ci si cade con la bici" not in testo
    assert anna.last_name not in testo
    assert anna.email not in testo


def test_private_reports_are_not_in_the_table(client: Client, buca: Segnalazione, anna: User) -> None:
    privata(buca.categoria, autore=anna)
    segnala(buca.categoria, email=GIULIA)
    assert [riga["codice"] for riga in righe(client)] == [buca.codice]


def test_the_filters_of_the_list_hold_in_the_table(client: Client, buca: Segnalazione) -> None:
    assert righe(client, stato="risolte") == []
    assert len(righe(client, stato="aperte")) == 1


@pytest.mark.parametrize("inizio", ["=", "+", "-", "@"])
def test_a_title_is_never_a_formula(inizio: str, client: Client, buche: Categoria, anna: User) -> None:
    segnala(buche, autore=anna, testo=f'{inizio}HYPERLINK("http://x")')
    assert righe(client)[0]["titolo"].startswith(f"'{inizio}")


def test_the_table_is_sent_row_by_row_as_a_file(client: Client, buca: Segnalazione) -> None:
    risposta = client.get(CSV)
    assert risposta.streaming
    assert risposta["Content-Type"] == "text/csv; charset=utf-8"
    assert "segnalazioni.csv" in risposta["Content-Disposition"]
    assert scaricato(risposta).startswith("codice,titolo")


def test_one_address_does_not_take_it_away_without_end(client: Client, db: None) -> None:
    stati = [client.get(CSV).status_code for _ in range(SCARICAMENTI + 1)]
    assert stati == [200] * SCARICAMENTI + [429]
