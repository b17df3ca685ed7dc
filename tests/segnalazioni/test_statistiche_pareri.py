"""What who reported thinks of the answers, counted: against a history made by hand, and never the content alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from accounts.models import User
from comune.models import Ufficio
from core.tempo import oggi
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.statistiche import PARERI, SENZA, Pareri, conta_pareri, risposte_in
from tests.aiuti import porta_a, segnala, ufficio
from tests.factories.comune import QuartiereFactory
from tests.segnalazioni.test_pareri import FINORA, risponde, somma
from tests.sostegno.database import per_modulo

PAGINA, ELENCO = "/scrivania/statistiche/", "/scrivania/statistiche/elenco/"


def _categoria(gruppo: str, codice: str, nome: str, dove: Ufficio) -> Categoria:
    madre = Categoria.objects.create(codice=gruppo, nome=f"Gruppo di {nome}")
    return Categoria.objects.create(codice=codice, nome=nome, madre=madre, ufficio=dove, giorni=5)


@pytest.fixture(scope="module")
def _storia(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with per_modulo(django_db_blocker):
        strade, luce = ufficio("strade", "Strade e viabilità"), ufficio("luce", "Illuminazione pubblica")
        buche = _categoria("prova-strade", "prova-buche", "Buca", strade)
        lampioni = _categoria("prova-luce", "prova-lampioni", "Lampione", luce)
        risponde(buche, 5, 4, 4, 3, 2, 1, None, None, None, None)
        risponde(lampioni, 5, 1, None)
        porta_a(segnala(buche), "in_lavorazione")
        segnala(lampioni)
        yield


@pytest.fixture
def storia(_storia: None, db: None) -> None:
    """Roads: 6 spoke (3 content, 1 so-so, 2 not), 4 did not. Light: 2 spoke, 1 did not. Two wait still."""


@pytest.fixture
def strade(storia: None) -> Ufficio:
    """The office of the history that answers for holes; dario heads it."""
    return Ufficio.objects.get(slug="strade")


@pytest.fixture
def luce(storia: None) -> Ufficio:
    """The office of the history that answers for lamps."""
    return Ufficio.objects.get(slug="luce")


@pytest.fixture
def buche(storia: None) -> Categoria:
    """Holes."""
    return Categoria.objects.get(codice="prova-buche")


@pytest.fixture
def lampioni(storia: None) -> Categoria:
    """Lamps."""
    return Categoria.objects.get(codice="prova-lampioni")


def test_every_opinion_is_counted_once_by_office_category_and_area(
    storia: None, buche: Categoria, lampioni: Categoria, strade: Ufficio, luce: Ufficio
) -> None:
    area: Any = QuartiereFactory()
    for caso in Segnalazione.objects.filter(gradimento__voto__in=(1, 2)).select_related("contributo"):
        caso.contributo.quartiere = area
        caso.contributo.save(update_fields=["quartiere"])
    contati = conta_pareri(risposte_in(Segnalazione.objects.all(), FINORA))
    di_strade, di_luce = Pareri(3, 1, 2, 4), Pareri(1, 0, 1, 1)
    assert contati["ufficio"] == {str(strade.pk): di_strade, str(luce.pk): di_luce}
    assert contati["categoria"] == {
        str(buche.madre_id or buche.pk): di_strade,
        str(lampioni.madre_id): di_luce,
    }
    assert contati["quartiere"][str(area.pk)] == Pareri(scontenti=3)
    assert sum(uno.risposte for uno in contati["quartiere"].values()) == 13
    assert SENZA not in contati["ufficio"]


def test_the_silent_are_part_of_the_answers(storia: None) -> None:
    totale = somma()
    assert (totale.risposte, totale.detti, totale.muti) == (13, 8, 5)
    assert totale.quota_contenti == 50
    assert totale.quota_muti == pytest.approx(100 * 5 / 13)


def test_one_query_whatever_the_number(storia: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        conta_pareri(risposte_in(Segnalazione.objects.all(), FINORA))


# --- the page ---------------------------------------------------------------------------------------------------


def test_the_page_says_who_is_content_and_who_said_nothing(client: Client, storia: None, carla: User) -> None:
    client.force_login(carla)
    risposta = client.get(PAGINA)
    sezione = risposta.context["gradimento"]
    assert [voce["numero"] for voce in sezione["numeri"]] == [13, 4, 1, 3, 5]
    assert sezione["in_breve"] == (
        "Di 13 risposte 8 hanno un parere: di chi l’ha dato è contento il 50%. Il 38% non ha detto niente."
    )
    testo = risposta.content.decode()
    assert testo.count('id="g-gradimento-') == 3
    assert "3 contenti su 10" in testo


def test_of_too_few_the_page_says_numbers_only(client: Client, storia: None, carla: User, luce: Ufficio) -> None:
    client.force_login(carla)
    tabella = client.get(PAGINA).context["gradimento"]["parti"][0]["tabella"]
    celle = {riga.nome: [cella.testo for cella in riga.celle] for riga in tabella.righe}
    assert celle[luce.nome] == ["3", "1", "0", "1", "1", "–", "–"]
    sola = client.get(PAGINA, {"ufficio": "luce"}).context["gradimento"]
    assert sola["in_breve"] == "Di 3 risposte 2 hanno un parere: con meno di 5 non si fanno percentuali."


def test_who_heads_an_office_reads_of_that_office_only(
    client: Client, storia: None, dario: User, strade: Ufficio
) -> None:
    client.force_login(dario)
    for filtri in ({}, {"ufficio": "luce"}):
        sezione = client.get(PAGINA, filtri).context["gradimento"]
        assert sezione["totale"] == Pareri(3, 1, 2, 4)
        assert [riga.nome for riga in sezione["parti"][0]["tabella"].righe] == [strade.nome]
        for quale, quante in (("risposte", 10), ("contenti", 3), ("scontenti", 2), ("muti", 4)):
            lista = client.get(ELENCO, filtri | {"quale": quale})
            assert lista.context["pagina"].paginator.count == quante
    righe = _csv(client, {"tabella": "gradimento-ufficio"})
    assert [riga[:2] for riga in righe[1:]] == [[strade.nome, "10"], ["Totale", "10"]]


def test_the_filters_of_the_page_hold_here_too(client: Client, storia: None, carla: User) -> None:
    client.force_login(carla)
    for filtri, quante in (
        ({"categoria": "prova-luce"}, 3),
        ({"canale": "telefono"}, 0),
        ({"dal": oggi().isoformat()}, 0),
        ({"dal": (oggi() - timedelta(days=3)).isoformat()}, 13),  # they arrived before
        ({"periodo": "sempre"}, 13),
    ):
        assert client.get(PAGINA, filtri).context["gradimento"]["totale"].risposte == quante, filtri


@pytest.mark.parametrize("parte", range(3))
def test_every_count_opens_a_list_of_that_length(client: Client, storia: None, carla: User, parte: int) -> None:
    client.force_login(carla)
    tabella = client.get(PAGINA).context["gradimento"]["parti"][parte]["tabella"]
    for riga in (*tabella.righe, tabella.totale):
        for nome, cella in zip(("risposte", *PARERI), riga.celle[:5], strict=True):
            assert client.get(cella.url).context["pagina"].paginator.count == int(cella.testo), (riga.nome, nome)


def test_the_page_with_opinions_costs_thirteen_queries(
    client: Client, storia: None, carla: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(carla)
    client.get(PAGINA)
    with django_assert_max_num_queries(13):
        client.get(PAGINA)


# --- files ------------------------------------------------------------------------------------------------------


def _csv(client: Client, filtri: dict[str, str]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(client.get(f"{PAGINA}dati.csv", filtri).content.decode())))


def test_the_files_have_the_opinions(client: Client, storia: None, carla: User, strade: Ufficio, luce: Ufficio) -> None:
    client.force_login(carla)
    testate = [
        "Ufficio", "Risposte", "Contenti", "Così così", "Scontenti", "Senza parere", "Quota contenti",
        "Quota senza parere",
    ]  # fmt: skip
    righe = [
        [strade.nome, 10, 3, 1, 2, 4, 50.0, 40.0],
        [luce.nome, 3, 1, 0, 1, 1, "", ""],
        ["Totale", 13, 4, 1, 3, 5, 50.0, 38.5],
    ]
    assert _csv(client, {"tabella": "gradimento-ufficio"}) == [testate, *([str(c) for c in riga] for riga in righe)]
    libro = load_workbook(io.BytesIO(client.get(f"{PAGINA}dati.xlsx").content))
    assert [[c.value if c.value is not None else "" for c in r] for r in libro["Gradimento, ufficio"]] == [
        testate, *righe,
    ]  # fmt: skip
    assert {"Gradimento, categoria", "Gradimento, area"} <= {*libro.sheetnames}
    assert ["Gradimento, area"] in _csv(client, {})
    assert client.get(f"{PAGINA}dati.csv", {"tabella": "gradimento-mese"}).status_code == 404
