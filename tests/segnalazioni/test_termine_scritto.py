"""The category changes its mind while a case is running: what was promised stays, in the row and on every page."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from comune.models import Incarico
from core.tempo import adesso
from segnalazioni import actions, scheduled
from segnalazioni.desk.stampa import spostamenti
from segnalazioni.models import Categoria, EventoTermine, Intervento, Passaggio, Segnalazione, termine_di
from segnalazioni.racconto import Orologio, Vista, orologio
from segnalazioni.termini import Evento, TipoEvento, TipoTermine, calcola
from tests.aiuti import fai, porta_a, segnala
from tests.segnalazioni.cittadini import pagina_di
from tests.segnalazioni.test_scadenze import fresco, il

NOVE_NOVEMBRE, NOVE_DICEMBRE = date(2026, 11, 9), date(2026, 12, 9)
CAMBI = [(TipoTermine.PROCEDIMENTO, 50), (TipoTermine.PROCEDIMENTO, 3), (TipoTermine.SERVIZIO, 30)]
cambi = pytest.mark.parametrize(("tipo", "giorni"), CAMBI)


@pytest.fixture
def caso(buche: Categoria, anna: User, elena: User, dario: User, carla: User) -> Segnalazione:
    """Anna's report of Mon 9 November 2026, a procedimento of thirty days: due on Wed 9 December."""
    Incarico.objects.update(dal=date(2020, 1, 1))
    buche.tipo_termine, buche.giorni = TipoTermine.PROCEDIMENTO, 30
    buche.save()
    with il(NOVE_NOVEMBRE):
        return porta_a(segnala(buche, autore=anna), "in_lavorazione")


def cambia(caso: Segnalazione, tipo: str, giorni: int) -> Segnalazione:
    """`manage.py prepara` with another taxonomy; the case as whoever comes next reads it."""
    Categoria.objects.filter(pk=caso.categoria_id).update(tipo_termine=tipo, giorni=giorni)
    return fresco(caso)


def alla_scrivania(caso: Segnalazione) -> Orologio:
    """The clock that colleagues see."""
    trovato = orologio(fresco(caso), vista=Vista.SCRIVANIA)
    assert trovato is not None
    return trovato


@cambi
def test_row_pages_and_file_say_what_was_promised(
    client: Client, caso: Segnalazione, elena: User, tipo: str, giorni: int
) -> None:
    with il(date(2026, 11, 12)):
        prima = alla_scrivania(caso)
        client.force_login(elena)
        cambia(caso, tipo, giorni)
        assert alla_scrivania(caso) == prima
        assert fresco(caso).scadenza == NOVE_DICEMBRE
        assert [riga.scade for riga in spostamenti(fresco(caso))] == [NOVE_DICEMBRE]
        for pagina in (caso.url(), caso.url_scrivania(), caso.url_scrivania("fascicolo")):
            testo = pagina_di(client.get(pagina))
            assert "mercoledì 9 dicembre 2026" in testo
        assert "Termine di questo caso: 30 giorni." in pagina_di(client.get(caso.url_scrivania()))
        assert "Sono 30 giorni, festivi compresi" in pagina_di(client.get(caso.url()))


@cambi
def test_a_later_question_moves_it_by_its_own_days_alone(caso: Segnalazione, tipo: str, giorni: int) -> None:
    caso = cambia(caso, tipo, giorni)
    with il(date(2026, 11, 14)):
        caso = fai(caso, "chiedi")
    assert caso.scadenza == date(2027, 1, 8)
    with il(date(2026, 11, 17)):
        caso = fai(caso, "rispondi")
    assert caso.scadenza == date(2026, 12, 14)
    with il(date(2026, 11, 23)):
        caso = fai(caso, "preavvisa")
    with il(date(2026, 11, 27)):
        caso = fai(caso, "osserva")
    assert caso.scadenza == date(2026, 12, 16)


@cambi
def test_reminders_leave_on_the_same_days(caso: Segnalazione, tipo: str, giorni: int) -> None:
    cambia(caso, tipo, giorni)
    partiti = []
    for giorno in (27, 30, 3, 4, 9):
        with il(date(2026, 11 if giorno > 20 else 12, giorno)):
            partiti.append((giorno, scheduled.manda_i_promemoria()))
    assert partiti == [(27, 0), (30, 1), (3, 0), (4, 1), (9, 0)]


@cambi
def test_half_of_the_term_is_half_of_the_one_that_ran_out(
    caso: Segnalazione, anna: User, tipo: str, giorni: int
) -> None:
    caso = cambia(caso, tipo, giorni)
    with il(date(2026, 12, 15)):
        actions.sollecita(caso, autore=anna)
    assert Intervento.objects.get(segnalazione=caso).scadenza == date(2026, 12, 30)


