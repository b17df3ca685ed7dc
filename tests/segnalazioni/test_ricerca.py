"""Searching reports: what anybody finds in the list, what colleagues find in the queue, and what nobody must find."""

from __future__ import annotations

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from core.ricerca import Documento
from segnalazioni import actions, models
from segnalazioni.actions.moderazione import Perche, copri_parole
from segnalazioni.actions.note import annota
from segnalazioni.models import Categoria, MotivoModerazione, Ricercabile, Segnalazione
from segnalazioni.ricerca import indicizza
from tests.aiuti import fai, porta_a, segnala

ELENCO, CODA = "/segnalazioni/", "/scrivania/segnalazioni/"


def nel_sito(client: Client, q: str) -> list[str]:
    """The numbers that anybody finds."""
    return [riga.caso.codice for riga in client.get(ELENCO, {"q": q}).context["righe"]]


def al_banco(client: Client, q: str) -> list[str]:
    """The numbers that a colleague finds among all."""
    pagina = client.get(CODA, {"elenco": "tutte", "q": q})
    return [riga.codice for fascia in pagina.context["fasce"] for riga in fascia.righe]


@pytest.mark.parametrize(
    "q",
    ["buche", "profonde", "BICI", "fillungo 12", "strade", '"buca profonda"', "profo", "marciapiede", "«via fillungo»"],
)
def test_anna_finds_her_report_by_any_form_of_its_words(client: Client, buca: Segnalazione, q: str) -> None:
    assert nel_sito(client, q) == [buca.codice]


@pytest.mark.parametrize("q", ["buca lampione", '"profonda buca"', "il", "%", "_", "'", "zanzare"])
def test_what_it_does_not_say_does_not_find_it(client: Client, buca: Segnalazione, q: str) -> None:
    assert nel_sito(client, q) == []


def test_a_part_of_the_number_is_enough(client: Client, buca: Segnalazione, carla: User) -> None:
    client.force_login(carla)
    assert al_banco(client, buca.codice.split("-")[1]) == [buca.codice]


def test_newest_first_not_by_how_well_they_fit(client: Client, buche: Categoria) -> None:
    prima = segnala(buche, testo="Buca, buca, buca. Una buca.")
    dopo = segnala(buche, testo="Marciapiede rotto vicino a una buca.")
    assert nel_sito(client, "buca") == [dopo.codice, prima.codice]


def test_what_the_office_answers_is_found_by_all_and_its_notes_by_colleagues(
    client: Client, buca: Segnalazione, elena: User
) -> None:
    caso = porta_a(buca, "in_lavorazione")
    actions.risolvi(caso, operatore=elena, testo="Rappezzo di conglomerato.", nota="Fattura della ditta Pieretti.")
    assert nel_sito(client, "conglomerati") == [buca.codice]
    assert nel_sito(client, "pieretti") == []
    client.force_login(elena)
    assert al_banco(client, "conglomerati") == [buca.codice]
    assert al_banco(client, "fatture pieretti") == [buca.codice]


def test_an_internal_note_is_found_by_colleagues_and_no_longer_once_it_is_corrected(
    client: Client, buca: Segnalazione, elena: User
) -> None:
    caso = porta_a(buca, "in_lavorazione")
    prima = annota(caso, operatore=elena, testo="Sentita la ditta Pieretti.", chiave=uuid4())
    client.force_login(elena)
    assert (nel_sito(client, "pieretti"), al_banco(client, "pieretti")) == ([], [buca.codice])
    annota(caso, operatore=elena, testo="Sentita la ditta Bertolucci.", chiave=uuid4(), corregge=prima)
    assert (al_banco(client, "pieretti"), al_banco(client, "bertolucci")) == ([], [buca.codice])


def test_a_private_report_is_found_only_at_the_desk(
    client: Client, buche: Categoria, anna: User, elena: User, fabio: User
) -> None:
    buche.pubblica = False
    buche.save()
    caso = porta_a(segnala(buche, autore=anna, testo="Il sottoscala è allagato."), "assegnata")
    assert nel_sito(client, "sottoscala") == []
    client.force_login(anna)
    assert nel_sito(client, "sottoscala") == []
    client.force_login(fabio)
    assert al_banco(client, "sottoscala") == []
    client.force_login(elena)
    assert al_banco(client, "sottoscala") == [caso.codice]


