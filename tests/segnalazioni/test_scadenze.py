"""What the clock does by itself: the question that is never answered, reminders, expiry, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from comune.models import Incarico, Ruolo, Ufficio
from core.errors import DomainError
from core.tempo import fermo_a
from notifiche.models import CanaleAvviso, Notifica
from segnalazioni import actions, scheduled
from segnalazioni.models import Categoria, EventoTermine, Passaggio, Promemoria, Segnalazione
from segnalazioni.racconto import orologio, scadenza
from segnalazioni.termini import TipoTermine
from segnalazioni.workflow import RuoloCaso
from tests.aiuti import fai, incarica, persona, porta_a, segnala
from tests.segnalazioni.cittadini import pagina_di

ROMA = ZoneInfo("Europe/Rome")


def il(giorno: date, ora: int = 10) -> Any:
    """Within the block it is this day in Lucca."""
    return fermo_a(datetime(giorno.year, giorno.month, giorno.day, ora, tzinfo=ROMA))


@pytest.fixture
def trenta(buche: Categoria) -> Categoria:
    """Holes as a procedimento of thirty days."""
    buche.tipo_termine, buche.giorni = TipoTermine.PROCEDIMENTO, 30
    buche.save()
    return buche


@pytest.fixture
def marta(ufficio_urp: Ufficio) -> User:
    """Titolare of the potere sostitutivo."""
    return incarica(
        persona("Marta", last_name="Meini", is_staff=True), ufficio_urp, Ruolo.TITOLARE, dal=date(2020, 1, 1)
    )


@pytest.fixture
def caso(trenta: Categoria, anna: User, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report of Mon 9 November 2026, due on Wed 9 December, in Elena's hands since the next day."""
    Incarico.objects.update(dal=date(2020, 1, 1))
    with il(date(2026, 11, 9)):
        caso = segnala(trenta, autore=anna)
    with il(date(2026, 11, 10)):
        return porta_a(caso, "in_lavorazione")


def fresco(caso: Segnalazione) -> Segnalazione:
    """The case as it is now."""
    return Segnalazione.objects.per_elenco().get(pk=caso.pk)


def avvisati(tipo: str, evento: str = "") -> set[str]:
    """Who has a mail of this kind."""
    righe = Notifica.objects.filter(tipo=tipo, canale=CanaleAvviso.EMAIL, evento__startswith=evento)
    return {riga.utente.email if riga.utente else riga.email for riga in righe.select_related("utente")}


# --- the question -----------------------------------------------------------------------------------------


def chiedi(caso: Segnalazione, giorno: date) -> Segnalazione:
    """Elena asks something."""
    with il(giorno):
        return fai(caso, "chiedi", testo="Prima o dopo il ponte?")


def test_a_question_stops_the_clock_and_an_answer_starts_it_again(caso: Segnalazione) -> None:
    caso = chiedi(caso, date(2026, 11, 14))
    assert (caso.scadenza, caso.sospesa_fino_al) == (date(2027, 1, 8), date(2026, 12, 14))
    with il(date(2026, 11, 17)):
        assert caso.sospesa
        caso = fai(caso, "rispondi")
    assert (caso.scadenza, caso.sospesa_fino_al, caso.attesa_fino_al) == (date(2026, 12, 14), None, None)


def test_nobody_answers_and_on_the_thirty_first_day_the_office_goes_on(caso: Segnalazione) -> None:
    caso = chiedi(caso, date(2026, 11, 14))
    with il(date(2026, 12, 14), 23):
        assert scheduled.prosegui_senza_risposta() == 0
    with il(date(2026, 12, 15), 0):
        assert scheduled.prosegui_senza_risposta() == 1
        assert scheduled.prosegui_senza_risposta() == 0
    caso = fresco(caso)
    ultimo = Passaggio.objects.filter(segnalazione=caso).latest("numero")
    assert (caso.stato, ultimo.passo, ultimo.ruolo) == ("in_lavorazione", "prosegui", RuoloCaso.SISTEMA)
    assert "La risposta non è arrivata entro lunedì 14 dicembre 2026" in ultimo.parole.testo
    assert caso.scadenza == date(2027, 1, 8)


def test_the_timer_cannot_take_the_answer_away_while_there_is_time(caso: Segnalazione) -> None:
    caso = chiedi(caso, date(2026, 11, 14))
    with il(date(2026, 12, 14)), pytest.raises(DomainError, match="ancora tempo"):
        actions.prosegui(caso)


