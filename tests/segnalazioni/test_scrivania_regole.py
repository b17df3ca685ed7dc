"""The rules at the desk: read, written, moved and tried by the URP alone; two editors lose nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Quartiere, Ufficio
from segnalazioni import actions
from segnalazioni.actions import DatiRegola
from segnalazioni.models import Categoria, Regola, Segnalazione
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.modulo import DOMANDE

ELENCO, NUOVA, PROVA = "/scrivania/regole/", "/scrivania/regole/nuova/", "/scrivania/regole/prova/"


@pytest.fixture
def regola(carla: User, strade: Ufficio, buche: Categoria) -> Regola:
    """Holes go to the roads."""
    return actions.crea_regola(DatiRegola("Buche", strade, categorie=["prova-buche"]), operatore=carla)


@pytest.fixture
def urp(client: Client, carla: User) -> Client:
    """Carla's browser."""
    client.force_login(carla)
    return client


def dati(**altro: Any) -> dict[str, Any]:
    """Good data of a rule, as its form sends them."""
    return {"nome": "Buche", "ufficio": "strade", "categorie": ["prova-buche"], "che": "salva", "versione": 1} | altro


# --- who --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chi", ["carla", "elena", "dario", "fabio", "anna", "nessuno"])
@pytest.mark.parametrize("porta", ["elenco", "nuova", "prova", "modifica", "sposta", "accendi"])
def test_only_the_urp_comes_in(request: Any, client: Client, regola: Regola, porta: str, chi: str) -> None:
    """Who writes a rule decides for all offices: no office does."""
    for nome in ("elena", "dario", "fabio", "anna"):
        request.getfixturevalue(nome)
    if chi != "nessuno":
        client.force_login(request.getfixturevalue(chi))
    kwargs = {"pk": regola.pk} if porta in ("modifica", "sposta", "accendi") else {}
    url = reverse(f"regole:{porta}", kwargs=kwargs)
    invia = porta in ("sposta", "accendi")
    risposta = client.post(url, {"versione": 1, "che": "spegni"}) if invia else client.get(url)
    if chi == "nessuno":
        assert risposta["Location"].startswith(reverse("account_login"))
    elif chi == "carla":
        assert risposta.status_code in ((302, 409) if invia else (200,))
    else:
        assert risposta.status_code == 403
        regola.refresh_from_db()
        assert regola.attiva


def test_the_tab_is_there_for_the_urp_alone(client: Client, carla: User, elena: User) -> None:
    for chi, volte in ((carla, 1), (elena, 0)):
        client.force_login(chi)
        assert client.get("/scrivania/segnalazioni/").content.decode().count(f'href="{ELENCO}"') == volte


# --- write ------------------------------------------------------------------------------------------------


def test_a_rule_is_written_and_read_in_the_list(urp: Client, buche: Categoria, strade: Ufficio) -> None:
    Quartiere.objects.get_or_create(slug="s-anna", defaults={"nome": "S. Anna", "lat": 43.8, "lon": 10.4})
    tutto = dati(quartieri=["s-anna"], giorni=["0", "4"], dalle="18:00", alle="08:00", dal="2026-11-01", nota="Sì.")
    assert urp.post(NUOVA, tutto)["Location"] == ELENCO
    pagina = urp.get(ELENCO).content.decode()
    for parola in ("Buca sulla strada", "dalle 18:00 alle 08:00", "dal 1 novembre 2026", "Strade e viabilità", "Carla"):
        assert parola in pagina
    assert Regola.objects.get().giorni == [0, 4]


