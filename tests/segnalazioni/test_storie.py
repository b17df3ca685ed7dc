"""Random histories: whatever people do, in whatever order, the case and its chain stay true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.errors import DomainError
from core.tempo import adesso, fermo_a, oggi
from core.workflow import PassoNonPossibile
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.catena import guasti
from segnalazioni.models import Categoria, EventoTermine, Passaggio, Segnalazione, termine_di
from segnalazioni.termini import TipoTermine
from segnalazioni.workflow import APERTE, CONCLUSE, PROCEDURA, RuoloCaso, Stato
from tests.aiuti import segnala
from tests.segnalazioni.test_termini import Calendarietto

RUOLI = st.sampled_from(RuoloCaso.values)
PASSI = st.sampled_from(PROCEDURA.passi)


def _che_cosa_succede(caso, passo, ruolo, uffici, originale, quale):
    """Which refusal to expect (None: the step is taken), and the data of the step."""
    riga = PROCEDURA.cerca(caso.stato, passo)
    if riga is None or ruolo not in riga.chi:
        return PassoNonPossibile, Dati()
    libero = [u for u in uffici if u.pk != caso.ufficio_id][quale % 2 - 1]
    buoni = _dati(libero, originale, quale)
    dati = Dati(**{nome: buoni[nome] for nome in riga.serve})
    # The days of a preavviso: no refusal before they are over, no observations afterwards.
    fuori_tempo = (passo == "respingi" and caso.attesa) or (passo == "osserva" and not caso.attesa)
    return (DomainError if fuori_tempo else None), dati


def _dati(libero, originale, fra):
    """Good data for any step."""
    return {
        "testo": "Fatto",
        "nota": "Fra noi",
        "prova": "PEC",
        "ente": "ANAS",
        "giorno": oggi() + timedelta(days=fra),
        "ufficio": libero,
        "originale": originale,
    }


def _rifiutata(caso, passo, ruolo, dati, perche):
    prima = Segnalazione.objects.values().get(pk=caso.pk)
    with pytest.raises(perche):
        compi(passo, caso, autore=None, come=ruolo, dati=dati)
    assert Segnalazione.objects.values().get(pk=caso.pk) == prima


class Impiegato:
    """Writes down, on the day a term begins, how long the category says it is; asks nobody about it afterwards."""

    def __init__(self, categoria):
        self.categoria, self.orologio, self.letti = categoria, Calendarietto(), 0
        self.sa_che(categoria.tipo_termine, categoria.giorni)

    def sa_che(self, tipo, giorni):
        """The category has changed."""
        self.dura = (tipo, giorni)
        Categoria.objects.filter(pk=self.categoria.pk).update(tipo_termine=tipo, giorni=giorni)

    def annota(self, caso):
        """Reads what a step has added to the clock."""
        for riga in EventoTermine.objects.filter(segnalazione=caso).order_by("pk")[self.letti :]:
            self.orologio.legge(riga.evento, riga.giorno, *self.dura)
            self.letti += 1

    @property
    def scade(self):
        """The due date; None before it has started."""
        return self.orologio.fine() if self.orologio.inizio else None


def _macchina(buche, uffici, originale):
    class Storia(RuleBasedStateMachine):
        """One case; steps drawn at random, in any role, days apart; the category changes its mind in between."""

        @initialize()
        def nasce(self):
            self.ora = adesso()
            self.caso = segnala(buche, email=f"gino{self.ora.timestamp()}@example.org")
            self.fatti = []
            self.impiegato = Impiegato(buche)

        @rule(passo=PASSI, ruolo=RUOLI, giorni=st.integers(0, 40), quale=st.integers(0, 1))
        def prova_un_passo(self, passo, ruolo, giorni, quale):
            self.ora += timedelta(days=giorni)
            with fermo_a(self.ora):
                rifiuto, dati = _che_cosa_succede(self.caso, passo, ruolo, uffici, originale, quale)
                if rifiuto is not None:
                    _rifiutata(self.caso, passo, ruolo, dati, rifiuto)
                else:
                    self.caso, _passaggio = compi(passo, self.caso, autore=None, come=ruolo, dati=dati)
                    self.fatti.append(passo)
                    self.impiegato.annota(self.caso)

        @rule(tipo=st.sampled_from(TipoTermine.values), giorni=st.integers(1, 90))
        def la_categoria_cambia(self, tipo, giorni):
            self.impiegato.sa_che(tipo, giorni)

        @invariant()
        def la_catena_tiene(self):
            assert guasti(self.caso) == []
            assert list(
                Passaggio.objects.filter(segnalazione=self.caso).order_by("numero").values_list("passo", flat=True)
            ) == (self.fatti)

        @invariant()
        def il_termine_viene_dalle_righe(self):
            termine = termine_di(Segnalazione.objects.get(pk=self.caso.pk))  # as a page asks: the category as it is now
            assert self.caso.scadenza == getattr(termine, "scade", None) == self.impiegato.scade
            ferma = termine and termine.in_corso
            assert self.caso.sospesa_fino_al == getattr(ferma, "fino_al", None)

        @invariant()
        def conclusa_se_e_solo_se_lo_stato_lo_dice(self):
            caso = Segnalazione.objects.get(pk=self.caso.pk)
            assert caso.stato == self.caso.stato
            assert (caso.conclusa_il is not None) == (caso.stato in CONCLUSE)
            assert (caso.confermata_il is not None) == (caso.stato not in (Stato.DA_CONFERMARE, Stato.SCARTATA))
            assert (caso.originale_id is not None) >= (caso.stato == Stato.DUPLICATA)
            assert caso.aperta == (caso.stato in APERTE)

    return Storia


def test_any_history_keeps_the_case_true(db, buche, strade, luce, ufficio_urp, bruno):
    originale = segnala(buche, autore=bruno)
    run_state_machine_as_test(
        _macchina(buche, [strade, luce, ufficio_urp], originale),
        settings=settings(
            max_examples=40,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
