"""Every address of the desk and of a case, found in the resolver itself.

A door that is added tomorrow is asked the same questions; a kind of value it takes that is not known here fails.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from ascolto.models import Visibilita
from segnalazioni import actions
from segnalazioni.models import Segnalazione
from tests.aiuti import porta_a
from tests.segnalazioni.scrivania import immagine

Porta = tuple[str, frozenset[str]]

SCONOSCIUTO = "LU-0000-0000"
# Doors of the desk that give nothing of anybody's to whoever asks, and why.
APERTE: dict[str, str] = {}


def _porte(inizio: str) -> list[Porta]:
    """(name with its namespace, names of its values) of each address that begins so."""

    def cerca(parti: list[URLPattern | URLResolver], prima: str, spazio: str) -> Iterator[Porta]:
        for parte in parti:
            percorso = prima + str(parte.pattern)
            if isinstance(parte, URLResolver):
                dentro = f"{spazio}{parte.namespace}:" if parte.namespace else spazio
                yield from cerca(parte.url_patterns, percorso, dentro)
            elif percorso.startswith(inizio) and parte.name:
                yield f"{spazio}{parte.name}", frozenset(re.findall(r"<(?:\w+:)?(\w+)>", percorso))

    return sorted(cerca(get_resolver().url_patterns, "", ""))


SCRIVANIA = _porte("scrivania/")
DI_UN_CASO = [porta for porta in _porte("segnalazioni/") if "codice" in porta[1]]


@pytest.fixture
def caso(buca: Segnalazione, elena: User, carla: User, dario: User) -> Segnalazione:
    """Anna's report, in the hands of Elena's office, with a photo."""
    actions.aggiungi_foto([immagine()], segnalazione=buca)
    return porta_a(buca, "in_lavorazione")


def _url(porta: Porta, caso: Segnalazione, *, codice: str = "") -> str:
    valori: dict[str, Any] = {
        "codice": codice or caso.codice,
        "altro": caso.codice,
        "uid": caso.foto.values_list("uid", flat=True)[0],
        "passo": "programma",
        "segreto": "x" * 22,
        "pk": 1,
    }
    nome, quali = porta
    return reverse(nome, kwargs={quale: valori[quale] for quale in quali})


def _risposte(client: Client, url: str) -> dict[str, Any]:
    """The answers to a look and to a form that says nothing."""
    return {"GET": client.get(url), "POST": client.post(url)}


def _stati(client: Client, url: str) -> set[int]:
    """Their statuses, without "not with this method"."""
    return {risposta.status_code for risposta in _risposte(client, url).values()} - {405}


def test_there_are_doors_to_try() -> None:
    assert len(SCRIVANIA) > 5
    assert len(DI_UN_CASO) > 5


@pytest.mark.parametrize("porta", SCRIVANIA, ids=lambda porta: porta[0])
def test_nobody_comes_to_the_desk_without_a_login(client: Client, caso: Segnalazione, porta: Porta) -> None:
    if porta[0] in APERTE:
        return
    for risposta in _risposte(client, _url(porta, caso)).values():
        if risposta.status_code == 405:
            continue
        assert risposta.status_code == 302
        assert risposta["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("porta", SCRIVANIA, ids=lambda porta: porta[0])
def test_a_citizen_is_refused_at_the_desk_even_the_reporter(
    client: Client, caso: Segnalazione, anna: User, porta: Porta
) -> None:
    if porta[0] in APERTE:
        return
    client.force_login(anna)
    assert _stati(client, _url(porta, caso)) == {403}


@pytest.mark.parametrize("porta", [p for p in SCRIVANIA if "codice" in p[1]], ids=lambda porta: porta[0])
def test_a_case_of_another_office_is_an_unknown_one(
    client: Client, caso: Segnalazione, fabio: User, porta: Porta
) -> None:
    client.force_login(fabio)
    assert _stati(client, _url(porta, caso)) <= {404, 403}  # 403: not a door for this role, whatever the number
    assert _stati(client, _url(porta, caso)) == _stati(client, _url(porta, caso, codice=SCONOSCIUTO))


@pytest.mark.parametrize("visibilita", [Visibilita.PRIVATA, Visibilita.RIMOSSA])
@pytest.mark.parametrize("porta", DI_UN_CASO, ids=lambda porta: porta[0])
def test_a_case_that_is_not_for_everybody_answers_as_an_unknown_one(
    client: Client, caso: Segnalazione, bruno: User, porta: Porta, visibilita: Visibilita
) -> None:
    caso.contributo.visibilita = visibilita
    caso.contributo.save(update_fields=["visibilita"])
    client.force_login(bruno)
    sua = _risposte(client, _url(porta, caso))
    nessuna = _risposte(client, _url(porta, caso, codice=SCONOSCIUTO))
    for metodo, risposta in sua.items():
        assert _senza_segni(risposta) == _senza_segni(nessuna[metodo])


def _senza_segni(risposta: Any) -> tuple[int, str]:
    """Status and body, without the token of forms (another at each answer) and the number that was asked for."""
    corpo = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", risposta.content.decode())
    return risposta.status_code, re.sub(r"LU-\w{4}-\w{4}", "", corpo)


def test_the_values_of_the_doors_are_right(caso: Segnalazione) -> None:
    assert all(_url(porta, caso) for porta in [*SCRIVANIA, *DI_UN_CASO])
    assert uuid.UUID(str(caso.foto.get().uid))