@pytest.mark.parametrize(
    ("altro", "frase"),
    [
        ({"categorie": []}, "Senza nessuna condizione"),
        ({"alle": "08:00"}, "Le ore si scrivono tutte e due."),
        ({"dal": "2026-11-02", "al": "2026-11-01"}, "Finisce prima di cominciare."),
        ({"nome": ""}, "obbligatorio"),
        ({"categorie": ["inventata"]}, "inventata"),
    ],
)
def test_a_rule_that_makes_no_sense_comes_back_with_its_words(
    urp: Client, buche: Categoria, strade: Ufficio, altro: dict[str, Any], frase: str
) -> None:
    risposta = urp.post(NUOVA, dati(nota="Parole da non perdere") | altro)
    pagina = risposta.content.decode()
    assert risposta.status_code == 422
    assert frase in pagina
    assert "Parole da non perdere" in pagina
    assert not Regola.objects.exists()


def test_a_closed_office_cannot_be_chosen(urp: Client, buche: Categoria, strade: Ufficio, regola: Regola) -> None:
    Ufficio.objects.filter(pk=strade.pk).update(attivo=False)
    assert urp.post(NUOVA, dati()).status_code == 422
    assert urp.post(reverse("regole:accendi", args=[regola.pk]), {"versione": 1, "che": "accendi"}).status_code == 409


def test_the_questions_of_the_chosen_categories_can_be_asked(urp: Client, buche: Categoria, strade: Ufficio) -> None:
    buche.domande = list(DOMANDE)
    buche.save()
    pagina = urp.post(NUOVA, dati(che="domande", nome="")).content.decode()
    assert "Quanti punti luce?" in pagina
    assert "Numero sul palo" not in pagina, "an answer in free words cannot be asked for"
    assert "lp-errori" not in pagina
    urp.post(NUOVA, dati(r_punti="uno"))
    assert Regola.objects.get().risposte == [["punti", "uno"]]


def test_a_question_that_only_one_of_two_categories_asks_is_not_offered(urp: Client, buche: Categoria) -> None:
    buche.domande = list(DOMANDE)
    buche.save()
    Categoria.objects.create(codice="prova-pozza", nome="Pozza", madre=buche.madre)
    pagina = urp.post(NUOVA, dati(che="domande", categorie=["prova-strade"])).content.decode()
    assert "Quanti punti luce?" not in pagina


# --- two editors ------------------------------------------------------------------------------------------


def test_the_slower_of_two_editors_gets_409_with_both_versions(
    urp: Client, regola: Regola, luce: Ufficio, carla: User
) -> None:
    actions.cambia_regola(regola, DatiRegola("Lampioni", luce, categorie=["prova-buche"]), operatore=carla, versione=1)
    risposta = urp.post(regola.url(), dati(nome="Le mie parole", nota="Ci ho pensato a lungo"))
    pagina = risposta.content.decode()
    assert risposta.status_code == 409
    assert 'value="Le mie parole"' in pagina
    assert "Ci ho pensato a lungo" in pagina
    assert "Lampioni" in pagina
    regola.refresh_from_db()
    assert regola.nome == "Lampioni"
    nuova = re.search(r'name="versione" value="(\d+)"', pagina)
    assert nuova is not None
    assert urp.post(regola.url(), dati(nome="Le mie parole", versione=nuova[1])).status_code == 302


def test_moving_a_rule_in_a_list_that_has_changed_moves_nothing(
    urp: Client, regola: Regola, carla: User, luce: Ufficio
) -> None:
    seconda = actions.crea_regola(DatiRegola("Seconda", luce, giorni=[0]), operatore=carla)
    letta = actions.versione_delle_regole()
    sposta = reverse("regole:sposta", args=[seconda.pk])
    assert urp.post(sposta, {"verso": "su", "versione": letta}).status_code == 302
    assert [r.nome for r in Regola.objects.in_ordine()] == ["Seconda", "Buche"]
    assert urp.post(sposta, {"verso": "giu", "versione": letta}).status_code == 409
    assert [r.nome for r in Regola.objects.in_ordine()] == ["Seconda", "Buche"]


