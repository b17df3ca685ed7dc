"""One step on many cases: chosen, looked at, confirmed, done line by line; and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from comune.models import Incarico, Ufficio
from core.errors import DomainError
from core.tempo import adesso as ora
from core.tempo import fermo_a, oggi
from segnalazioni import actions, scheduled
from segnalazioni.actions import banco
from segnalazioni.actions.banco import avanza, avvia_lavoro
from segnalazioni.models import Categoria, Lavoro, Passaggio, RispostaPronta, Segnalazione, StatoVoce, VoceLavoro
from segnalazioni.workflow import Stato
from tests.aiuti import fai, porta_a, segnala

MASSA = "/scrivania/segnalazioni/massa/"


@pytest.fixture
def tre(buche: Categoria) -> list[Segnalazione]:
    """Three new reports, to be assigned."""
    return [segnala(buche, testo=f"Buca numero {n}.") for n in range(3)]


def scelte(casi: list[Segnalazione]) -> list[str]:
    """As the page of confirmation sends them back."""
    return [f"{caso.codice}:{caso.versione}" for caso in casi]


def esegui(client: Client, casi: list[Segnalazione], passo: str, **dati: Any) -> Any:
    """Confirms a step on these cases; follows to the page of the work."""
    tutto = {"passo": passo, "scelte": scelte(casi), "esegui": "si", "chiave": str(uuid4())} | dati
    return client.post(MASSA, tutto, follow=True)


def stati(casi: list[Segnalazione]) -> list[str]:
    """Where they stand now."""
    return [Segnalazione.objects.get(pk=caso.pk).stato for caso in casi]


def lavoro_di(autore: User, casi: list[Segnalazione], passo: str, **dati: Any) -> Lavoro:
    """A work written down, not begun."""
    return avvia_lavoro(autore, passo, {caso.pk: caso.versione for caso in casi}, uid=uuid4(), **dati)


def esiti(lavoro: Lavoro) -> list[str]:
    """Of its lines."""
    return list(lavoro.voci.order_by("pk").values_list("stato", flat=True))


@pytest.mark.django_db(transaction=True)
def test_carla_assigns_three_at_once_and_sees_what_came_of_it(
    client: Client, tre: list[Segnalazione], carla: User, luce: Ufficio
) -> None:
    client.force_login(carla)
    prima = client.post(MASSA, {"passo": "assegna", "scelte": [caso.codice for caso in tre]})
    assert [p.caso for p in prima.context["previste"]] == tre
    controlla = {"passo": "assegna", "scelte": scelte(tre), "controlla": "si", "ufficio": "luce"}
    ultima = client.post(MASSA, controlla).content.decode()
    assert "Stai per fare «Assegna a un ufficio» su 3 segnalazioni." in ultima
    assert "Vanno a: Illuminazione pubblica." in ultima
    assert "Non si torna indietro con un bottone" in ultima
    assert stati(tre) == ["ricevuta"] * 3
    fatto = esegui(client, tre, "assegna", ufficio="luce", nota="Sono tutte pali.")
    assert "3 di 3 fatte" in fatto.content.decode()
    assert stati(tre) == ["assegnata"] * 3
    assert all(Segnalazione.objects.get(pk=caso.pk).ufficio == luce for caso in tre)


@pytest.mark.django_db(transaction=True)
def test_each_citizen_reads_the_words_of_their_own_case(
    client: Client, buche: Categoria, anna: User, elena: User
) -> None:
    casi = [
        porta_a(segnala(buche, autore=anna, indirizzo=via), "in_lavorazione") for via in ("Via Elisa 1", "Via Roma 2")
    ]
    client.force_login(elena)
    testo = "La segnalazione {numero} in {luogo} è risolta."
    controlla = {"passo": "risolvi", "scelte": scelte(casi), "controlla": "si", "testo": testo}
    pagina = client.post(MASSA, controlla).content.decode()
    for caso, via in zip(casi, ("Via Elisa 1", "Via Roma 2"), strict=True):
        assert f"La segnalazione {caso.codice} in {via} è risolta." in pagina
    esegui(client, casi, "risolvi", testo=testo)
    assert [Passaggio.objects.get(segnalazione=c, passo="risolvi").parole.testo for c in casi] == [
        f"La segnalazione {casi[0].codice} in Via Elisa 1 è risolta.",
        f"La segnalazione {casi[1].codice} in Via Roma 2 è risolta.",
    ]


def test_a_case_that_somebody_moved_stays_as_it_is_and_says_so(
    tre: list[Segnalazione], carla: User, luce: Ufficio, strade: Ufficio
) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    actions.assegna(tre[1], operatore=carla, ufficio=strade)
    assert avanza(lavoro)
    assert esiti(lavoro) == ["fatta", "rifiutata", "fatta"]
    voce = lavoro.voci.get(segnalazione=tre[1])
    assert "Nel frattempo il caso è cambiato" in voce.motivo
    assert Segnalazione.objects.get(pk=tre[1].pk).ufficio == strade


def test_a_work_done_again_does_nothing_again(tre: list[Segnalazione], carla: User, luce: Ufficio) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    assert avanza(lavoro)
    assert avanza(lavoro)
    assert Passaggio.objects.filter(passo="assegna").count() == 3


def test_the_same_confirmation_twice_is_one_work(tre: list[Segnalazione], carla: User, luce: Ufficio) -> None:
    chiave, casi = uuid4(), {caso.pk: caso.versione for caso in tre}
    primo = avvia_lavoro(carla, "assegna", casi, uid=chiave, ufficio=luce)
    assert avvia_lavoro(carla, "assegna", casi, uid=chiave, ufficio=luce) == primo
    assert VoceLavoro.objects.count() == 3


def test_who_has_left_the_office_in_the_meantime_does_no_more(buche: Categoria, elena: User) -> None:
    casi = [porta_a(segnala(buche), "assegnata") for _n in range(2)]
    lavoro = lavoro_di(elena, casi, "prendi_in_carico")
    Incarico.objects.filter(utente=elena).update(al=oggi() - timedelta(days=1))
    assert avanza(lavoro)
    assert esiti(lavoro) == ["rifiutata", "rifiutata"]
    assert stati(casi) == ["assegnata"] * 2


def test_a_work_that_lost_its_worker_is_taken_up_again(tre: list[Segnalazione], carla: User, luce: Ufficio) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    assert scheduled.prosegui_i_lavori() == 0  # just asked for: its worker is on the way
    with fermo_a(ora() + timedelta(minutes=1)):
        assert not avanza(lavoro, entro=-1)
        assert scheduled.prosegui_i_lavori() == 1
    assert esiti(lavoro) == ["fatta"] * 3
    with fermo_a(ora() + timedelta(minutes=2)):
        assert scheduled.prosegui_i_lavori() == 0


def test_cases_that_cannot_take_the_step_are_named_with_the_reason(
    client: Client, tre: list[Segnalazione], carla: User, elena: User
) -> None:
    presa = porta_a(tre[0], "in_lavorazione")
    vecchia = scelte([tre[1]])
    fai(tre[1], "assegna")
    client.force_login(carla)
    pagina = client.post(MASSA, {"passo": "assegna", "scelte": [presa.codice, *vecchia, tre[2].codice]})
    assert [p.caso for p in pagina.context["previste"]] == [tre[2]]
    assert [e.perche for e in pagina.context["escluse"]] == [
        "è in lavorazione: questo passo non si può fare",
        "è cambiata mentre la guardavi",
    ]
    nessuna = client.post(MASSA, {"passo": "assegna", "scelte": [presa.codice], "esegui": "si", "ufficio": "strade"})
    assert nessuna.status_code == 422
    assert not Lavoro.objects.exists()


def test_cases_of_another_office_are_not_even_named(client: Client, buche: Categoria, elena: User, fabio: User) -> None:
    caso = porta_a(segnala(buche), "assegnata")
    client.force_login(fabio)
    pagina = client.post(MASSA, {"passo": "prendi_in_carico", "scelte": [caso.codice]})
    assert caso.codice not in pagina.content.decode()
    esegui(client, [caso], "prendi_in_carico")
    assert stati([caso]) == ["assegnata"]


def test_all_that_a_view_holds_up_to_a_limit(
    client: Client, tre: list[Segnalazione], carla: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("segnalazioni.desk.massa.TETTO_MASSA", 2)
    client.force_login(carla)
    pagina = client.post(MASSA, {"passo": "assegna", "tutte": "si", "vista": "?elenco=da-assegnare"})
    assert len(pagina.context["previste"]) == 2
    assert "Al massimo 2 per volta" in pagina.content.decode()


def test_more_than_allowed_or_nothing_is_refused(tre: list[Segnalazione], carla: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(banco, "TETTO_MASSA", 2)
    with pytest.raises(DomainError, match="Al massimo 2"):
        lavoro_di(carla, tre, "prendi_in_carico")
    with pytest.raises(DomainError, match="Nessuna"):
        lavoro_di(carla, [], "prendi_in_carico")
    with pytest.raises(ValueError, match="not a step for many"):
        lavoro_di(carla, tre, "inoltra")


@pytest.mark.parametrize("passo", ["inoltra", "ritira", "", "boh"])
def test_only_some_steps_are_for_many(client: Client, tre: list[Segnalazione], carla: User, passo: str) -> None:
    client.force_login(carla)
    assert client.post(MASSA, {"passo": passo, "scelte": scelte(tre)}).status_code == 404


def test_words_are_kept_when_a_variable_is_wrong(client: Client, buche: Categoria, elena: User) -> None:
    caso = porta_a(segnala(buche), "in_lavorazione")
    client.force_login(elena)
    dati = {"passo": "risolvi", "scelte": scelte([caso]), "esegui": "si", "testo": "Gentile {cognome}, fatto."}
    pagina = client.post(MASSA, dati)
    assert pagina.status_code == 422
    testo = pagina.content.decode()
    assert "{cognome}: non è una variabile" in testo
    assert "Gentile {cognome}, fatto." in testo


def test_a_canned_answer_goes_after_the_words_already_there(client: Client, buche: Categoria, elena: User) -> None:
    pronta = RispostaPronta.objects.create(titolo="Fatto", testo="Grazie per la {numero}.", passi=["risolvi"])
    caso = porta_a(segnala(buche), "in_lavorazione")
    client.force_login(elena)
    dati = {
        "passo": "risolvi",
        "scelte": scelte([caso]),
        "testo": "Buongiorno.",
        "pronta": pronta.pk,
        "inserisci": "si",
    }
    assert client.post(MASSA, dati).context["form"]["testo"].value() == "Buongiorno.\n\nGrazie per la {numero}."


@pytest.mark.parametrize("porta", ["lavoro", "lavoro_stato", "lavoro_csv"])
def test_the_work_of_somebody_else_does_not_exist(
    client: Client, tre: list[Segnalazione], carla: User, elena: User, luce: Ufficio, porta: str
) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    client.force_login(elena)
    assert client.get(reverse(f"scrivania:{porta}", kwargs={"uid": lavoro.uid})).status_code == 404
    assert client.get("/scrivania/segnalazioni/lavori/").context["righe"] == []
    client.force_login(carla)
    assert client.get(reverse(f"scrivania:{porta}", kwargs={"uid": lavoro.uid})).status_code == 200
    assert len(client.get("/scrivania/segnalazioni/lavori/").context["righe"]) == 1


def test_a_case_that_went_to_others_keeps_only_its_number(client: Client, buche: Categoria, elena: User) -> None:
    caso = porta_a(segnala(buche, testo="Parole riservate."), "assegnata")
    lavoro = lavoro_di(elena, [caso], "prendi_in_carico")
    fai(caso, "rifiuta")
    client.force_login(elena)
    pagina = client.get(reverse("scrivania:lavoro", kwargs={"uid": lavoro.uid})).content.decode()
    assert caso.codice in pagina
    assert "Parole riservate" not in pagina


def test_the_result_is_a_table_to_take_away(
    client: Client, tre: list[Segnalazione], carla: User, luce: Ufficio, django_assert_max_num_queries: Any
) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    avanza(lavoro)
    client.force_login(carla)
    righe = client.get(reverse("scrivania:lavoro_csv", kwargs={"uid": lavoro.uid})).content.decode("utf-8-sig")
    assert righe.splitlines()[0] == "numero,esito,motivo,quando"
    assert f"{tre[0].codice},fatta,," in righe
    with django_assert_max_num_queries(12):
        client.get(reverse("scrivania:lavoro", kwargs={"uid": lavoro.uid}))


def test_lines_know_every_state(tre: list[Segnalazione], carla: User, luce: Ufficio) -> None:
    lavoro = lavoro_di(carla, tre, "assegna", ufficio=luce)
    assert {*esiti(lavoro)} == {StatoVoce.DA_FARE}
    assert stati(tre) == [Stato.RICEVUTA] * 3
