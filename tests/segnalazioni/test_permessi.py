"""Who may open which door of the desk, and take which step: walked from the doors and from the workflow table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Incarico, Ruolo, Ufficio
from core.tempo import oggi
from segnalazioni import actions
from segnalazioni.actions import VERBI
from segnalazioni.models import Segnalazione
from segnalazioni.workflow import NASCOSTE, PROCEDURA, RuoloCaso
from tests.aiuti import fai, incarica, persona, porta_a, segnala
from tests.segnalazioni.scrivania import immagine, url_passo

Risposta = Any


@pytest.fixture
def caso(buca: Segnalazione, elena: User, carla: User, dario: User) -> Segnalazione:
    """Anna's report, in the hands of Elena's office, with a photo."""
    actions.aggiungi_foto([immagine()], segnalazione=buca)
    return porta_a(buca, "in_lavorazione")


@pytest.fixture
def rosa(db: None) -> User:
    """Administers the site: a superuser who holds no office."""
    return User.objects.create_superuser("rosa@example.org", "parola-di-prova-1")


@pytest.fixture
def gino(strade: Ufficio) -> User:
    """Worked at the office of the roads until yesterday."""
    gino = incarica(persona("Gino", is_staff=True), strade, Ruolo.OPERATORE)
    Incarico.objects.filter(utente=gino).update(al=oggi() - timedelta(days=1))
    return gino


def _passo(client: Client, caso: Segnalazione, *, porta: str = "passo") -> Risposta:
    url = reverse(f"scrivania:{porta}", kwargs={"codice": caso.codice, "passo": "riprendi"})
    if caso.stato != "programmata":
        url = reverse(f"scrivania:{porta}", kwargs={"codice": caso.codice, "passo": "programma"})
    dati = {"versione": caso.versione, "giorno": oggi() + timedelta(days=3), "testo": "Passiamo noi."}
    return client.post(url, dati)


def _foto(client: Client, caso: Segnalazione) -> Risposta:
    una = caso.foto.get()
    return client.get(reverse("scrivania:foto", kwargs={"codice": caso.codice, "uid": una.uid}))


def _senza_segni(risposta: Risposta) -> str:
    """The page without the token of its forms, another at each answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", risposta.content.decode())


PORTE: dict[str, Callable[[Client, Segnalazione], Risposta]] = {
    "coda": lambda client, caso: client.get(reverse("scrivania:coda")),
    "coda_righe": lambda client, caso: client.get(reverse("scrivania:coda_righe")),
    "caso": lambda client, caso: client.get(caso.url_scrivania()),
    "storia": lambda client, caso: client.get(caso.url_scrivania("storia")),
    "foto": _foto,
    "fascicolo": lambda client, caso: client.get(caso.url_scrivania("fascicolo")),
    "presenti": lambda client, caso: client.get(caso.url_scrivania("presenti")),
    "nota": lambda client, caso: client.post(
        caso.url_scrivania("nota"),
        {"annota-testo": "Passiamo noi.", "annota-chiave": str(uuid4())},
    ),
    "anteprima": lambda client, caso: _passo(client, caso, porta="anteprima"),
    "passo": _passo,
}
DI_UN_CASO = set(PORTE) - {"coda", "coda_righe"}
SOLO_MODULI = {"anteprima", "passo", "nota"}


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("chi", ["carla", "elena", "dario"])
def test_colleagues_of_the_case_come_in(request: Any, client: Client, caso: Segnalazione, porta: str, chi: str) -> None:
    client.force_login(request.getfixturevalue(chi))
    assert PORTE[porta](client, caso).status_code == (302 if porta in ("passo", "nota") else 200)


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("chi", ["anna", "bruno", "rosa", "gino"])
def test_who_holds_no_office_today_is_refused(
    request: Any, client: Client, caso: Segnalazione, porta: str, chi: str
) -> None:
    """Anna who reported it, her neighbour, a superuser, a former colleague: nobody of them works on it."""
    client.force_login(request.getfixturevalue(chi))
    assert PORTE[porta](client, caso).status_code == 403
    caso.refresh_from_db()
    assert caso.stato == "in_lavorazione"


@pytest.mark.parametrize("porta", PORTE)
def test_a_stranger_is_led_to_the_login_and_back(client: Client, caso: Segnalazione, porta: str) -> None:
    risposta = PORTE[porta](client, caso)
    if porta in SOLO_MODULI:  # what was typed comes back with the way to the login
        assert risposta.status_code == 403
        assert "Passiamo noi." in risposta.content.decode()
        assert f'href="{reverse("account_login")}?next={caso.url_scrivania()}"' in risposta.content.decode()
        return
    assert risposta.status_code == 302
    assert risposta["Location"].startswith(reverse("account_login"))


def test_a_form_without_words_leads_straight_to_the_login(client: Client, caso: Segnalazione) -> None:
    risposta = client.post(url_passo(caso, "prendi_in_carico"), {"versione": caso.versione})
    assert risposta["Location"] == f"{reverse('account_login')}?next={caso.url_scrivania()}"


def test_the_desk_has_a_front_door(client: Client, elena: User) -> None:
    client.force_login(elena)
    assert client.get("/scrivania/")["Location"] == reverse("scrivania:coda")


def test_a_number_in_small_letters_leads_to_its_case(client: Client, caso: Segnalazione, elena: User) -> None:
    client.force_login(elena)
    risposta = client.get(caso.url_scrivania().replace(caso.codice, caso.codice.lower()) + "?passo=risolvi")
    assert (risposta.status_code, risposta["Location"]) == (301, f"{caso.url_scrivania()}?passo=risolvi")


