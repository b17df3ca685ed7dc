"""Held side by side at the desk, joined with what everybody will read; refused by an office and given again."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from ascolto.models import Visibilita
from comune.models import Ufficio
from segnalazioni import actions
from segnalazioni.actions import DatiRegola
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.somiglianza import somiglianza
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.scrivania import dati_di, url_passo


@pytest.fixture
def sua(buche: Categoria, bruno: User) -> Segnalazione:
    """Bruno's report of the same hole, some metres further."""
    return segnala(buche, autore=bruno, lat=43.8431, testo="C’è una buca profonda, ci cadono le bici.")


def confronto(uno: Segnalazione, altro: Segnalazione) -> str:
    """Address of the page of both."""
    return reverse("scrivania:confronta", kwargs={"codice": uno.codice, "altro": altro.codice})


# --- candidates -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uno", "altro", "simili"),
    [
        ("Buca profonda davanti al civico 12", "Le buche davanti alla scuola sono profonde", True),
        ("Lampione spento in via del Fosso", "Il lampione è rotto, è tutto buio", False),
        ("Albero caduto sul vialetto", "Sacchi di rifiuti per terra", False),
        ("", "Buca", False),
    ],
)
def test_texts_are_compared_by_what_they_say(uno: str, altro: str, simili: bool) -> None:
    assert (somiglianza(uno, altro).quanto >= 0.6) is simili


def test_candidates_say_how_far_how_long_ago_and_which_words(
    client: Client, buca: Segnalazione, sua: Segnalazione, carla: User
) -> None:
    client.force_login(carla)
    pagina = client.get(buca.url_scrivania()).content.decode()
    assert "22 m · lo stesso giorno" in pagina
    assert "parole in comune: buca, profonda, cade, bici" in pagina
    assert confronto(buca, sua) in pagina


@pytest.mark.parametrize(
    ("altro", "proposta"),
    [
        ({"lat": 43.8431, "testo": "Tutt’altre parole"}, True),  # same category, near: enough
        ({"lat": 43.8460, "testo": "Tutt’altre parole"}, False),  # 340 m
        ({"lat": 43.8460}, True),  # 340 m, the same words
        ({"lat": 43.9}, False),  # kilometres, the same words
        ({"lat": None, "lon": None, "indirizzo": ""}, True),  # nobody knows where, the same words
        ({"lat": None, "lon": None, "indirizzo": "", "testo": "Altro"}, False),
    ],
)
def test_what_is_a_candidate(
    client: Client, buca: Segnalazione, carla: User, altro: dict[str, Any], proposta: bool
) -> None:
    altra = segnala(buca.categoria, **altro)
    client.force_login(carla)
    assert (altra.codice in client.get(buca.url_scrivania()).content.decode()) is proposta


# --- side by side -----------------------------------------------------------------------------------------


def test_the_two_stand_side_by_side_with_what_everybody_will_read(
    client: Client, buca: Segnalazione, sua: Segnalazione, carla: User
) -> None:
    client.force_login(carla)
    pagina = client.get(confronto(sua, buca)).content.decode()
    for parola in (buca.codice, sua.codice, "ci cadono le bici", "davanti al civico 12", "22 m", "1 persona"):
        assert parola in pagina
    assert "Unita a un’altra segnalazione" in pagina  # the preview
    assert f"È lo stesso problema di {buca.codice}" in pagina
    dati = dati_di(sua, originale=buca.codice, testo="È la stessa.", nota="")
    assert client.post(url_passo(sua, "unisci"), dati).status_code == 302
    assert "Unita a questa: 1" in client.get(buca.url_scrivania()).content.decode()
    assert "non si possono unire" in client.get(confronto(buca, sua)).content.decode()


def test_beside_a_private_one_the_page_warns_and_proposes_no_title(
    client: Client, buca: Segnalazione, sua: Segnalazione, carla: User
) -> None:
    buca.contributo.visibilita = Visibilita.PRIVATA
    buca.contributo.save()
    client.force_login(carla)
    pagina = client.get(confronto(sua, buca)).content.decode()
    assert "nemmeno il titolo" in pagina
    assert "un’altra segnalazione, che non è pubblica" in pagina
    assert f"problema di {buca.codice}" not in pagina


