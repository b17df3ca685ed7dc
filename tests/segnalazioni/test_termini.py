"""The clock against the office's own table, and against a second one that walks day by day and knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tempo import fermo_a, oggi
from segnalazioni.termini import (
    Evento,
    TipoEvento,
    TipoTermine,
    calcola,
    meta,
    osservazioni_entro,
    promemoria,
    scadenza,
)
from tests.sostegno.database import esempi

PROCEDIMENTO, SERVIZIO = TipoTermine.PROCEDIMENTO, TipoTermine.SERVIZIO
AVVIO, DOMANDA, PREAVVISO, RIPRESA = TipoEvento.AVVIO, TipoEvento.SOSPENSIONE, TipoEvento.PREAVVISO, TipoEvento.RIPRESA
UN_GIORNO = timedelta(days=1)
LUNEDI = date(2026, 11, 9)


def righe(tipo: str, giorni: int, eventi: Iterable[tuple[str, date]]) -> list[Evento]:
    """The rows of a history in which every term begins with the same days."""
    return [Evento(e, giorno, tipo, giorni) if e == AVVIO else Evento(e, giorno) for e, giorno in eventi]


def scade(tipo: str, giorni: int, *eventi: tuple[str, date]) -> date:
    """The due date of a history."""
    termine = calcola(righe(tipo, giorni, eventi))
    assert termine is not None
    return termine.scade


# --- the table --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tipo", "giorni", "eventi", "fine"),
    [
        (PROCEDIMENTO, 30, [(AVVIO, LUNEDI)], date(2026, 12, 9)),
        # The 30th day is 26 December, a holiday; 27 a Sunday.
        (PROCEDIMENTO, 30, [(AVVIO, date(2026, 11, 26))], date(2026, 12, 28)),
        # Three days → 12 December, a Saturday.
        (
            PROCEDIMENTO,
            30,
            [(AVVIO, LUNEDI), (DOMANDA, date(2026, 11, 14)), (RIPRESA, date(2026, 11, 17))],
            date(2026, 12, 14),
        ),
        # Never answered: thirty days.
        (PROCEDIMENTO, 30, [(AVVIO, LUNEDI), (DOMANDA, date(2026, 11, 14))], date(2027, 1, 8)),
        # 8 December is a holiday.
        (SERVIZIO, 5, [(AVVIO, date(2026, 12, 3))], date(2026, 12, 11)),
        # 12 July, the patron's day.
        (SERVIZIO, 3, [(AVVIO, date(2027, 7, 9))], date(2027, 7, 15)),
    ],
)
def test_the_office_s_table(tipo: str, giorni: int, eventi: list[tuple[str, date]], fine: date) -> None:
    assert scade(tipo, giorni, *eventi) == fine


def test_the_potere_sostitutivo_has_half_of_the_term() -> None:
    assert scadenza(date(2026, 12, 15), PROCEDIMENTO, meta(30)) == date(2026, 12, 30)
    assert [meta(n) for n in (1, 2, 3, 5, 30)] == [1, 1, 2, 3, 15]


# --- what suspends, and what does not ---------------------------------------------------------------------


def test_a_second_question_does_not_stop_the_clock() -> None:
    una = [(AVVIO, LUNEDI), (DOMANDA, date(2026, 11, 14)), (RIPRESA, date(2026, 11, 17))]
    due = [*una, (DOMANDA, date(2026, 11, 20)), (RIPRESA, date(2026, 11, 30))]
    assert scade(PROCEDIMENTO, 30, *due) == scade(PROCEDIMENTO, 30, *una)


def test_an_answer_after_thirty_days_gives_no_more_than_thirty() -> None:
    tardi = [(AVVIO, LUNEDI), (DOMANDA, date(2026, 11, 14)), (RIPRESA, date(2027, 1, 4))]
    assert scade(PROCEDIMENTO, 30, *tardi) == date(2027, 1, 8)


def test_a_preavviso_stops_it_until_the_observations() -> None:
    osservato = [(AVVIO, LUNEDI), (PREAVVISO, date(2026, 11, 16)), (RIPRESA, date(2026, 11, 20))]
    assert scade(PROCEDIMENTO, 30, *osservato) == date(2026, 12, 14)  # 9 + 4 days: a Sunday


def test_without_observations_a_preavviso_stops_it_for_the_days_granted() -> None:
    # The tenth day after Wed 18 November is Sat 28: observations may come on Mon 30, twelve days.
    assert osservazioni_entro(date(2026, 11, 18)) == date(2026, 11, 30)
    assert scade(PROCEDIMENTO, 30, (AVVIO, LUNEDI), (PREAVVISO, date(2026, 11, 18))) == date(2026, 12, 21)


def test_a_question_and_a_preavviso_add_up() -> None:
    eventi = [
        (AVVIO, LUNEDI),
        (DOMANDA, date(2026, 11, 14)),
        (RIPRESA, date(2026, 11, 17)),
        (PREAVVISO, date(2026, 11, 23)),
        (RIPRESA, date(2026, 11, 27)),
    ]
    assert scade(PROCEDIMENTO, 30, *eventi) == date(2026, 12, 16)  # 9 December, and 3 + 4 days


def test_a_term_that_has_expired_is_not_brought_back_by_a_question() -> None:
    assert scade(PROCEDIMENTO, 30, (AVVIO, LUNEDI), (DOMANDA, date(2026, 12, 10))) == date(2026, 12, 9)
    assert scade(PROCEDIMENTO, 30, (AVVIO, LUNEDI), (DOMANDA, date(2026, 12, 9))) > date(2026, 12, 9)


def test_asked_on_the_sunday_that_had_put_it_off_it_starts_from_the_monday() -> None:
    # 30 days from Thu 26 November end on a holiday and a Sunday: it is Mon 28 December. Asked on Sun 27.
    eventi = [(AVVIO, date(2026, 11, 26)), (DOMANDA, date(2026, 12, 27)), (RIPRESA, date(2026, 12, 29))]
    assert scade(PROCEDIMENTO, 30, *eventi) == date(2026, 12, 30)


def test_a_contested_answer_begins_a_new_term_with_its_own_suspensions() -> None:
    eventi = [
        (AVVIO, LUNEDI),
        (DOMANDA, date(2026, 11, 14)),
        (RIPRESA, date(2026, 11, 17)),
        (AVVIO, date(2027, 1, 7)),
        (DOMANDA, date(2027, 1, 11)),
        (RIPRESA, date(2027, 1, 13)),
    ]
    termine = calcola(righe(PROCEDIMENTO, 30, eventi))
    assert termine is not None
    assert termine.da_capo
    assert termine.scade == date(2027, 2, 8)  # 6 February and 2 days


def test_a_new_term_has_the_days_written_where_it_begins() -> None:
    eventi = [
        Evento(AVVIO, LUNEDI, PROCEDIMENTO, 30),
        Evento(DOMANDA, date(2026, 11, 14)),
        Evento(AVVIO, date(2026, 12, 3), SERVIZIO, 5),
    ]
    vecchio, nuovo = calcola(eventi[:2]), calcola(eventi)
    assert vecchio is not None
    assert nuovo is not None
    assert (vecchio.scade, vecchio.in_parole) == (date(2027, 1, 8), "30 giorni")
    assert (nuovo.scade, nuovo.in_parole) == (date(2026, 12, 11), "5 giorni lavorativi")
    assert promemoria(eventi) == [date(2026, 12, 9), date(2026, 12, 10)]  # after 3 and 4 of the five days


def test_nothing_runs_before_it_starts() -> None:
    assert calcola(righe(PROCEDIMENTO, 30, [])) is None
    assert calcola(righe(PROCEDIMENTO, 30, [(DOMANDA, LUNEDI), (RIPRESA, LUNEDI)])) is None


# --- reminders --------------------------------------------------------------------------------------------


def test_the_office_is_reminded_at_two_thirds_and_at_five_sixths() -> None:
    eventi = [(AVVIO, LUNEDI), (DOMANDA, date(2026, 11, 14)), (RIPRESA, date(2026, 11, 17))]
    assert promemoria(righe(PROCEDIMENTO, 30, eventi)) == [date(2026, 12, 2), date(2026, 12, 7)]


@pytest.mark.parametrize(("giorni", "quanti"), [(1, 0), (2, 1), (3, 1), (5, 2), (30, 2)])
def test_short_terms_have_fewer_reminders_none_on_the_last_day(giorni: int, quanti: int) -> None:
    giorni_di = promemoria(righe(SERVIZIO, giorni, [(AVVIO, LUNEDI)]))
    assert len(giorni_di) == quanti
    assert all(LUNEDI < quando < scade(SERVIZIO, giorni, (AVVIO, LUNEDI)) for quando in giorni_di)


# --- the second clock -------------------------------------------------------------------------------------


@cache
def _pasquetta(anno: int) -> date:
    """Easter Monday by Gauss's method, with its two exceptions."""
    a, b, c = anno % 19, anno % 4, anno % 7
    m, n = 24, 5  # 1900–2099
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    pasqua = date(anno, 3, 22) + timedelta(days=d + e)
    if pasqua == date(anno, 4, 26) or (pasqua == date(anno, 4, 25) and d == 28 and e == 6 and a > 10):
        pasqua -= timedelta(days=7)
    return pasqua + UN_GIORNO