def test_a_report_that_nobody_has_confirmed_is_found_by_nobody(client: Client, buche: Categoria, carla: User) -> None:
    caso = segnala(buche, email="giulia@example.org", testo="Crepa nel muro.")
    client.force_login(carla)
    assert (nel_sito(client, "crepa"), al_banco(client, "crepa")) == ([], [])
    fai(caso, "conferma")
    assert (nel_sito(client, "crepa"), al_banco(client, "crepa")) == ([caso.codice], [caso.codice])


def test_words_that_are_covered_are_no_longer_found_by_anybody(client: Client, buca: Segnalazione, carla: User) -> None:
    caso = porta_a(buca, "in_lavorazione")
    copri_parole(caso, operatore=carla, perche=Perche(MotivoModerazione.ALTRI), frasi=["bici"])
    client.force_login(carla)
    assert (nel_sito(client, "bici"), al_banco(client, "bici")) == ([], [])
    assert nel_sito(client, "profonda") == [buca.codice]


def test_words_that_are_taken_away_are_no_longer_found(client: Client, buca: Segnalazione, elena: User) -> None:
    caso = fai(porta_a(buca, "in_lavorazione"), "risolvi", testo="Tombino sistemato.", nota="Parlato con Gino.")
    models.TestoPassaggio.objects.filter(passaggio__segnalazione=caso).delete()
    caso.titolo, caso.testo = "Una segnalazione", "Parole coperte."
    caso.save()
    indicizza(caso)
    client.force_login(elena)
    for q in ("tombino", "gino", "bici"):
        assert (nel_sito(client, q), al_banco(client, q)) == ([], [])
    assert nel_sito(client, "coperte") == [buca.codice]


@pytest.mark.parametrize("q", ['"', "'", "a & b | !c", "buca:*", "<->", "\\", "(", "-", "😀", "x" * 10_000])
def test_nothing_that_is_typed_is_an_error(client: Client, buca: Segnalazione, carla: User, q: str) -> None:
    client.force_login(carla)
    assert client.get(ELENCO, {"q": q}).status_code == 200
    assert client.get(CODA, {"elenco": "tutte", "q": q}).status_code == 200


def test_an_invisible_zero_is_refused_as_everywhere(client: Client, buca: Segnalazione) -> None:
    assert client.get(ELENCO, {"q": "\x00buca"}).status_code == 400


def test_feed_and_table_follow_the_search(client: Client, buca: Segnalazione, buche: Categoria) -> None:
    altra = segnala(buche, testo="Zanzare nel fosso.")
    for porta in ("feed/", "dati.csv"):
        risposta: Any = client.get(f"{ELENCO}{porta}", {"q": "zanzara"})
        testo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
        assert altra.codice.encode() in testo
        assert buca.codice.encode() not in testo


def test_everything_is_made_anew_by_a_command(client: Client, buca: Segnalazione, buche: Categoria) -> None:
    fai(porta_a(buca, "in_lavorazione"), "risolvi", testo="Rappezzo.")
    Ricercabile.objects.update(pubbliche=Documento(), tutte=Documento())
    segnala(buche, email="giulia@example.org")
    assert nel_sito(client, "rappezzo") == []
    uscita = StringIO()
    call_command("indicizza", stdout=uscita, stderr=StringIO())
    assert "2 segnalazioni da cercare" in uscita.getvalue()
    assert nel_sito(client, "rappezzo") == [buca.codice]
    assert Ricercabile.objects.count() == 2


def test_an_update_makes_cases_searchable_that_are_older_than_the_search(
    client: Client, buca: Segnalazione, buche: Categoria
) -> None:
    """What migration 0011 once did: the others are left as they are, and a second time there is nothing to do."""
    altra = segnala(buche, testo="Tombino rotto in piazza.")
    Ricercabile.objects.filter(segnalazione=buca).delete()
    Ricercabile.objects.filter(segnalazione=altra).update(pubbliche=Documento())
    uscita = StringIO()
    for _volta in range(2):
        call_command("prepara", stdout=uscita, stderr=StringIO(), verbosity=0)
    assert uscita.getvalue().count("segnalazione da cercare") == 1
    assert (nel_sito(client, "bici"), nel_sito(client, "tombino")) == ([buca.codice], [])


def test_what_retention_has_emptied_is_found_by_its_category_alone(
    client: Client, buca: Segnalazione, elena: User
) -> None:
    fai(porta_a(buca, "in_lavorazione"), "risolvi", testo="Tombino sistemato.")
    actions.svuota_parole([buca.pk])
    client.force_login(elena)
    assert (nel_sito(client, "tombino"), al_banco(client, "tombino"), al_banco(client, "bici")) == ([], [], [])
    assert al_banco(client, "buca sulla strada") == [buca.codice]
