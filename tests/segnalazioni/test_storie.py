"""Random histories: whatever people do, in whatever order, the case and its chain stay true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.tempo import adesso, fermo_a, oggi
from core.workflow import PassoNonPossibile
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.catena import guasti
from segnalazioni.models import EventoTermine, Passaggio, Segnalazione
from segnalazioni.termini import calcola
from segnalazioni.workflow import APERTE, CONCLUSE, PROCEDURA, RuoloCaso, Stato
from tests.aiuti import segnala

RUOLI = st.sampled_from(RuoloCaso.values)
PASSI = st.sampled_from(PROCEDURA.passi)


def _macchina(buche, uffici, originale):
    class Storia(RuleBasedStateMachine):
        """One case; steps drawn at random, in any role, days apart."""

        @initialize()
        def nasce(self):
            self.ora = adesso()
            self.caso = segnala(buche, email=f"gino{self.ora.timestamp()}@example.org")
            self.fatti = []

        @rule(passo=PASSI, ruolo=RUOLI, giorni=st.integers(0, 40), quale=st.integers(0, 1))
        def prova_un_passo(self, passo, ruolo, giorni, quale):
            self.ora += timedelta(days=giorni)
            with fermo_a(self.ora):
                riga = PROCEDURA.cerca(self.caso.stato, passo)
                concessa = riga is not None and ruolo in riga.chi
                if not concessa:
                    self._rifiutata(passo, ruolo)
                    return
                libero = [u for u in uffici if u.pk != self.caso.ufficio_id][quale % 2 - 1]
                dati = {
                    "testo": "Fatto",
                    "nota": "Fra noi",
                    "prova": "PEC",
                    "ente": "ANAS",
                    "giorno": oggi() + timedelta(days=quale),
                    "ufficio": libero,
                    "originale": originale,
                }
                serve = {n: dati[n] for n in riga.serve}
                self.caso, _passaggio = compi(passo, self.caso, autore=None, come=ruolo, dati=Dati(**serve))
                self.fatti.append(passo)

        def _rifiutata(self, passo, ruolo):
            prima = Segnalazione.objects.values().get(pk=self.caso.pk)
            with pytest.raises(PassoNonPossibile):
                compi(passo, self.caso, autore=None, come=ruolo)
            assert Segnalazione.objects.values().get(pk=self.caso.pk) == prima

        @invariant()
        def la_catena_tiene(self):
            assert guasti(self.caso) == []
            assert list(
                Passaggio.objects.filter(segnalazione=self.caso).order_by("numero").values_list("passo", flat=True)
            ) == (self.fatti)

        @invariant()
        def il_termine_viene_dalle_righe(self):
            eventi = EventoTermine.objects.filter(segnalazione=self.caso).values_list("evento", "giorno")
            termine = calcola(buche.tipo_termine, buche.giorni, eventi)
            assert self.caso.scadenza == (termine.scade if termine else None)

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
