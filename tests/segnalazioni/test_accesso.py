"""Who may see a case, at every door: a private case and a number that does not exist answer the same thing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from ascolto.models import Contributo, Visibilita
from core.codici import nuovo_codice
from core.tempo import adesso, fermo_a
from segnalazioni import actions
from segnalazioni.accesso import RICORDI, Visitatore, cerca, ha_inviato, ricorda_inviata, segno_del_browser
from segnalazioni.models import Categoria, Segnalazione
from tests.aiuti import segnala
from tests.segnalazioni.cittadini import (
    GIULIA,
    INESISTENTE,
    browser_che_ha_inviato,
    browser_con_la_casella,
    con_foto,
    privata,
    rendi,
)

CODICE_INESISTENTE = INESISTENTE.split("/")[2]
UID = uuid4()

# Every door of the citizen's side, as (name, method, what it takes).
PORTE: list[tuple[str, str, dict[str, Any]]] = [
    ("scheda", "get", {}),
    ("stato", "get", {}),
    ("inviata", "get", {}),
    ("inviata", "post", {"che": "rimanda"}),
    ("foto", "get", {}),
    ("segui", "get", {}),
    ("segui", "post", {"che": "firma"}),
    ("rispondi", "get", {}),
    ("rispondi", "post", {"testo": "Tutta la fila."}),
    ("ritira", "get", {}),
    ("ritira", "post", {}),
]


def indirizzo(porta: str, codice: str, uid: object = UID) -> str:
    """The address of a door."""
    dati: dict[str, Any] = {"codice": codice} | ({"uid": uid} if porta == "foto" else {})
    return reverse(f"segnalazioni:{porta}", kwargs=dati)


def bussa(client: Client, porta: str, metodo: str, dati: dict[str, Any], codice: str, uid: object = UID) -> Any:
    """One request at a door."""
    return getattr(client, metodo)(indirizzo(porta, codice, uid), dati)


def spoglia(risposta: Any, codice: str) -> tuple[int, dict[str, str], str]:
    """What an answer gives away: status, headers, words; without what differs each time and the number asked for."""
    intestazioni = {k: v for k, v in risposta.headers.items() if k not in ("X-Request-ID", "Content-Length")}
    corpo = re.sub(r'value="[A-Za-z0-9]{64}"', "", risposta.content.decode()).replace(codice, "")
    return risposta.status_code, intestazioni, corpo


# --- nobody's business -------------------------------------------------------------------------------------


def _privata(buche: Categoria, anna: User) -> Segnalazione:
    return privata(buche, autore=anna)


def _rimossa(buche: Categoria, anna: User) -> Segnalazione:
    return rendi(segnala(buche, autore=anna), Visibilita.RIMOSSA)


def _da_confermare(buche: Categoria, anna: User) -> Segnalazione:
    return segnala(buche, email=GIULIA)


def _scartata(buche: Categoria, anna: User) -> Segnalazione:
    return actions.scarta(segnala(buche, email=GIULIA))


NASCOSTE = [_privata, _rimossa, _da_confermare, _scartata]


@pytest.mark.parametrize(("porta", "metodo", "dati"), PORTE)
@pytest.mark.parametrize("fai", NASCOSTE)
def test_what_is_hidden_answers_like_what_does_not_exist(
    fai: Callable[..., Segnalazione], porta: str, metodo: str, dati: dict[str, Any], buche: Categoria, anna: User
) -> None:
    caso = fai(buche, anna)
    uid = con_foto(caso)[0].uid if porta == "foto" else UID
    nascosta = bussa(Client(), porta, metodo, dati, caso.codice, uid)
    inesistente = bussa(Client(), porta, metodo, dati, CODICE_INESISTENTE, uid)
    assert nascosta.status_code == 404
    assert spoglia(nascosta, caso.codice) == spoglia(inesistente, CODICE_INESISTENTE)


@pytest.mark.parametrize("fai", NASCOSTE)
def test_the_same_work_is_done_for_both(fai: Callable[..., Segnalazione], buche: Categoria, anna: User) -> None:
    caso = fai(buche, anna)
    client = Client()
    client.get(INESISTENTE)  # what is remembered between requests is remembered now
    with CaptureQueriesContext(connection) as per_la_nascosta:
        client.get(caso.url())
    with CaptureQueriesContext(connection) as per_l_inesistente:
        client.get(INESISTENTE)
    forme = [[re.sub(r"'[^']*'|\d+", "?", q["sql"]) for q in giro] for giro in (per_la_nascosta, per_l_inesistente)]
    assert forme[0] == forme[1]


def test_a_neighbour_with_an_account_does_not_see_a_private_case(
    client: Client, bruno: User, anna: User, buche: Categoria
) -> None:
    caso = privata(buche, autore=anna)
    client.force_login(bruno)
    assert client.get(caso.url()).status_code == 404


def test_colleagues_read_at_their_desk_here_they_are_citizens(
    client: Client, carla: User, anna: User, buche: Categoria
) -> None:
    caso = privata(buche, autore=anna)
    client.force_login(carla)
    assert client.get(caso.url()).status_code == 404


def test_who_follows_a_case_that_became_private_does_not_see_it(
    client: Client, bruno: User, buca: Segnalazione
) -> None:
    actions.segui(buca, firma=True, utente=bruno)
    rendi(buca, Visibilita.PRIVATA)
    client.force_login(bruno)
    assert client.get(buca.url()).status_code == 404


# --- the reporter's own --------------------------------------------------------------------------------------


def test_anna_sees_her_own_private_case(client: Client, anna: User, buche: Categoria) -> None:
    caso = privata(buche, autore=anna)
    client.force_login(anna)
    risposta = client.get(caso.url())
    assert risposta.status_code == 200
    assert risposta["Cache-Control"] == "private, no-store"
    assert risposta["X-Robots-Tag"] == "noindex"


def test_nobody_sees_what_was_removed_not_even_who_wrote_it(client: Client, anna: User, buca: Segnalazione) -> None:
    rendi(buca, Visibilita.RIMOSSA)
    client.force_login(anna)
    assert client.get(buca.url()).status_code == 404


def test_the_browser_that_filed_sees_the_case_for_a_day(buche: Categoria) -> None:
    caso = segnala(buche, email=GIULIA)
    client = browser_che_ha_inviato(caso)
    assert client.get(caso.url()).status_code == 200
    with fermo_a(adesso() + timedelta(hours=23)):
        assert client.get(caso.url()).status_code == 200
    with fermo_a(adesso() + timedelta(hours=25)):
        assert client.get(caso.url()).status_code == 404


def test_the_browser_that_filed_one_case_sees_no_other(buche: Categoria) -> None:
    client = browser_che_ha_inviato(segnala(buche, email=GIULIA))
    assert client.get(segnala(buche, email="altra@example.org").url()).status_code == 404


def test_the_mailed_link_opens_a_private_case_for_a_day(buche: Categoria) -> None:
    caso = privata(buche, email=GIULIA)
    client = browser_con_la_casella(caso)
    assert client.get(caso.url()).status_code == 200
    assert Client().get(caso.url()).status_code == 404, "only in that browser"
    with fermo_a(adesso() + timedelta(hours=25)):
        assert client.get(caso.url()).status_code == 404


def test_the_account_that_filed_anonymously_in_another_browser_is_not_recognised(
    client: Client, anna: User, buche: Categoria
) -> None:
    caso = privata(buche)
    client.force_login(anna)
    assert client.get(caso.url()).status_code == 404
    assert browser_che_ha_inviato(caso).get(caso.url()).status_code == 200


# --- role × door on a public case ---------------------------------------------------------------------------

ATTESO = {
    # porta, metodo: (a stranger, Bruno with an account, Anna who reported)
    ("scheda", "get"): (200, 200, 200),
    ("stato", "get"): (200, 200, 200),
    ("inviata", "get"): (404, 404, 200),
    ("inviata", "post"): (404, 404, 409),  # there is nothing left to confirm
    ("foto", "get"): (200, 200, 200),
    ("segui", "get"): (302, 302, 302),
    ("segui", "post"): (302, 302, 302),
    ("rispondi", "get"): (302, 302, 302),
    ("rispondi", "post"): (403, 403, 409),  # nobody has asked anything
    ("ritira", "get"): (302, 302, 302),
    ("ritira", "post"): (403, 403, 302),
}


@pytest.mark.parametrize(("porta", "metodo", "dati"), PORTE)
def test_each_door_opens_to_whom_it_should(
    porta: str, metodo: str, dati: dict[str, Any], buca: Segnalazione, bruno: User, anna: User
) -> None:
    uid = con_foto(buca)[0].uid
    trovati = []
    for chi in (None, bruno, anna):
        client = Client()
        if chi:
            client.force_login(chi)
        trovati.append(bussa(client, porta, metodo, dati, buca.codice, uid).status_code)
    assert tuple(trovati) == ATTESO[porta, metodo]


@pytest.mark.parametrize("porta", ["segui", "rispondi", "ritira"])
def test_a_foreign_form_is_refused(porta: str, buca: Segnalazione, anna: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna)
    assert client.post(indirizzo(porta, buca.codice), {"che": "firma"}).status_code == 403


# --- numbers as people write them ----------------------------------------------------------------------------


@pytest.mark.parametrize("scrivi", [str.lower, lambda c: c.replace("-", ""), lambda c: c.replace("0", "o")])
def test_a_number_written_in_another_way_leads_to_its_own_address(
    client: Client, buca: Segnalazione, scrivi: Callable[[str], str]
) -> None:
    codice = next(c for c in iter(nuovo_codice, "") if "0" in c)
    Contributo.objects.filter(pk=buca.contributo_id).update(codice=codice)
    risposta = client.get(f"/segnalazioni/{scrivi(codice)}/?da=qr")
    assert risposta.status_code == 301
    assert risposta["Location"] == f"/segnalazioni/{codice}/?da=qr"
    assert client.get(risposta["Location"]).status_code == 200


def test_so_does_one_that_does_not_exist_which_tells_nothing(client: Client) -> None:
    risposta = client.get(INESISTENTE.lower())
    assert (risposta.status_code, risposta["Location"]) == (301, INESISTENTE)


@pytest.mark.parametrize("codice", ["LU-7K3F-92Q8", "boh", "LU-7K3F", "nessuna", "🐟"])
def test_what_cannot_be_a_number_is_not_found(client: Client, codice: str, db: None) -> None:
    assert client.get(f"/segnalazioni/{codice}/").status_code == 404


# --- what a browser remembers ---------------------------------------------------------------------------------


def test_a_browser_remembers_the_newest_cases_only(buche: Categoria) -> None:
    session = SessionStore()
    casi = [segnala(buche) for _ in range(RICORDI + 1)]
    for ritardo, caso in enumerate(casi):
        with fermo_a(adesso() + timedelta(seconds=ritardo)):
            ricorda_inviata(session, caso)
    assert not ha_inviato(session, casi[0].codice)
    assert all(ha_inviato(session, caso.codice) for caso in casi[1:])


def test_the_sign_of_a_browser_is_given_once_and_is_not_the_session_key(db: None) -> None:
    session = SessionStore()
    assert segno_del_browser(session) == ""
    segno = segno_del_browser(session, nuovo=True)
    session.cycle_key()
    assert segno == segno_del_browser(session, nuovo=True) != ""
    assert segno not in str(dict(session.items())), "the session holds the sign, the row its digest"


def test_an_anonymous_report_is_known_as_such(buche: Categoria, anna: User) -> None:
    chi = Visitatore(AnonymousUser(), SessionStore())
    anonima, firmata = cerca(segnala(buche).codice, chi), cerca(segnala(buche, autore=anna).codice, chi)
    assert anonima is not None
    assert firmata is not None
    assert (anonima.anonima, firmata.anonima) == (True, False)