def test_after_the_cap_it_is_late_even_if_nobody_went_on(caso: Segnalazione) -> None:
    """The timer did not run: the page still tells the truth."""
    caso = chiedi(caso, date(2026, 11, 14))
    for giorno, ferma, tardi in (
        (date(2026, 12, 14), True, False),
        (date(2026, 12, 15), False, False),
        (date(2027, 1, 8), False, False),
        (date(2027, 1, 9), False, True),
    ):
        with il(giorno):
            assert (giorno, caso.sospesa, caso.in_ritardo()) == (giorno, ferma, tardi)
    with il(date(2027, 1, 9)):
        assert Segnalazione.objects.in_ritardo().get() == caso
        prossima = scadenza(caso)
        assert prossima is not None
        assert prossima.tono == "tardi"


def test_a_second_question_waits_but_the_clock_runs(caso: Segnalazione) -> None:
    caso = chiedi(caso, date(2026, 11, 14))
    with il(date(2026, 11, 17)):
        caso = fai(caso, "rispondi")
    caso = chiedi(caso, date(2026, 11, 18))
    with il(date(2026, 11, 20)):
        assert (caso.attesa, caso.sospesa, caso.scadenza) == (True, False, date(2026, 12, 14))
        tempo = orologio(caso)
        assert tempo is not None
        assert "il termine non si ferma" in tempo.frase
    with il(date(2026, 12, 19)):
        assert scheduled.prosegui_senza_risposta() == 1


# --- the preavviso ----------------------------------------------------------------------------------------


@pytest.fixture
def preavviso(caso: Segnalazione) -> Segnalazione:
    """On Mon 16 November Elena's office announces a refusal: observations until Thu 26."""
    with il(date(2026, 11, 16)):
        return fai(caso, "preavvisa", testo="La strada è privata.")


def test_anna_observes_and_the_clock_goes_on(preavviso: Segnalazione, anna: User) -> None:
    with il(date(2026, 11, 20)):
        caso = actions.osserva(preavviso, testo="È del Comune dal 1987.", autore=anna)
    assert (caso.stato, caso.scadenza, caso.sospesa_fino_al) == ("preavviso_rigetto", date(2026, 12, 14), None)
    eventi = EventoTermine.objects.filter(segnalazione=caso).values_list("evento", flat=True)
    assert list(eventi) == ["avvio", "preavviso", "ripresa"]
    assert {"elena@example.org", "dario@example.org"} <= avvisati("segnalazione_assegnata_ufficio", "passaggio")


def test_nobody_refuses_while_anna_may_still_observe(preavviso: Segnalazione, dario: User) -> None:
    with il(date(2026, 11, 26)), pytest.raises(DomainError, match="fino a giovedì 26 novembre 2026"):
        actions.respingi(preavviso, operatore=dario, testo="È privata.")
    assert fresco(preavviso).stato == "preavviso_rigetto"


@pytest.mark.parametrize("osserva", [True, False])
def test_then_it_may_be_refused(preavviso: Segnalazione, dario: User, osserva: bool) -> None:
    """At once after the observations, or when the ten days have gone by without any."""
    if osserva:
        with il(date(2026, 11, 17)):
            fai(preavviso, "osserva")
    with il(date(2026, 11, 18) if osserva else date(2026, 11, 27)):
        assert actions.respingi(preavviso, operatore=dario, testo="È privata.").stato == "respinta"


def test_observations_come_in_time_and_once(preavviso: Segnalazione) -> None:
    with il(date(2026, 11, 27)), pytest.raises(DomainError, match="Il tempo per le osservazioni è finito"):
        fai(preavviso, "osserva")
    with il(date(2026, 11, 26)):
        fai(preavviso, "osserva")
        with pytest.raises(DomainError, match="le hai già mandate"):
            fai(preavviso, "osserva")


@pytest.mark.parametrize("osserva", [True, False])
def test_taken_back_it_speaks_of_observations_only_where_there_are_some(
    client: Client, preavviso: Segnalazione, dario: User, osserva: bool
) -> None:
    """Also in the preview; and those on an earlier preavviso are no observations on this one."""
    with il(date(2026, 11, 17)):
        caso = fai(fai(fai(preavviso, "osserva"), "accogli"), "preavvisa")
    with il(date(2026, 11, 18)):
        caso = fai(caso, "osserva") if osserva else caso
        client.force_login(dario)
        quante, ritirato = (2, 0) if osserva else (1, 1)
        mossa = pagina_di(client.get(caso.url_scrivania(), {"passo": "accogli"}))
        assert (mossa.count("Osservazioni accolte"), mossa.count("Preavviso ritirato")) == (quante, ritirato)
        caso = fai(caso, "accogli")
        client.logout()
        pubblica = pagina_di(client.get(caso.url()))
    assert (pubblica.count("Osservazioni accolte"), pubblica.count("Preavviso ritirato")) == (quante, ritirato)