@pytest.mark.parametrize(("chi", "esito"), [("carla", 200), ("elena", 200), ("fabio", 404), ("anna", 403)])
def test_who_may_hold_them_side_by_side(
    request: Any, client: Client, buca: Segnalazione, sua: Segnalazione, elena: User, carla: User, chi: str, esito: int
) -> None:
    """The office that has the first one; the second is public, or theirs."""
    caso = porta_a(sua, Stato.ASSEGNATA)
    client.force_login(request.getfixturevalue(chi))
    assert client.get(confronto(caso, buca)).status_code == esito
    buca.contributo.visibilita = Visibilita.PRIVATA
    buca.contributo.save()
    assert client.get(confronto(caso, buca)).status_code == {"elena": 404}.get(chi, esito)


def test_a_case_is_not_held_beside_itself_or_nothing(client: Client, buca: Segnalazione, carla: User) -> None:
    client.force_login(carla)
    assert client.get(confronto(buca, buca)).status_code == 404
    sconosciuta = reverse("scrivania:confronta", kwargs={"codice": buca.codice, "altro": "LU-0000-0000"})
    assert client.get(sconosciuta).status_code == 404
    assert client.post(confronto(buca, buca)).status_code == 405


def test_the_page_costs_the_same_however_many_photos(
    client: Client, buca: Segnalazione, sua: Segnalazione, carla: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(carla)
    with django_assert_max_num_queries(25):
        client.get(confronto(sua, buca))


# --- refused by an office ---------------------------------------------------------------------------------


def test_what_an_office_refuses_stands_in_a_list_with_the_reason(
    client: Client, buca: Segnalazione, sua: Segnalazione, elena: User, carla: User
) -> None:
    caso = porta_a(buca, Stato.ASSEGNATA)
    actions.rifiuta(caso, operatore=elena, nota="È strada provinciale.")
    client.force_login(carla)
    pagina = client.get("/scrivania/segnalazioni/?elenco=rifiutate").content.decode()
    assert "tornata indietro: «È strada provinciale.»" in pagina
    assert sua.codice not in pagina
    client.force_login(elena)
    assert "Rifiutate" not in client.get("/scrivania/segnalazioni/").content.decode()


def test_assigning_again_warns_of_who_has_refused(
    client: Client, buca: Segnalazione, elena: User, carla: User, strade: Ufficio, luce: Ufficio, fabio: User
) -> None:
    caso = actions.rifiuta(porta_a(buca, Stato.ASSEGNATA), operatore=elena, nota="Non è nostra.")
    client.force_login(carla)
    pagina = client.get(f"{caso.url_scrivania()}?passo=assegna").content.decode()
    assert "Strade e viabilità – l’ha già rifiutata" in pagina
    assert "«Non è nostra.»" in pagina
    assert '<option value="strade" selected' not in pagina, "it would answer for the category, had it not refused"
    caso = actions.assegna(caso, operatore=carla, ufficio=luce)
    caso = actions.rifiuta(caso, operatore=fabio, nota="Nemmeno nostra.")
    assert "2 uffici finora, 2 rifiuti" in client.get(caso.url_scrivania()).content.decode()
    assert "rifiutata 2 volte" in client.get("/scrivania/segnalazioni/?elenco=rifiutate").content.decode()


def test_the_rules_propose_the_next_office_and_never_one_that_has_refused(
    client: Client, buche: Categoria, anna: User, elena: User, carla: User, strade: Ufficio, luce: Ufficio
) -> None:
    for nome, ufficio in (("Prima", strade), ("Seconda", luce)):
        actions.crea_regola(DatiRegola(nome, ufficio, categorie=["prova-buche"]), operatore=carla)
    caso = segnala(buche, autore=anna)
    assert caso.ufficio == strade
    caso = actions.rifiuta(caso, operatore=elena, nota="No.")
    assert (caso.stato, caso.ufficio) == (Stato.RICEVUTA, None), "no rule takes it by itself again"
    client.force_login(carla)
    assert '<option value="luce" selected' in client.get(f"{caso.url_scrivania()}?passo=assegna").content.decode()


def test_citizens_do_not_read_why_an_office_refused(
    client: Client, buca: Segnalazione, elena: User, anna: User
) -> None:
    caso = actions.rifiuta(porta_a(buca, Stato.ASSEGNATA), operatore=elena, nota="Roba loro.")
    client.force_login(anna)
    pagina = client.get(caso.url()).content.decode()
    assert "Tornata all’URP" in pagina
    assert "Roba loro" not in pagina