@pytest.mark.parametrize("porta", sorted(DI_UN_CASO))
def test_another_office_gets_the_answer_of_an_unknown_number(
    client: Client, caso: Segnalazione, fabio: User, porta: str
) -> None:
    client.force_login(fabio)
    risposta = PORTE[porta](client, caso)
    assert risposta.status_code == 404
    sconosciuta = Segnalazione(contributo=caso.contributo.__class__(codice="LU-0000-0000"), versione=caso.versione)
    if porta != "foto":
        assert _senza_segni(PORTE[porta](client, sconosciuta)) == _senza_segni(risposta)


def test_a_report_not_yet_confirmed_is_nobodys(client: Client, carla: User, buche: Any) -> None:
    attesa = segnala(buche, email="ospite@example.org")
    client.force_login(carla)
    assert client.get(attesa.url_scrivania()).status_code == 404


@pytest.mark.parametrize("porta", sorted(SOLO_MODULI))
def test_doors_that_take_a_form_take_nothing_else(client: Client, caso: Segnalazione, elena: User, porta: str) -> None:
    client.force_login(elena)
    kwargs = {"codice": caso.codice} | ({} if porta == "nota" else {"passo": "programma"})
    risposta = client.get(reverse(f"scrivania:{porta}", kwargs=kwargs))
    if porta == "nota":
        assert risposta["Location"] == f"{caso.url_scrivania()}#note"
    elif porta == "passo":  # reloaded after a refusal: the way back to the form
        assert risposta["Location"] == f"{caso.url_scrivania()}?passo=programma#lavoro"
    else:
        assert risposta.status_code == 405


@pytest.mark.parametrize("porta", ["coda", "coda_righe", "caso", "storia", "fascicolo", "presenti", "foto"])
def test_doors_that_show_take_no_form(client: Client, caso: Segnalazione, elena: User, porta: str) -> None:
    client.force_login(elena)
    kwargs = {"codice": caso.codice} if porta in DI_UN_CASO else {}
    if porta == "foto":
        kwargs["uid"] = str(caso.foto.get().uid)
    assert client.post(reverse(f"scrivania:{porta}", kwargs=kwargs)).status_code == 405


def test_a_step_from_another_site_is_refused(caso: Segnalazione, elena: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(elena)
    assert _passo(client, caso).status_code == 403
    caso.refresh_from_db()
    assert caso.stato == "in_lavorazione"


# --- step × role, from the table ----------------------------------------------------------------------------

_RUOLI = {RuoloCaso.URP: "carla", RuoloCaso.OPERATORE: "elena", RuoloCaso.RESPONSABILE: "dario"}
_RIGHE = [
    (stato, passo, ruolo)
    for stato in PROCEDURA.stati
    for passo in VERBI
    for ruolo in _RUOLI
    if stato not in NASCOSTE and PROCEDURA.cerca(stato, passo)
]


@pytest.mark.parametrize(("stato", "passo", "ruolo"), _RIGHE)
def test_a_step_is_taken_by_whom_the_table_names(
    request: Any,
    client: Client,
    buca: Segnalazione,
    carla: User,
    elena: User,
    dario: User,
    luce: Ufficio,
    stato: str,
    passo: str,
    ruolo: RuoloCaso,
) -> None:
    """302 for the roles of the line, 409 for the others; an office does not see what it has not been given."""
    caso, chi = porta_a(buca, stato), request.getfixturevalue(_RUOLI[ruolo])
    if (stato, passo) == ("preavviso_rigetto", "respingi"):
        caso = fai(caso, "osserva")  # before, there is still time to answer the preavviso
    dati = {
        "versione": caso.versione,
        "ufficio": luce.slug,
        "giorno": (oggi() + timedelta(days=9)).isoformat(),
        "ente": "Provincia di Lucca",
        "prova": "PEC del 3 novembre, n. 1234",
        "originale": segnala(caso.categoria).codice,
        "testo": "Siamo passati a vedere.",
        "nota": "Sentito il capocantiere.",
    }
    client.force_login(chi)
    risposta = client.post(reverse("scrivania:passo", kwargs={"codice": caso.codice, "passo": passo}), dati)
    riga = PROCEDURA.cerca(stato, passo)
    assert riga is not None
    si_vede = ruolo == RuoloCaso.URP or caso.ufficio is not None
    puo = ruolo in riga.chi
    assert risposta.status_code == (404 if not si_vede else 302 if puo else 409)
    versione, caso = caso.versione, Segnalazione.objects.get(pk=caso.pk)
    assert (caso.stato, caso.versione - versione) == ((riga.arrivo(stato), 1) if si_vede and puo else (stato, 0))


@pytest.mark.parametrize(
    "passo",
    ["conferma", "rispondi", "ritira", "archivia", "scarta", "prosegui", "scade", "sollecita", "osserva", "cancella"],
)
def test_steps_that_are_not_the_desks_do_not_exist(client: Client, caso: Segnalazione, carla: User, passo: str) -> None:
    """Those of the citizen, those of the system, and what somebody made up."""
    client.force_login(carla)
    url = reverse("scrivania:passo", kwargs={"codice": caso.codice, "passo": passo})
    assert client.post(url, {"versione": caso.versione, "testo": "forza"}).status_code == 404


def test_a_colleague_does_not_use_the_desk_to_act_as_citizen(client: Client, elena: User, buche: Any) -> None:
    """Elena reported a hole herself: contesting the answer is done on the public page, not at her desk."""
    sua = porta_a(segnala(buche, autore=elena), "risolta")
    client.force_login(elena)
    url = reverse("scrivania:passo", kwargs={"codice": sua.codice, "passo": "contesta"})
    assert client.post(url, {"versione": sua.versione, "testo": "Non va bene"}).status_code == 409
