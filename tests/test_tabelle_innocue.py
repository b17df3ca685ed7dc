"""A cell that begins like a formula is harmless in every table that the product gives out, by whatever door."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from comune.importatori import comando
from comune.importatori.lettura import Scarto as LuogoScartato
from comune.models import Ufficio
from core.tempo import oggi
from protocollo.models import Registrazione
from protocollo.tasks import manda
from segnalazioni.importatori import lavoro as importazione
from segnalazioni.models import Segnalazione, VoceLavoro
from tests.aiuti import porta_a
from tests.segnalazioni.test_massa import lavoro_di

CATTIVE = ['=HYPERLINK("http://male.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "via; =1"]


@pytest.fixture
def caso(buca: Segnalazione, elena: User, strade: Ufficio) -> Segnalazione:
    """Anna's report, assigned, with its registration still to be numbered."""
    return porta_a(buca, "assegnata")


def _pubblico(client: Client, caso: Segnalazione, parola: str) -> str:
    Segnalazione.objects.filter(pk=caso.pk).update(titolo=parola, indirizzo=parola)
    return b"".join(client.get("/segnalazioni/dati.csv")).decode()


def _registro(client: Client, caso: Segnalazione, parola: str) -> str:
    riga = Registrazione.objects.get(contributo=caso.contributo)
    Registrazione.objects.filter(pk=riga.pk).update(mittente=parola, oggetto=parola)
    manda([riga.pk])
    return client.get(reverse("protocollo:giornaliero"), {"giorno": oggi().isoformat()}).content.decode()


def _lavoro(client: Client, caso: Segnalazione, parola: str) -> str:
    mio = lavoro_di(User.objects.get(first_name="Carla"), [caso], "prendi_in_carico")
    VoceLavoro.objects.update(motivo=parola)
    return client.get(reverse("scrivania:lavoro_csv", kwargs={"uid": mio.uid})).content.decode("utf-8-sig")


def _statistiche(client: Client, caso: Segnalazione, parola: str) -> str:
    Ufficio.objects.filter(slug="strade").update(nome=parola)
    return client.get("/scrivania/statistiche/dati.csv", {"periodo": "sempre"}).content.decode()


PORTE: dict[str, Callable[[Client, Segnalazione, str], str]] = {
    "pubblico": _pubblico,
    "registro": _registro,
    "lavoro": _lavoro,
    "statistiche": _statistiche,
}


def _innocue(testo: str) -> None:
    """No cell is a formula, for who cuts at commas or, as Italian spreadsheets do, at semicolons."""
    celle = [cella for riga in csv.reader(StringIO(testo, newline="")) for cella in riga]
    celle += [cella.strip(' "') for riga in testo.split("\n") for cella in riga.split(";")[1:]]
    cattive = [cella for cella in celle if cella.lstrip(" ")[:1] in tuple("=+-@\t\r") and cella not in ("", "\r")]
    assert cattive == []


@pytest.mark.parametrize("parola", CATTIVE)
@pytest.mark.parametrize("porta", PORTE)
def test_no_table_of_ours_carries_a_formula(
    client: Client, caso: Segnalazione, carla: User, porta: str, parola: str
) -> None:
    client.force_login(carla)
    testo = PORTE[porta](client, caso, parola)
    assert f"'{parola}".replace(";", ",").replace('"', '""') in testo, "the words are there, with an apostrophe"
    _innocue(testo)


@pytest.mark.parametrize("parola", CATTIVE)
def test_no_workbook_of_ours_carries_a_formula(client: Client, caso: Segnalazione, carla: User, parola: str) -> None:
    client.force_login(carla)
    Ufficio.objects.filter(slug="strade").update(nome=parola)
    corpo = client.get("/scrivania/statistiche/dati.xlsx", {"periodo": "sempre"}).content
    celle: list[Any] = [cella for foglio in load_workbook(BytesIO(corpo)) for riga in foglio for cella in riga]
    assert any(isinstance(cella.value, str) and cella.value.startswith("'") for cella in celle)
    assert [cella.value for cella in celle if cella.data_type == "f"] == []


@pytest.mark.parametrize("parola", CATTIVE)
def test_what_an_import_sets_aside_is_harmless_and_still_what_came(tmp_path: Path, parola: str) -> None:
    casi, luoghi = tmp_path / "casi.csv", tmp_path / "luoghi.csv"
    importazione.scrivi_scarti([importazione.Scarto(2, parola, {"id": parola})], casi)
    comando.scrivi_scarti([LuogoScartato(2, parola, {"id": parola})], luoghi)
    for file in (casi, luoghi):
        testo = file.read_bytes().decode("utf-8-sig")
        _innocue(testo)
        assert json.loads(list(csv.reader(StringIO(testo, newline="")))[1][-1]) == {"id": parola}