FESTE = {(1, 1), (6, 1), (25, 4), (1, 5), (2, 6), (12, 7), (15, 8), (1, 11), (8, 12), (25, 12), (26, 12)}


def _al_lavoro(giorno: date) -> bool:
    festa = (giorno.day, giorno.month) in FESTE or (giorno.year > 2025 and (giorno.day, giorno.month) == (4, 10))
    return not (festa or giorno.isoweekday() > 5 or giorno == _pasquetta(giorno.year))


class Calendarietto:
    """A clerk with a wall calendar: crosses off one day after another, and keeps a purse of days to be given back."""

    def __init__(self) -> None:
        self.tipo, self.giorni = "", 0
        self.inizio: date | None = None
        self.borsa: list[tuple[date, int]] = []  # when it stopped, days given back
        self.usate: set[str] = set()
        self.ferma: tuple[str, date] | None = None

    def legge(self, evento: str, giorno: date, tipo: str = "", giorni: int = 0) -> None:
        """Takes note of one event; where a term begins, of how long it is."""
        if evento == "avvio":
            self.tipo, self.giorni = tipo, giorni
            self.inizio, self.borsa, self.usate, self.ferma = giorno, [], set(), None
        elif self.inizio is not None and evento == "ripresa":
            self._riparte(giorno)
        elif self.inizio is not None and evento not in self.usate and giorno <= self.fine():
            self._riparte(giorno)
            self.usate.add(evento)
            self.ferma = (evento, giorno)

    def _riparte(self, giorno: date) -> None:
        if self.ferma is not None:
            self.borsa.append((self.ferma[1], self._fermi(*self.ferma, giorno)))
            self.ferma = None

    @staticmethod
    def _fermi(causa: str, dal: date, al: date | None) -> int:
        """Walks from the stop to whatever comes first: the words waited for, or the last day granted."""
        quanti, giorno = 0, dal
        while giorno != al:
            if causa == "sospensione" and quanti == 30:
                break
            if causa == "preavviso" and quanti >= 10 and _al_lavoro(giorno):
                break
            giorno += UN_GIORNO
            quanti += 1
        return quanti

    def fine(self) -> date:
        """Crosses off the days of the term, then those in the purse, then days off."""
        assert self.inizio is not None
        giorno, restano = self.inizio, self.giorni
        while restano:
            giorno += UN_GIORNO
            if self.tipo == "procedimento" or _al_lavoro(giorno):
                restano -= 1
        ancora = [(self.ferma[1], self._fermi(*self.ferma, None))] if self.ferma else []
        for quando, quanti in [*self.borsa, *ancora]:
            if quando > giorno:  # it stopped on a day off that had put the end off already
                giorno = self._al_prossimo(giorno)
            for _volta in range(quanti):
                giorno += UN_GIORNO
        return self._al_prossimo(giorno)

    @staticmethod
    def _al_prossimo(giorno: date) -> date:
        while not _al_lavoro(giorno):
            giorno += UN_GIORNO
        return giorno


