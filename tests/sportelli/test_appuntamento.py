"""An appointment from the booking to the day: held, confirmed, cancelled, reminded of; and what is refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import DomainError
from core.tempo import fermo_a
from core.workflow import PassoNonPossibile
from sportelli import actions, scheduled
from sportelli.models import Appuntamento, Posto
from sportelli.workflow import PROCEDURA, Chi, Stato
from tests.sportelli.aiuti import alle, apri_sportello, mail, orario, per, prendi, turno


def rifiuta(codice, fai):
    with pytest.raises(DomainError) as rifiuto:
        fai()
    assert rifiuto.value.codice == codice


def test_a_guest_holds_the_turns_for_half_an_hour_and_confirms(sportello, atto):
    suo = prendi(atto, alle("09:00"))
    assert (suo.stato, suo.scade_il, suo.fine) == (Stato.DA_CONFERMARE, alle("08:30"), alle("09:30"))
    assert [turno(sportello, alle(ora)).occupati for ora in ("09:00", "09:15", "09:30")] == [1, 1, 0]
    assert [m.email for m in mail("appuntamento_conferma")] == ["gina@example.org"]
    assert actions.conferma(suo).stato == Stato.CONFERMATO
    assert len(mail("appuntamento_preso")) == 1


def test_an_account_and_the_counter_are_certain_at_once(atto, anna, sara):
    assert prendi(atto, autore=anna).stato == Stato.CONFERMATO
    chiamata = prendi(atto, operatore=sara, nome="Pia Poli")
    assert (chiamata.stato, chiamata.chi, chiamata.operatore) == (Stato.CONFERMATO, "", sara)
    assert [m.utente for m in mail("appuntamento_preso")] == [anna]


def test_who_does_not_confirm_loses_the_place(sportello, atto):
    suo = prendi(atto, alle("09:00"))
    assert scheduled.libera_i_non_confermati() == 0
    with fermo_a(alle("08:30")):
        rifiuta("tenuto_scaduto", lambda: actions.conferma(suo))
        assert scheduled.libera_i_non_confermati() == 1
        assert scheduled.libera_i_non_confermati() == 0
    suo.refresh_from_db()
    assert (suo.stato, turno(sportello, alle("09:00")).occupati) == (Stato.SCADUTO, 0)


def test_cancelling_is_a_state_and_frees_the_seat_at_once(sportello, atto, anna):
    suo = prendi(atto, alle("09:00"), autore=anna)
    assert actions.disdici(suo).stato == Stato.DISDETTO
    assert turno(sportello, alle("09:00")).occupati == 0
    assert Appuntamento.objects.filter(pk=suo.pk).exists()
    assert len(mail("appuntamento_disdetto")) == 1
    with pytest.raises(PassoNonPossibile):
        actions.disdici(suo)
    assert prendi(atto, alle("09:00"), autore=anna).atteso


def test_the_office_cancels_with_a_reason_told_by_mail(atto, sara):
    suo = actions.annulla(prendi(atto), motivo="Manca chi riceve.", operatore=sara)
    assert suo.stato == Stato.ANNULLATO
    assert mail("appuntamento_annullato")[0].dati["motivo"] == "Manca chi riceve."


def test_two_desks_take_two_and_the_third_is_refused(sportello, atto):
    for n in range(2):
        prendi(atto, alle("09:00"), email=f"ospite{n}@example.org")
    rifiuta("posto_preso", lambda: prendi(atto, alle("09:00"), email="ospite9@example.org"))
    rifiuta("posto_preso", lambda: prendi(per(sportello, 60), alle("09:00"), email="ospite9@example.org"))


@pytest.mark.parametrize("ora", ["08:00", "10:45", "12:00"])
def test_what_is_no_turn_cannot_be_booked(atto, ora):
    rifiuta("posto_preso", lambda: prendi(atto, alle(ora)))


def test_what_was_switched_off_meanwhile_cannot_be_booked(atto):
    atto.attiva = False
    rifiuta("posto_preso", lambda: prendi(atto, alle("09:00")))


def test_nobody_is_at_two_counters_at_one_time(sportello, atto, anna):
    altro = apri_sportello("altro")
    orario(altro, 0, "09:00", "11:00")
    actions.applica_gli_orari(altro)
    prendi(atto, alle("09:00"), autore=anna)
    lungo = per(altro, 60)
    rifiuta("gia_impegnato", lambda: prendi(lungo, alle("09:00"), autore=anna))
    assert turno(altro, alle("09:00")).occupati == 0
    assert prendi(lungo, alle("10:00"), autore=anna).atteso


def test_a_stranger_who_writes_a_mailbox_learns_nothing_of_its_appointments(atto, anna):
    """Who is expected when is asked of who has proved the mailbox."""
    for ora in ("09:00", "09:30", "10:00"):
        prendi(atto, alle(ora), autore=anna)
    stesso, quarto = (prendi(atto, alle(ora), email=anna.email.upper()) for ora in ("09:00", "10:30"))
    rifiuta("troppi_aperti", lambda: actions.conferma(quarto))
    actions.disdici(Appuntamento.objects.get(utente=anna, inizio=alle("10:00")))
    rifiuta("gia_impegnato", lambda: actions.conferma(stesso))
    assert actions.conferma(quarto).stato == Stato.CONFERMATO


def test_what_a_stranger_holds_keeps_nobody_from_booking(atto, anna):
    for ora in ("09:00", "09:30", "10:00", "10:30"):
        prendi(atto, alle(ora), email=anna.email)
    assert prendi(atto, alle("09:00"), autore=anna).stato == Stato.CONFERMATO


def test_three_ahead_for_one_mailbox_and_no_more(atto):
    for ora in ("09:00", "09:30", "10:00"):
        actions.conferma(prendi(atto, alle(ora)))
    rifiuta("troppi_aperti", lambda: actions.conferma(prendi(atto, alle("10:30"))))


def test_nobodys_mailbox_is_filled_with_mails_to_confirm(atto):
    for _volta in range(5):
        actions.scade(prendi(atto, alle("09:00")))
    rifiuta("troppi_tentativi", lambda: prendi(atto, alle("09:00")))


def test_the_same_form_books_once(atto, anna):
    chiave = uuid4()
    primo, secondo = (prendi(atto, alle("09:00"), autore=anna, chiave=chiave) for _volta in range(2))
    assert primo == secondo
    assert Posto.objects.count() == 2


def test_the_day_before_whoever_comes_is_reminded_once(atto, anna):
    suo = prendi(atto, alle("09:00", "2026-12-07"), autore=anna)
    prendi(atto, alle("10:00", "2026-12-07"))  # not confirmed: nobody to remind
    scheduled.manda_i_promemoria()
    assert mail("appuntamento_promemoria") == []
    for ora in ("09:00", "10:00", "23:00"):
        with fermo_a(alle(ora, "2026-12-06")):
            scheduled.manda_i_promemoria()
    assert [m.evento for m in mail("appuntamento_promemoria")] == [f"appuntamento:{suo.codice}:promemoria"]


def test_who_booked_today_for_tomorrow_or_has_cancelled_is_not_reminded(atto, anna, bruno):
    prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    with fermo_a(alle("08:00", "2026-11-29")):
        actions.applica_gli_orari(atto.sportello)
        actions.disdici(prendi(atto, alle("09:00", "2026-12-01"), autore=bruno))
    scheduled.manda_i_promemoria()
    assert mail("appuntamento_promemoria") == []


def test_who_came_is_marked_from_that_day_on_and_may_be_corrected(sportello, atto, anna):
    suo = prendi(atto, alle("09:00", "2026-12-01"), autore=anna)
    rifiuta("non_ancora", lambda: actions.segna_venuto(suo))
    with fermo_a(alle("09:10", "2026-12-01")):
        assert actions.segna_assente(suo).stato == Stato.ASSENTE
        assert actions.segna_venuto(suo).stato == Stato.VENUTO
    assert turno(sportello, alle("09:00", "2026-12-01")).occupati == 1


def test_what_has_begun_is_not_cancelled_any_more(atto, anna, sara):
    suo = prendi(atto, alle("09:00"), autore=anna)
    with fermo_a(alle("09:00")):
        rifiuta("passato", lambda: actions.disdici(suo))
        rifiuta("passato", lambda: actions.annulla(suo, motivo="Tardi", operatore=sara))


VERBI = {
    "conferma": actions.conferma,
    "disdici": actions.disdici,
    "annulla": lambda suo: actions.annulla(suo, motivo="Chiuso"),
    "scade": actions.scade,
    "segna_venuto": actions.segna_venuto,
    "segna_assente": actions.segna_assente,
}


def test_every_step_has_its_verb():
    assert set(VERBI) == set(PROCEDURA.passi)


@pytest.mark.parametrize("passo", VERBI)
@pytest.mark.parametrize("stato", Stato.values)
def test_every_verb_does_what_the_table_says(atto, anna, stato, passo):
    suo = prendi(atto, alle("09:00"), autore=anna)
    Appuntamento.objects.filter(pk=suo.pk).update(stato=stato, scade_il=suo.inizio)
    suo.refresh_from_db()
    riga = PROCEDURA.cerca(stato, passo)
    if riga is None:
        with pytest.raises(PassoNonPossibile):
            VERBI[passo](suo)
        return
    assert VERBI[passo](suo).stato == riga.a


def test_the_office_cannot_confirm_for_others():
    with pytest.raises(PassoNonPossibile):
        PROCEDURA.chiedi(Stato.DA_CONFERMARE, "conferma", [Chi.UFFICIO])


def test_a_hold_that_runs_out_midway_is_not_confirmed_a_second_later(atto):
    suo = prendi(atto)
    with fermo_a(alle("08:30") + timedelta(seconds=1)):
        rifiuta("tenuto_scaduto", lambda: actions.conferma(suo))
