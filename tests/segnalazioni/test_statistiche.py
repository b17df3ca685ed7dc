"""The page of the figures: who may read it, every count the length of its list, files that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from comune.models import Ufficio
from core.tabelle import in_csv, in_xlsx, innocua
from core.tempo import adesso, fermo_a, oggi
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.statistiche import QUALI
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.test_statistiche_conti import riempi

PAGINA, ELENCO = "/scrivania/statistiche/", "/scrivania/statistiche/elenco/"
PORTE = [PAGINA, f"{ELENCO}?quale=aperte", f"{PAGINA}dati.csv", f"{PAGINA}dati.xlsx"]


@pytest.fixture
def tante(buche: Categoria, strade: Ufficio, luce: Ufficio) -> None:
    """A year and more of cases, of two offices and of none."""
    altra = Categoria.objects.create(codice="prova-luce", nome="Luce")
    riempi([buche, altra], [strade, luce, None], 90, 11)


# --- who --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize(
    ("chi", "stato"), [("carla", 200), ("dario", 200), ("elena", 403), ("fabio", 403), ("anna", 403), ("bruno", 403)]
)
def test_the_urp_and_who_heads_an_office_come_in(
    request: Any, client: Client, buca: Segnalazione, porta: str, chi: str, stato: int
) -> None:
    client.force_login(request.getfixturevalue(chi))
    assert client.get(porta).status_code == stato
    assert client.post(porta).status_code in (405, 403)


@pytest.mark.parametrize("porta", PORTE)
def test_a_stranger_is_led_to_the_login(client: Client, db: None, porta: str) -> None:
    assert client.get(porta)["Location"].startswith(reverse("account_login"))


def test_who_heads_an_office_counts_that_office_only(client: Client, tante: None, dario: User, strade: Ufficio) -> None:
    client.force_login(dario)
    pagina = client.get(PAGINA, {"periodo": "sempre"})
    assert [r.nome for r in pagina.context["tabelle"]["ufficio"].righe] == [strade.nome]
    suoi = Segnalazione.objects.filter(ufficio=strade).count()
    assert pagina.context["totale"].arrivate == suoi > 0
    # Nor by asking for another one.
    assert client.get(PAGINA, {"periodo": "sempre", "ufficio": "luce"}).context["totale"].arrivate == suoi
    assert client.get(ELENCO, {"periodo": "sempre", "quale": "arrivate"}).context["pagina"].paginator.count == suoi


def test_the_menu_shows_the_figures_to_whom_they_open(
    client: Client, buca: Segnalazione, carla: User, dario: User, elena: User
) -> None:
    for chi, vede in ((carla, True), (dario, True), (elena, False)):
        client.force_login(chi)
        assert (f'href="{PAGINA}"' in client.get("/scrivania/segnalazioni/").content.decode()) == vede


# --- every number is the length of its list ---------------------------------------------------------------------


@pytest.mark.parametrize("tabella", ["ufficio", "categoria", "mese", "quartiere", "canale"])
@pytest.mark.parametrize(
    "filtri", [{"periodo": "sempre"}, {"periodo": "anno", "canale": "web"}], ids=["all", "narrowed"]
)
def test_every_count_of_a_table_opens_a_list_of_that_length(
    client: Client, tante: None, carla: User, tabella: str, filtri: dict[str, str]
) -> None:
    client.force_login(carla)
    una = client.get(PAGINA, filtri).context["tabelle"][tabella]
    provate = 0
    for riga in (*una.righe, una.totale):
        for nome, cella in zip(_colonne(), riga.celle, strict=True):
            if nome not in QUALI:
                continue
            assert client.get(cella.url).context["pagina"].paginator.count == int(cella.testo), (riga.nome, nome)
            provate += 1
    assert provate == len(_colonne_contate()) * (len(una.righe) + 1)


def _colonne() -> list[str]:
    from segnalazioni.desk.cifre import COLONNE

    return [nome for nome, _parole, _dice in COLONNE]


def _colonne_contate() -> list[str]:
    return [nome for nome in _colonne() if nome in QUALI]


@pytest.mark.parametrize("periodo", ["settimane", "anno", "sempre"])
def test_the_figures_on_top_open_their_lists(client: Client, tante: None, carla: User, periodo: str) -> None:
    client.force_login(carla)
    numeri = client.get(PAGINA, {"periodo": periodo}).context["numeri"]
    for voce in numeri[:4]:
        assert client.get(voce["url"]).context["pagina"].paginator.count == voce["numero"]


def test_a_figure_that_there_is_not_has_no_list(client: Client, carla: User) -> None:
    client.force_login(carla)
    assert client.get(ELENCO, {"quale": "inventata"}).status_code == 404
    assert client.get(ELENCO).status_code == 404
    for gruppo in ("ufficio:x", "boh:1", "ufficio", ":", "canale:boh"):
        assert client.get(ELENCO, {"quale": "aperte", "gruppo": gruppo}).status_code == 200


# --- the period and the page ------------------------------------------------------------------------------------


def test_only_what_arrived_in_the_period_is_counted(client: Client, buche: Categoria, carla: User) -> None:
    with fermo_a(adesso() - timedelta(days=100)):
        segnala(buche)
    nuova = segnala(buche)
    client.force_login(carla)
    ieri = (oggi() - timedelta(days=101)).isoformat()
    for filtri, quante in (
        ({}, 1),
        ({"periodo": "anno"}, 2),
        ({"periodo": "date", "dal": ieri, "al": (oggi() - timedelta(days=99)).isoformat()}, 1),
        ({"dal": oggi().isoformat(), "al": ieri}, 2),  # the other way round
        ({"periodo": "boh", "dal": "ieri"}, 1),  # what does not exist narrows nothing
    ):
        assert client.get(PAGINA, filtri).context["totale"].arrivate == quante, filtri
    assert nuova.titolo in client.get(f"{ELENCO}?quale=arrivate").content.decode()


def test_the_page_tells_how_long_and_who_still_waits(
    client: Client, buche: Categoria, carla: User, elena: User, dario: User
) -> None:
    with fermo_a(adesso() - timedelta(days=40)):
        caso = porta_a(segnala(buche), "in_lavorazione")
        segnala(buche)
    with fermo_a(adesso() - timedelta(days=36)):
        fai(caso, "risolvi")
    client.force_login(carla)
    pagina = client.get(PAGINA)
    totale = pagina.context["totale"]
    assert (totale.mediana, totale.p90, totale.quota_aperte, totale.risposte_entro(30)) == (4, 4, 50, 50)
    testo = pagina.content.decode()
    for parole in ("Come contiamo", "Kaplan–Meier", "<svg", "1 chiuse su 2"):
        assert parole in testo
    assert not re.search(r"<[^>]*\sstyle=", testo)


def test_no_case_is_said_so(client: Client, carla: User) -> None:
    client.force_login(carla)
    assert "Nessuna segnalazione è arrivata" in client.get(PAGINA).content.decode()


def test_the_page_costs_the_same_whatever_the_number(
    client: Client, tante: None, carla: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(carla)
    client.get(PAGINA)
    with django_assert_max_num_queries(13):
        client.get(PAGINA, {"periodo": "sempre"})


# --- files ------------------------------------------------------------------------------------------------------


def test_the_files_say_what_the_page_says(client: Client, tante: None, carla: User) -> None:
    client.force_login(carla)
    una = client.get(PAGINA, {"periodo": "sempre"}).context["tabelle"]["categoria"]
    come_csv = client.get(f"{PAGINA}dati.csv", {"periodo": "sempre", "tabella": "categoria"})
    righe = list(csv.reader(io.StringIO(come_csv.content.decode())))
    assert "statistiche-" in come_csv["Content-Disposition"]
    assert righe[0] == una.testate
    assert [r[0] for r in righe[1:]] == [*(r.nome for r in una.righe), "Totale"]
    assert int(righe[-1][1]) == una.totale.conteggio.arrivate
    libro = load_workbook(io.BytesIO(client.get(f"{PAGINA}dati.xlsx", {"periodo": "sempre"}).content))
    pareri = ["Gradimento, ufficio", "Gradimento, categoria", "Gradimento, area"]
    assert libro.sheetnames == ["Ufficio", "Categoria", "Mese di arrivo", "Area", "Canale", *pareri, "Come contiamo"]
    assert [c.value for c in libro["Categoria"][1]] == una.testate
    assert client.get(f"{PAGINA}dati.csv", {"tabella": "boh"}).status_code == 404


@pytest.mark.parametrize("cattiva", ['=HYPERLINK("http://x")', "+1", "-2", "@SUM(A1)", "\t=1", "via; =1"])
def test_no_cell_is_a_formula(cattiva: str) -> None:
    assert innocua(cattiva).startswith("'")
    righe: list[list[Any]] = [["Nome", "N"], [cattiva, -3]]
    tabella = ("Prova", righe)
    riga = list(csv.reader(io.StringIO(in_csv([tabella]))))[1]
    assert riga[0].startswith("'")
    assert riga[1] == "-3"
    foglio = load_workbook(io.BytesIO(in_xlsx([tabella])))["Prova"]
    assert (foglio["A2"].data_type, foglio["B2"].value) == ("s", -3)


def test_a_sheet_has_a_name_that_the_format_takes() -> None:
    nome = "Ufficio [1]: strade / luce? " * 3
    assert len(load_workbook(io.BytesIO(in_xlsx([(nome, [["a"]])]))).sheetnames[0]) <= 31