ROMA = ZoneInfo("Europe/Rome")
# Ends of years, both changes of the hour, Easter, the patron, the two Decembers full of holidays.
_DELICATI = ["2026-12-31", "2027-03-28", "2027-10-31", "2028-03-26", "2026-10-25", "2027-07-12", "2028-04-16"]
_inizi = st.one_of(
    st.dates(date(2024, 1, 1), date(2035, 12, 31)),
    st.builds(
        lambda giorno, prima: date.fromisoformat(giorno) - timedelta(days=prima),
        st.sampled_from(_DELICATI),
        st.integers(0, 45),
    ),
)
_passi = st.tuples(st.sampled_from(["sospensione", "preavviso", "ripresa", "ripresa", "avvio"]), st.integers(0, 45))

_durate = st.tuples(st.sampled_from(["procedimento", "servizio"]), st.integers(1, 90))


@st.composite
def storie(draw: Any) -> list[Evento]:
    """A history of the clock, in order of time, whatever the workflow would allow; each term as long as the category
    says on its day."""
    giorno, eventi = draw(_inizi), []
    for evento, dopo in [("avvio", 0), *draw(st.lists(_passi, max_size=5))]:
        giorno += timedelta(days=dopo)
        eventi.append(Evento(evento, giorno, *draw(_durate)) if evento == "avvio" else Evento(evento, giorno))
    return eventi