def test_the_office_may_change_its_mind_before(preavviso: Segnalazione) -> None:
    with il(date(2026, 11, 18)):
        caso = fai(preavviso, "accogli")
    assert (caso.stato, caso.scadenza, caso.attesa) == ("in_lavorazione", date(2026, 12, 11), False)


# --- reminders --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("giorno", "quanti"),
    [(date(2026, 11, 27), 0), (date(2026, 11, 30), 1), (date(2026, 12, 3), 0), (date(2026, 12, 4), 1)],
)
def test_a_reminder_leaves_once_however_often_the_timer_runs(caso: Segnalazione, giorno: date, quanti: int) -> None:
    """At 2/3 (the 20th day is a Sunday: Mon 30 November) and at 5/6 (Fri 4 December)."""
    if giorno > date(2026, 12, 1):
        with il(date(2026, 11, 30)):
            scheduled.manda_i_promemoria()
    with il(giorno):
        assert scheduled.manda_i_promemoria() == quanti
        assert scheduled.manda_i_promemoria() == 0


def test_the_one_in_charge_and_the_head_are_reminded(caso: Segnalazione, strade: Ufficio) -> None:
    incarica(persona("Sandro", is_staff=True), strade, Ruolo.OPERATORE, dal=date(2020, 1, 1))
    with il(date(2026, 11, 30)):
        scheduled.manda_i_promemoria()
    assert avvisati("segnalazione_termine") == {"elena@example.org", "dario@example.org"}
    mail = Notifica.objects.filter(tipo="segnalazione_termine").first()
    assert mail is not None
    assert mail.dati["fatto"] == "scade fra 6 giorni lavorativi"
    assert "mercoledì 9 dicembre 2026" in mail.dati["spiega"]


def test_after_a_pause_only_the_last_of_two_reminders_is_sent(caso: Segnalazione) -> None:
    with il(date(2026, 12, 7)):
        assert scheduled.manda_i_promemoria() == 1
    assert Promemoria.objects.filter(segnalazione=caso).count() == 2
    assert Notifica.objects.filter(tipo="segnalazione_termine", canale=CanaleAvviso.EMAIL).count() == 2  # two people


def test_nobody_is_reminded_while_the_clock_stands(caso: Segnalazione) -> None:
    chiedi(caso, date(2026, 11, 27))
    with il(date(2026, 12, 7)):
        assert scheduled.manda_i_promemoria() == 0


def test_reminders_cost_the_same_for_many_cases(
    caso: Segnalazione, trenta: Categoria, bruno: User, django_assert_max_num_queries: Any
) -> None:
    with il(date(2026, 11, 9)):
        for _volta in range(5):
            segnala(trenta, autore=bruno)
    with il(date(2026, 11, 12)), django_assert_max_num_queries(3):
        scheduled.manda_i_promemoria()


# --- expiry -----------------------------------------------------------------------------------------------


def test_on_the_day_after_the_last_it_is_said_in_public_once(caso: Segnalazione, marta: User, client: Client) -> None:
    with il(date(2026, 12, 9), 23):
        assert scheduled.segna_le_scadute() == 0
    with il(date(2026, 12, 10), 0):
        assert scheduled.segna_le_scadute() == 1
        assert scheduled.segna_le_scadute() == 0
        pagina = pagina_di(client.get(caso.url()))
        assert "Oltre il termine: la risposta era dovuta entro mercoledì 9 dicembre" in pagina
        assert "è oltre il termine" in pagina
        assert "oltre di 1 giorno" in pagina_di(client.get("/segnalazioni/"))
    scaduta = Passaggio.objects.get(segnalazione=caso, passo="scade")
    assert (scaduta.giorno, scaduta.ruolo, scaduta.a) == (date(2026, 12, 9), RuoloCaso.SISTEMA, "in_lavorazione")


