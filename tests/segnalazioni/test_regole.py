"""Which office a report goes to by itself: ordered rules, the first that matches; what is wrong with one is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from comune.models import Ufficio
from core.models import RigaImmutabile
from core.tempo import fermo_a
from notifiche.models import Notifica
from segnalazioni import actions
from segnalazioni.actions import DatiRegola
from segnalazioni.catena import guasti
from segnalazioni.models import CambioRegola, Categoria, Passaggio, Regola, Segnalazione
from segnalazioni.regole import Condizioni, Fatti, RegolaGuasta, vale
from segnalazioni.workflow import Stato
from tests.aiuti import porta_a, segnala
from tests.segnalazioni.modulo import QUI, Modulo

Fai = Callable[..., Regola]


@pytest.fixture
def regola(carla: User, strade: Ufficio) -> Fai:
    """Carla writes a rule: to the office of the roads, for holes, unless said otherwise."""

    def scrivi(**altro: Any) -> Regola:
        dati: dict[str, Any] = {"nome": "Buche", "ufficio": strade, "categorie": ["prova-buche"]} | altro
        return actions.crea_regola(DatiRegola(**dati), operatore=carla)

    return scrivi


# --- what a condition means -------------------------------------------------------------------------------

LUNEDI_ALLE_9 = datetime(2026, 11, 9, 9, 0)
FATTI = Fatti("luce.spento", "luce", frozenset({"punti"}), {"punti": "uno"}, "centro", LUNEDI_ALLE_9)


@pytest.mark.parametrize(
    ("condizioni", "si"),
    [
        (Condizioni(), True),
        (Condizioni(categorie=["luce.spento"]), True),
        (Condizioni(categorie=["luce"]), True),
        (Condizioni(categorie=["strade", "luce.palo"]), False),
        (Condizioni(quartieri=["centro"]), True),
        (Condizioni(quartieri=["s-anna"]), False),
        (Condizioni(risposte=[("punti", "uno")]), True),
        (Condizioni(risposte=[("punti", "tutta la via")]), False),
        (Condizioni(giorni=[0]), True),
        (Condizioni(giorni=[5, 6]), False),
        (Condizioni(dalle=time(8), alle=time(9)), False),  # the last hour is not included
        (Condizioni(dalle=time(9), alle=time(10)), True),
        (Condizioni(dalle=time(22), alle=time(6)), False),  # over midnight
        (Condizioni(dalle=time(22), alle=time(9, 1)), True),
        (Condizioni(dal=date(2026, 11, 9), al=date(2026, 11, 9)), True),  # both days included
        (Condizioni(al=date(2026, 11, 8)), False),
        (Condizioni(dal=date(2026, 11, 10)), False),
        (Condizioni(categorie=["luce"], quartieri=["s-anna"]), False),  # all must hold
    ],
)
def test_conditions(condizioni: Condizioni, si: bool) -> None:
    assert vale(condizioni, FATTI) is si


def test_a_question_that_is_gone_is_a_fault_only_where_the_rest_holds() -> None:
    with pytest.raises(RegolaGuasta):
        vale(Condizioni(categorie=["luce"], risposte=[("palo", "si")]), FATTI)
    assert not vale(Condizioni(categorie=["strade"], risposte=[("palo", "si")]), FATTI)


# --- on confirmation --------------------------------------------------------------------------------------


def test_a_report_goes_to_the_office_of_the_first_rule_that_matches(
    regola: Fai, buche: Categoria, anna: User, luce: Ufficio, elena: User
) -> None:
    regola(nome="Solo a S. Anna", quartieri=["s-anna"], ufficio=luce, nota="Così si è deciso.")
    prima = regola(nota="Le buche sono delle strade.")
    regola(nome="Dopo", ufficio=luce)
    caso = segnala(buche, autore=anna)
    assert (caso.stato, caso.ufficio) == (Stato.ASSEGNATA, prima.ufficio)
    passo = Passaggio.objects.filter(segnalazione=caso).order_by("numero").last()
    assert passo is not None
    assert (passo.passo, passo.ruolo, passo.autore) == ("assegna", "sistema", None)
    assert passo.parole.nota == f"Assegnata dalla regola {prima.pk}, «Buche». Le buche sono delle strade."
    assert guasti(Segnalazione.objects.per_elenco().get(pk=caso.pk)) == []


def test_the_office_and_who_reported_are_told_once_each(regola: Fai, buche: Categoria, anna: User, elena: User) -> None:
    regola()
    segnala(buche, autore=anna)
    mail = Notifica.objects.filter(canale="email")
    assert sorted(mail.values_list("utente__first_name", "tipo")) == [
        ("Anna", "segnalazione_ricevuta"),
        ("Elena", "segnalazione_assegnata_ufficio"),
    ]
    assert mail.get(utente=anna).dati["ufficio"] == "Strade e viabilità"


def test_a_guest_is_assigned_when_the_address_is_proved(regola: Fai, buche: Categoria) -> None:
    regola()
    caso = segnala(buche, email="gino@example.org")
    assert caso.stato == Stato.DA_CONFERMARE
    assert actions.email_dimostrata(caso, "gino@example.org").stato == Stato.ASSEGNATA


def test_the_hour_is_that_of_lucca(regola: Fai, buche: Categoria, anna: User) -> None:
    regola(dalle=time(18), alle=time(8))
    with fermo_a(datetime(2026, 7, 6, 16, 30, tzinfo=UTC)):  # half past six in the evening at Lucca
        assert segnala(buche, autore=anna).stato == Stato.ASSEGNATA
    with fermo_a(datetime(2026, 7, 6, 15, 30, tzinfo=UTC)):
        assert segnala(buche, autore=anna).stato == Stato.RICEVUTA


def test_without_a_rule_that_matches_it_waits_for_the_urp(regola: Fai, buche: Categoria, anna: User) -> None:
    regola(categorie=["luce"])
    actions.spegni_regola(regola(), operatore=anna, versione=1)
    assert segnala(buche, autore=anna).stato == Stato.RICEVUTA


# --- what is wrong is said, and filing goes on ------------------------------------------------------------


def test_a_rule_that_cannot_be_asked_is_skipped_and_said_once(
    regola: Fai, buche: Categoria, anna: User, carla: User, luce: Ufficio
) -> None:
    rotta = regola(nome="Rotta", risposte=[["pericolo", "si"]])
    regola(nome="Sana", ufficio=luce)
    casi = [segnala(buche, autore=anna) for _volta in range(3)]
    assert {caso.ufficio for caso in casi} == {luce}
    rotta.refresh_from_db()
    assert rotta.attiva
    assert "«pericolo»" in rotta.guasto
    assert [c.nota for c in rotta.cambi.filter(cosa="guasta")] == [rotta.guasto]
    mail = Notifica.objects.get(tipo="regola_guasta", canale="email")
    assert (mail.utente, mail.percorso) == (carla, rotta.url())


@pytest.mark.parametrize(
    "scritto", [{"risposte": [["a"]]}, {"giorni": ["lunedì"]}, {"categorie": "luce"}, {"quartieri": [3]}]
)
def test_a_condition_that_nobody_can_read_stops_no_report(
    regola: Fai, buche: Categoria, anna: User, scritto: dict[str, Any]
) -> None:
    rotta = regola()
    Regola.objects.filter(pk=rotta.pk).update(**scritto)
    assert segnala(buche, autore=anna).stato == Stato.RICEVUTA
    rotta.refresh_from_db()
    assert "non si capisce" in rotta.guasto


def test_a_rule_whose_office_is_closed_is_switched_off_and_said(
    regola: Fai, buche: Categoria, anna: User, carla: User, strade: Ufficio
) -> None:
    chiusa = regola()
    Ufficio.objects.filter(pk=strade.pk).update(attivo=False)
    assert segnala(buche, autore=anna).stato == Stato.RICEVUTA
    chiusa.refresh_from_db()
    assert not chiusa.attiva
    cambio = chiusa.cambi.first()
    assert cambio is not None
    assert (cambio.cosa, cambio.autore, cambio.nota) == ("spenta", None, "Il suo ufficio è chiuso.")
    assert Notifica.objects.filter(tipo="regola_guasta", utente=carla, canale="email").count() == 1
    segnala(buche, autore=anna)
    assert chiusa.cambi.count() == 2  # created, switched off: said once


def test_changed_it_is_sound_again_and_a_new_fault_is_said_again(
    regola: Fai, buche: Categoria, anna: User, carla: User, strade: Ufficio
) -> None:
    rotta = regola(risposte=[["pericolo", "si"]])
    segnala(buche, autore=anna)
    rotta = actions.cambia_regola(
        rotta, DatiRegola("Buche", strade, risposte=[["altro", "si"]]), operatore=carla, versione=rotta.versione
    )
    assert rotta.guasto == ""
    segnala(buche, autore=anna)
    assert Notifica.objects.filter(tipo="regola_guasta", canale="email").count() == 2


# --- history ----------------------------------------------------------------------------------------------


def test_every_change_is_a_row_with_its_author_that_nobody_edits(regola: Fai, carla: User, strade: Ufficio) -> None:
    una, altra = regola(), regola(nome="Altra")
    actions.cambia_regola(una, DatiRegola("Buche grandi", strade, giorni=[0]), operatore=carla, versione=1)
    actions.sposta_regola(altra, su=True, operatore=carla, elenco=actions.versione_delle_regole())
    righe = list(CambioRegola.objects.order_by("pk"))
    assert [(r.cosa, r.autore, r.dopo["nome"]) for r in righe] == [
        ("creata", carla, "Buche"),
        ("creata", carla, "Altra"),
        ("cambiata", carla, "Buche grandi"),
        ("spostata", carla, "Altra"),
    ]
    with pytest.raises(RigaImmutabile):
        CambioRegola.objects.update(nota="mai successo")
    assert [r.nome for r in Regola.objects.in_ordine()] == ["Altra", "Buche grandi"]


# --- how much it costs ------------------------------------------------------------------------------------


def test_rules_cost_filing_one_query_and_a_match_a_few_more(
    modulo: Modulo, regola: Fai, luce: Ufficio, anna: User, django_assert_max_num_queries: Any
) -> None:
    """Twenty rules are read at once; what a match adds is the step itself and the notice to the office."""
    for n in range(20):
        regola(nome=f"n. {n}", categorie=["verde"])
    regola(nome="Luce", categorie=["luce"], ufficio=luce)
    modulo.client.force_login(anna)
    modulo.cosa()
    modulo.dove(**QUI)
    modulo.chi(contatto="account", email="")
    chiave, riletta = str(modulo.bozza.chiave), modulo.riletta
    with django_assert_max_num_queries(38):
        assert modulo.invia(chiave, riletta).status_code == 302
    assert Segnalazione.objects.get().stato == Stato.ASSEGNATA


def test_steps_go_on_as_ever_after_a_rule(regola: Fai, buche: Categoria, anna: User, elena: User) -> None:
    regola()
    assert porta_a(segnala(buche, autore=anna), Stato.RISOLTA).stato == Stato.RISOLTA
    assert reverse("regole:elenco") == "/scrivania/regole/"