@settings(max_examples=esempi(9_000), deadline=None)
@given(storie())
def test_both_clocks_say_the_same_over_any_history(eventi: list[Evento]) -> None:
    a_mano = Calendarietto()
    for riga in eventi:
        a_mano.legge(*riga)
    termine = calcola(eventi)
    assert termine is not None
    assert termine.scade == a_mano.fine()
    assert _al_lavoro(termine.scade)
    assert all(sosta.fine <= termine.scade for sosta in termine.sospensioni)


@settings(max_examples=esempi(300), deadline=None)
@given(storie())
def test_reminders_come_before_the_last_day_and_at_most_twice(eventi: list[Evento]) -> None:
    giorni, termine = promemoria(eventi), calcola(eventi)
    assert termine is not None
    assert len(giorni) == len(set(giorni)) <= 2
    assert all(_al_lavoro(quando) and quando < termine.scade for quando in giorni)


@settings(max_examples=esempi(1_000), deadline=None)
@given(_inizi, st.integers(-90, 90), st.integers(1, 40))
def test_the_day_is_the_one_on_the_walls_of_lucca(giorno: date, secondi: int, giorni: int) -> None:
    """An instant around midnight, also on the nights when the clocks change: the term starts on the local day."""
    mezzanotte = datetime(giorno.year, giorno.month, giorno.day, tzinfo=ROMA).astimezone(UTC)
    istante = mezzanotte + timedelta(seconds=secondi)
    atteso = giorno if secondi >= 0 else giorno - UN_GIORNO
    with fermo_a(istante):
        assert oggi() == atteso
        inizio = oggi()
    a_mano = Calendarietto()
    a_mano.legge("avvio", atteso, "servizio", giorni)
    assert scade(SERVIZIO, giorni, (AVVIO, inizio)) == a_mano.fine()
