"""Who else is looking at a case: colleagues see one another come, write and go; nobody else sees anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core import presenza
from core.presenza import GUARDA, SCADE, SCRIVE
from core.tempo import adesso, fermo_a
from segnalazioni import consumers
from segnalazioni.actions import gruppo_note
from segnalazioni.models import Segnalazione
from tests.aiuti import porta_a
from tests.segnalazioni.test_diretta import Filo, in_diretta

QUI, SCRIVO = '{"qui":"guarda"}', '{"qui":"scrive"}'


@pytest.fixture
def caso(buca: Segnalazione, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report, at the office of the roads."""
    return porta_a(buca, "assegnata")


def banco(caso: Segnalazione) -> str:
    """Address of the desk's socket of a case."""
    return f"/ws/scrivania/segnalazioni/{caso.codice}/"


def chi_c_e(client: Client, caso: Segnalazione, chi: User) -> str:
    """What this colleague's page says of the others."""
    client.force_login(chi)
    return str(client.get(reverse("scrivania:presenti", kwargs={"codice": caso.codice})).content.decode())


# --- the store ----------------------------------------------------------------------------------------------


def test_somebody_comes_writes_and_goes() -> None:
    assert presenza.segna("cosa", 1, "a", GUARDA)
    assert not presenza.segna("cosa", 1, "a", GUARDA)
    assert presenza.segna("cosa", 1, "a", SCRIVE)
    assert presenza.presenti("cosa", [1, 2]) == {1: SCRIVE}
    assert presenza.togli("cosa", 1, "a")
    assert presenza.presenti("cosa", [1, 2]) == {}


def test_two_tabs_are_one_person() -> None:
    presenza.segna("cosa", 1, "a", GUARDA)
    assert not presenza.segna("cosa", 1, "b", GUARDA)
    assert not presenza.togli("cosa", 1, "a")
    assert presenza.presenti("cosa", [1]) == {1: GUARDA}


def test_who_says_nothing_for_forty_seconds_has_left() -> None:
    ora = adesso()
    with fermo_a(ora):
        presenza.segna("cosa", 1, "a", GUARDA)
    with fermo_a(ora + timedelta(seconds=SCADE - 1)):
        assert presenza.presenti("cosa", [1]) == {1: GUARDA}
    with fermo_a(ora + timedelta(seconds=SCADE + 1)):
        assert presenza.presenti("cosa", [1]) == {}
        assert presenza.segna("cosa", 1, "a", GUARDA)  # back again: seen anew


# --- the door -----------------------------------------------------------------------------------------------


def test_the_others_are_named_and_oneself_is_not(
    client: Client, caso: Segnalazione, elena: User, dario: User, carla: User
) -> None:
    stanza = gruppo_note(caso.codice)
    for chi, che in ((elena, GUARDA), (dario, SCRIVE)):
        presenza.segna(stanza, chi.pk, "scheda", che)
    vede = chi_c_e(client, caso, carla)
    assert "Elena Esposito sta guardando questa segnalazione" in vede
    assert "Dario Dini sta scrivendo" in vede
    assert "Elena" not in chi_c_e(client, caso, elena)


def test_who_no_longer_has_the_case_is_not_named(
    client: Client, caso: Segnalazione, fabio: User, anna: User, carla: User
) -> None:
    for chi in (fabio, anna):
        presenza.segna(gruppo_note(caso.codice), chi.pk, "scheda", GUARDA)
    assert chi_c_e(client, caso, carla).strip() == ""


def test_the_page_costs_few_queries(
    client: Client, caso: Segnalazione, elena: User, carla: User, django_assert_max_num_queries: Any
) -> None:
    presenza.segna(gruppo_note(caso.codice), elena.pk, "scheda", GUARDA)
    chi_c_e(client, caso, carla)
    with django_assert_max_num_queries(5):
        client.get(reverse("scrivania:presenti", kwargs={"codice": caso.codice}))


# --- the socket ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_colleagues_hear_of_one_another(client: Client, caso: Segnalazione, elena: User, carla: User):
    async def prova() -> list[Any]:
        sua, di_lei = Filo(banco(caso), carla), Filo(banco(caso), elena)
        for filo in (sua, di_lei):
            await filo.apri()
            assert "versione" in await filo.parola()
        await di_lei.di(text=QUI)
        sentite = [await _presenti(sua)]
        await di_lei.di(text=QUI)  # nothing new: nothing is said
        await di_lei.di(text=SCRIVO)
        sentite.append(await _presenti(sua))
        await di_lei.chiudi()
        sentite.append(await _presenti(sua))
        await sua.chiudi()
        return sentite

    assert in_diretta(prova) == [{"presenti": True}] * 3
    assert chi_c_e(client, caso, carla).strip() == ""


async def _presenti(filo: Filo) -> Any:
    """The next word that is not about a version: announcements of the set-up may still be on their way."""
    while "versione" in (parola := await filo.parola()):
        continue
    return parola


@pytest.mark.django_db(transaction=True)
def test_a_citizens_page_hears_nothing_and_says_nothing(caso: Segnalazione, elena: User, anna: User) -> None:
    async def prova() -> bool:
        pubblica = Filo(f"/ws/segnalazioni/{caso.codice}/", anna)
        di_lei = Filo(banco(caso), elena)
        for filo in (pubblica, di_lei):
            await filo.apri()
            await filo.parola()
        await pubblica.di(text=QUI)
        await di_lei.di(text=QUI)
        parole = []
        while not await pubblica.app.receive_nothing(timeout=0.3):
            parole.append(await pubblica.parola())
        for filo in (pubblica, di_lei):
            await filo.chiudi()
        return all("versione" in parola for parola in parole)

    assert in_diretta(prova)
    assert presenza.presenti(gruppo_note(caso.codice), [anna.pk]) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("parola", ["ciao", '{"qui":"dorme"}', "[[[", "x" * 10_000, None])
def test_whoever_says_something_else_is_hung_up_on(caso: Segnalazione, elena: User, parola: str | None) -> None:
    async def prova() -> dict[str, Any]:
        filo = Filo(banco(caso), elena)
        await filo.apri()
        await filo.parola()
        await filo.di(**({"text": parola} if parola else {"bytes": b"\x00"}))
        return await _fine(filo)

    assert in_diretta(prova) == {"type": "websocket.close", "code": consumers.TROPPE_PAROLE}


@pytest.mark.django_db(transaction=True)
def test_whoever_says_it_too_often_is_hung_up_on(caso: Segnalazione, elena: User) -> None:
    async def prova() -> dict[str, Any]:
        filo = Filo(banco(caso), elena)
        await filo.apri()
        await filo.parola()
        for _volta in range(consumers.PAROLE_AL_MINUTO + 1):
            await filo.di(text=QUI)
        return await _fine(filo)

    assert in_diretta(prova) == {"type": "websocket.close", "code": consumers.TROPPE_PAROLE}


async def _fine(filo: Filo) -> dict[str, Any]:
    while (uscita := await filo.fine())["type"] == "websocket.send":
        continue
    return uscita


@pytest.mark.django_db(transaction=True)
def test_the_socket_is_closed_to_other_offices_and_to_citizens(caso: Segnalazione, fabio: User, anna: User) -> None:
    async def prova() -> list[str]:
        esiti = []
        for chi in (fabio, anna, AnonymousUser()):
            filo = Filo(banco(caso), chi)  # type: ignore[arg-type]
            esiti.append(str((await filo.apri())["type"]))
            await filo.chiudi()
        return esiti

    assert in_diretta(prova) == ["websocket.close"] * 3