def test_who_may_step_in_the_office_and_anna_are_told(caso: Segnalazione, marta: User, ufficio_urp: Ufficio) -> None:
    delega = {"utente": persona("Nino", is_staff=True), "ufficio": ufficio_urp, "ruolo": Ruolo.DELEGATO}
    Incarico.objects.create(**delega, dal=date(2026, 12, 1), al=date(2026, 12, 31))
    scorsa = {"utente": persona("Pina", is_staff=True), "ufficio": ufficio_urp, "ruolo": Ruolo.DELEGATO}
    Incarico.objects.create(**scorsa, dal=date(2026, 11, 1), al=date(2026, 11, 30))
    with il(date(2026, 12, 10)):
        scheduled.segna_le_scadute()
    assert avvisati("segnalazione_termine") == {
        f"{nome}@example.org" for nome in ("anna", "marta", "nino", "elena", "dario")
    }


def test_where_nobody_was_appointed_the_urp_is_told(caso: Segnalazione) -> None:
    with il(date(2026, 12, 10)):
        scheduled.segna_le_scadute()
    assert "carla@example.org" in avvisati("segnalazione_termine")


@pytest.mark.parametrize("prima", [lambda c: fai(c, "risolvi"), lambda c: fai(c, "chiedi")], ids=["risolta", "ferma"])
def test_what_is_answered_or_stands_still_does_not_expire(
    caso: Segnalazione, prima: Callable[[Segnalazione], Segnalazione]
) -> None:
    with il(date(2026, 12, 9)):
        prima(caso)
    with il(date(2026, 12, 10)):
        assert scheduled.segna_le_scadute() == 0
        with pytest.raises(DomainError):
            actions.segna_scaduta(caso)


def test_what_another_system_kept_is_late_but_nobody_is_told(caso: Segnalazione) -> None:
    Segnalazione.objects.filter(pk=caso.pk).update(fonte="vecchio", fonte_id="1")
    with il(date(2026, 12, 10)):
        assert scheduled.segna_le_scadute() == 0
        assert Segnalazione.objects.in_ritardo().count() == 1


# --- closing by itself ------------------------------------------------------------------------------------


def test_thirty_days_after_the_answer_it_closes_by_itself_with_what_was_merged(
    caso: Segnalazione, trenta: Categoria, bruno: User
) -> None:
    with il(date(2026, 11, 11)):
        doppione = fai(segnala(trenta, autore=bruno), "unisci", originale=caso)
    with il(date(2026, 11, 12), 18):
        fai(caso, "risolvi")
    with il(date(2026, 12, 12), 23):
        assert scheduled.chiudi_le_concluse() == 0
    with il(date(2026, 12, 13), 0):
        assert scheduled.chiudi_le_concluse() == 1
        assert scheduled.chiudi_le_concluse() == 0
    assert (fresco(caso).stato, fresco(doppione).stato) == ("chiusa", "chiusa")


def test_the_system_does_not_close_what_may_still_be_contested(caso: Segnalazione) -> None:
    with il(date(2026, 11, 12)):
        caso = fai(caso, "risolvi")
    with il(date(2026, 12, 12)), pytest.raises(DomainError, match="si può ancora contestare"):
        actions.archivia(caso, come=RuoloCaso.SISTEMA)


def test_a_page_that_waits_says_until_when(caso: Segnalazione, anna: User, client: Client) -> None:
    chiedi(caso, date(2026, 11, 14))
    client.force_login(anna)
    with il(date(2026, 11, 16)):
        pagina = pagina_di(client.get(caso.url()))
    assert "riparte quando rispondi, al più tardi <strong>lunedì 14 dicembre 2026</strong>" in pagina
    assert "mercoledì 9 dicembre 2026" in pagina  # at the beginning
    assert "venerdì 8 gennaio 2027" in pagina  # now


def test_a_page_says_which_days_did_not_count(caso: Segnalazione, client: Client, elena: User) -> None:
    chiedi(caso, date(2026, 11, 14))
    with il(date(2026, 11, 17)):
        fai(fresco(caso), "rispondi")
    with il(date(2026, 11, 18)):
        pagina = pagina_di(client.get(caso.url()))
        client.force_login(elena)
        scrivania = pagina_di(client.get(caso.url_scrivania()))
    perche = "Fermo 3 giorni, da sabato 14 novembre 2026 a martedì 17 novembre 2026"
    sabato = "I giorni finirebbero sabato 12 dicembre 2026, che non è lavorativo"
    for frase in (perche, sabato, "mercoledì 9 dicembre 2026", "lunedì 14 dicembre 2026"):
        assert frase in pagina, frase
        assert frase in scrivania, frase
    assert scrivania.count('class="avviso"') == 2
    assert 'class="avviso"' not in pagina