def test_the_first_does_not_go_higher(urp: Client, regola: Regola) -> None:
    url = reverse("regole:sposta", args=[regola.pk])
    assert urp.post(url, {"verso": "su", "versione": actions.versione_delle_regole()}).status_code == 302
    assert 'value="su"' not in urp.get(ELENCO).content.decode()


# --- what would happen ------------------------------------------------------------------------------------


@pytest.fixture
def passate(buche: Categoria, anna: User, carla: User, luce: Ufficio, strade: Ufficio) -> list[Segnalazione]:
    """Three of the past: one went to the lights, one to the roads, one waits for the URP."""
    casi = [segnala(buche, autore=anna) for _volta in range(3)]
    actions.assegna(casi[0], operatore=carla, ufficio=luce)
    actions.assegna(casi[1], operatore=carla, ufficio=strade)
    return casi


def test_the_preview_counts_where_past_reports_would_go(
    urp: Client, passate: list[Segnalazione], regola: Regola
) -> None:
    pagina = urp.get(PROVA).content.decode()
    assert "sulle ultime 3 segnalazioni" in pagina
    assert "<strong>2</strong> andrebbero altrove" in pagina
    assert passate[0].codice in pagina
    assert passate[1].codice not in pagina
    assert Segnalazione.objects.get(pk=passate[2].pk).ufficio is None, "nothing was written"


def test_a_rule_is_tried_in_its_place_before_it_is_saved(
    urp: Client, passate: list[Segnalazione], regola: Regola, luce: Ufficio
) -> None:
    risposta = urp.post(regola.url(), dati(che="prova", ufficio="luce"))
    pagina = risposta.content.decode()
    assert risposta.status_code == 200
    assert passate[1].codice in pagina
    assert passate[0].codice not in pagina
    regola.refresh_from_db()
    assert (regola.ufficio.slug, regola.versione) == ("strade", 1)


def test_one_report_is_tried_by_its_number(urp: Client, passate: list[Segnalazione], regola: Regola) -> None:
    pagina = urp.get(PROVA, {"numero": passate[0].codice}).content.decode()
    assert "<strong>la prende</strong>" in pagina
    assert urp.get(PROVA, {"numero": "LU-0000-0000"}).status_code == 422
    assert urp.get(PROVA, {"numero": "buca"}).status_code == 422


def test_a_broken_rule_is_said_in_the_preview(urp: Client, passate: list[Segnalazione], regola: Regola) -> None:
    Regola.objects.filter(pk=regola.pk).update(risposte=[["sparita", "si"]])
    pagina = urp.get(PROVA).content.decode()
    assert "«sparita»" in pagina
    assert "(3 volte)" in pagina
    assert Regola.objects.get(pk=regola.pk).guasto == "", "a trial writes nothing"


@pytest.mark.parametrize("url", [ELENCO, PROVA])
def test_pages_cost_the_same_whatever_the_number_of_rules_and_reports(
    urp: Client,
    buche: Categoria,
    anna: User,
    carla: User,
    strade: Ufficio,
    url: str,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(12):
        actions.crea_regola(DatiRegola(f"n. {n}", strade, categorie=["luce"]), operatore=carla)
        segnala(buche, autore=anna)
    with django_assert_max_num_queries(12):
        assert urp.get(url).status_code == 200


def test_a_rule_written_by_hand_in_the_address_does_not_exist(urp: Client) -> None:
    assert urp.get("/scrivania/regole/999/").status_code == 404


def test_a_case_assigned_by_a_rule_says_so_at_the_desk(
    urp: Client, regola: Regola, buche: Categoria, anna: User
) -> None:
    caso = segnala(buche, autore=anna)
    pagina = urp.get(caso.url_scrivania()).content.decode()
    assert f"Assegnata dalla regola {regola.pk}, «Buche»." in pagina
    assert "in automatico" in pagina
    assert "regola" not in urp.get(caso.url()).content.decode(), "which rule it was is not the public's"
    assert porta_a(caso, "in_lavorazione").stato == "in_lavorazione"
