"""Private, removed, never confirmed, unknown and impossible numbers: nobody can tell one from the other.

Status, headers, body and the work done (its queries: time follows them; medians are measured by `make bench`), in the
page, its fragment, photos, thumbnails, doors that take a form, the socket, the lists, and the file that colleagues
print. Covered originals are nowhere.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ascolto.models import Visibilita
from segnalazioni import actions
from tests.aiuti import segnala
from tests.segnalazioni.cittadini import GIULIA, con_foto, privata, rendi

SCONOSCIUTO = "LU-7K3F-92Q7"
IMPOSSIBILI = ("LU-7K3F-92Q8", "boh", "LU-00000000000", "nessuna")
FORME = {
    "privata": lambda buche, anna: privata(buche, autore=anna),
    "rimossa": lambda buche, anna: rendi(segnala(buche, autore=anna), Visibilita.RIMOSSA),
    "rimossa e coperta": lambda buche, anna: rendi(segnala(buche, autore=anna), Visibilita.RIMOSSA),
    "mai confermata": lambda buche, anna: segnala(buche, email=GIULIA),
    "scartata": lambda buche, anna: actions.scarta(segnala(buche, email=GIULIA)),
}
PORTE: dict[str, tuple[str, str, dict[str, str]]] = {
    "pagina": ("scheda", "get", {}),
    "frammento": ("stato", "get", {}),
    "foto": ("foto", "get", {}),
    "miniatura": ("foto", "get", {"piccola": "1"}),
    "segui": ("segui", "post", {"che": "firma"}),
    "segui con la mail": ("segui", "post", {"che": "segui", "email": "x@example.org"}),
    "rispondi": ("rispondi", "post", {"testo": "Ecco"}),
    "ritira": ("ritira", "post", {}),
    "ricevuta": ("inviata", "get", {}),
}


def bussa(client: Client, porta: str, codice: str, uid: Any) -> Any:
    nome, metodo, dati = PORTE[porta]
    kwargs = {"codice": codice} | ({"uid": uid} if nome == "foto" else {})
    return getattr(client, metodo)(reverse(f"segnalazioni:{nome}", kwargs=kwargs), dati)


def aspetto(risposta: Any, codice: str) -> tuple[int, dict[str, str], str]:
    """Status, headers, body; without the number that was asked for and what is another at each answer."""
    intestazioni = {k: v for k, v in risposta.headers.items() if k not in ("X-Request-ID", "Content-Length")}
    corpo = re.sub(r'value="[A-Za-z0-9]{64}"', "", risposta.content.decode()).replace(codice, "")
    return risposta.status_code, intestazioni, corpo


def lavoro(atto: Any) -> list[str]:
    """The queries of an answer, without their values."""
    with CaptureQueriesContext(connection) as presi:
        atto()
    return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in presi]


@pytest.mark.parametrize("porta", PORTE)
@pytest.mark.parametrize("forma", FORME)
def test_an_answer_says_nothing_and_neither_does_its_work(buche, anna, carla, forma, porta):
    caso = FORME[forma](buche, anna)
    uid = con_foto(caso)[0].uid
    client = Client()
    bussa(client, porta, SCONOSCIUTO, uid)  # what is remembered between requests is remembered now
    sua, nessuna = bussa(client, porta, caso.codice, uid), bussa(client, porta, SCONOSCIUTO, uuid4())
    assert sua.status_code == 404
    assert aspetto(sua, caso.codice) == aspetto(nessuna, SCONOSCIUTO)
    assert len(sua.content) == len(nessuna.content)
    assert lavoro(lambda: bussa(client, porta, caso.codice, uid)) == lavoro(
        lambda: bussa(client, porta, SCONOSCIUTO, uuid4())
    )


@pytest.mark.parametrize("codice", IMPOSSIBILI)
@pytest.mark.parametrize("porta", [nome for nome, (_porta, metodo, _dati) in PORTE.items() if metodo == "get"])
def test_a_number_that_cannot_be_is_not_found_alike(codice, porta, db):
    client, uid = Client(), uuid4()
    impossibile, nessuna = bussa(client, porta, codice, uid), bussa(client, porta, SCONOSCIUTO, uid)
    assert aspetto(impossibile, codice)[::2] == aspetto(nessuna, SCONOSCIUTO)[::2]


@pytest.mark.parametrize("forma", FORME)
def test_no_list_names_it(buche, anna, forma):
    visibile = segnala(buche, autore=anna)
    caso = FORME[forma](buche, anna)
    for nome in ("segnalazioni:elenco", "segnalazioni:feed", "segnalazioni:csv"):
        risposta = Client().get(reverse(nome))
        corpo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
        assert caso.codice not in corpo.decode()
        assert (visibile.codice in corpo.decode()) or forma == "privata"
    assert caso.codice not in Client().get("/").content.decode()


@pytest.mark.parametrize("forma", ["privata", "rimossa"])
def test_the_file_that_colleagues_print_is_theirs_alone(client, buche, anna, fabio, elena, carla, forma):
    caso = FORME[forma](buche, anna)
    url = reverse("scrivania:fascicolo", kwargs={"codice": caso.codice})
    nessuno = reverse("scrivania:fascicolo", kwargs={"codice": SCONOSCIUTO})
    client.force_login(fabio)
    assert aspetto(client.get(url), caso.codice) == aspetto(client.get(nessuno), SCONOSCIUTO)
    assert client.get(url).status_code == 404
    client.force_login(carla)
    assert client.get(url).status_code == 200, "the URP works on it whoever may read it"


def test_what_was_public_and_was_removed_answers_like_what_never_was(buche, anna, carla):
    caso = segnala(buche, autore=anna)
    foto = con_foto(caso)[0]
    client = Client()
    prima = client.get(caso.url("stato"))
    assert prima.status_code == 200
    actions.cambia_visibilita(caso, operatore=carla, perche=actions.Perche("offese"), visibilita=Visibilita.RIMOSSA)
    for porta in ("pagina", "frammento", "foto", "miniatura"):
        assert bussa(client, porta, caso.codice, foto.uid).status_code == 404
    assert client.get(caso.url("stato"), headers={"if-none-match": prima["ETag"]}).status_code == 404