def test_a_contested_answer_starts_the_term_of_that_day(caso: Segnalazione, buche: Categoria, anna: User) -> None:
    with il(date(2026, 11, 20)):
        caso = fai(caso, "risolvi")
        caso = cambia(caso, TipoTermine.SERVIZIO, 5)
    with il(date(2026, 12, 3)):
        caso = fai(caso, "contesta")
    assert caso.scadenza == date(2026, 12, 11)  # five working days; 8 December is a holiday
    caso = cambia(caso, TipoTermine.PROCEDIMENTO, 90)
    termine = termine_di(caso)
    assert termine is not None
    assert (termine.scade, termine.in_parole, termine.da_capo) == (date(2026, 12, 11), "5 giorni lavorativi", True)
    with il(date(2026, 12, 9)):
        assert [riga.scade for riga in spostamenti(caso)] == [NOVE_DICEMBRE, date(2026, 12, 11)]
    with il(date(2026, 12, 15)):
        actions.sollecita(caso, autore=anna)
    assert Intervento.objects.get(segnalazione=caso).scadenza == date(2026, 12, 18)  # three working days


def test_the_receipt_says_it_too(client: Client, buche: Categoria, anna: User) -> None:
    client.force_login(anna)
    with il(date(2026, 12, 3)):
        caso = segnala(buche, autore=anna)
        cambia(caso, TipoTermine.PROCEDIMENTO, 90)
        ricevuta = pagina_di(client.get(caso.url("inviata")))
    assert "entro venerdì 11 dicembre 2026" in ricevuta
    assert "Sono 5 giorni lavorativi." in ricevuta


def test_who_files_afterwards_gets_the_new_term(caso: Segnalazione, buche: Categoria, anna: User) -> None:
    cambia(caso, TipoTermine.SERVIZIO, 5)
    buche.refresh_from_db()
    with il(date(2026, 12, 3)):
        assert segnala(buche, autore=anna).scadenza == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("evento", "tipo", "giorni"),
    [(TipoEvento.AVVIO, "", 0), (TipoEvento.AVVIO, "lune", 3), (TipoEvento.RIPRESA, TipoTermine.SERVIZIO, 5)],
)
def test_the_database_wants_a_term_where_one_begins_and_nowhere_else(
    caso: Segnalazione, evento: str, tipo: str, giorni: int
) -> None:
    passaggio = Passaggio.objects.filter(segnalazione=caso).latest("numero")
    with pytest.raises(IntegrityError, match="evento_termine_scritto_all_avvio"), transaction.atomic():
        EventoTermine.objects.create(
            segnalazione=caso,
            passaggio=passaggio,
            evento=evento,
            giorno=NOVE_NOVEMBRE,
            tipo_termine=tipo,
            giorni_termine=giorni,
            created_at=adesso(),
        )


@pytest.mark.parametrize(
    ("tipo", "oggi", "scadenza", "veri"),
    [
        ("procedimento", 30, NOVE_DICEMBRE, 30),  # nothing changed
        ("procedimento", 50, NOVE_DICEMBRE, 30),  # twenty days more: the due date says thirty
        ("procedimento", 3, date(2026, 12, 14), 35),  # 33, 34 and 35 end there: the round one
        ("servizio", 30, date(2026, 11, 16), 5),
        ("servizio", 30, date(2030, 1, 1), 30),  # a day that nothing leads to
        ("servizio", 30, None, 30),
    ],
)
def test_old_cases_are_given_the_days_that_lead_to_their_due_date(
    tipo: str, oggi: int, scadenza: date | None, veri: int
) -> None:
    giorni_di = import_module("segnalazioni.migrations.0027_termine_dei_casi").giorni_di
    assert giorni_di([("avvio", NOVE_NOVEMBRE)], tipo, oggi, scadenza) == veri


def test_suspensions_count_when_old_cases_are_given_their_days() -> None:
    giorni_di = import_module("segnalazioni.migrations.0027_termine_dei_casi").giorni_di
    eventi = [("avvio", NOVE_NOVEMBRE), ("sospensione", date(2026, 11, 14)), ("ripresa", date(2026, 11, 17))]
    righe = [Evento(eventi[0][0], eventi[0][1], "servizio", 20), *(Evento(*riga) for riga in eventi[1:])]
    termine = calcola(righe)
    assert termine is not None
    assert giorni_di(eventi, "servizio", 40, termine.scade) == 20
