"""A draft lives a day; a report nobody confirms lives three. What is due goes, what is not stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from core.errors import DomainError
from core.tempo import fermo_a
from segnalazioni import actions
from segnalazioni.actions.bozza import cancella_bozza, salva_bozza
from segnalazioni.models import Bozza, Categoria, Foto, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.scheduled import butta_le_bozze_scadute, scarta_le_non_confermate
from segnalazioni.workflow import Stato
from tests.aiuti import segnala
from tests.segnalazioni.modulo import CASELLA, TESTO, Modulo, indirizzo
from tests.segnalazioni.test_nuova_foto import carica, esiste, file

LUNEDI = datetime(2026, 11, 23, 17, 40, tzinfo=UTC)
UN_GIORNO = timedelta(hours=24)


def test_a_draft_is_kept_for_a_day_from_the_last_word(modulo: Modulo) -> None:
    with fermo_a(LUNEDI):
        modulo.cosa()
        assert "Teniamo la bozza fino a domani alle 18:40" in modulo.guarda("nuova_dove")
    with fermo_a(LUNEDI + timedelta(hours=20)):
        modulo.dove()
    with fermo_a(LUNEDI + timedelta(hours=43)):
        assert TESTO in modulo.guarda("nuova")
    with fermo_a(LUNEDI + timedelta(hours=45)):
        assert TESTO not in modulo.guarda("nuova")
        assert modulo.client.get(indirizzo("nuova_rivedi")).url == indirizzo("nuova")


def test_a_draft_whose_day_has_passed_is_swept_with_its_photos(
    modulo: Modulo, django_capture_on_commit_callbacks: Any
) -> None:
    with fermo_a(LUNEDI):
        modulo.cosa()
        modulo.dove()
        carica(modulo, file())
    nome = Foto.objects.get().file.name
    with fermo_a(LUNEDI + UN_GIORNO - timedelta(seconds=1)):
        assert butta_le_bozze_scadute() == 0
    with fermo_a(LUNEDI + UN_GIORNO), django_capture_on_commit_callbacks(execute=True):
        assert butta_le_bozze_scadute() == 1
        assert butta_le_bozze_scadute() == 0
    assert not Bozza.objects.exists()
    assert not Foto.objects.exists()
    assert not esiste(nome)


def test_a_draft_written_in_while_the_sweep_comes_is_left_alone(db: None) -> None:
    with fermo_a(LUNEDI):
        bozza = salva_bozza(None, {"cosa": {"testo": TESTO}})
    with fermo_a(LUNEDI + UN_GIORNO):
        letta_dalla_scopa = Bozza.objects.scadute().get()
        salva_bozza(bozza, {"dove": {}})
        assert not cancella_bozza(letta_dalla_scopa, solo_se_scaduta=True)
    assert Bozza.objects.get().dati == {"cosa": {"testo": TESTO}, "dove": {}}
    assert cancella_bozza(letta_dalla_scopa), "its author may still drop it"


def test_a_draft_sent_or_dropped_meanwhile_is_not_written_again(db: None) -> None:
    bozza = salva_bozza(None, {"cosa": {"testo": TESTO}})
    Bozza.objects.all().delete()
    with pytest.raises(DomainError, match="non c’è più") as errore:
        salva_bozza(bozza, {"dove": {}})
    assert errore.value.codice == "bozza_sparita"
    assert not Bozza.objects.exists()


def test_parts_of_a_draft_do_not_push_one_another_out(db: None) -> None:
    bozza = salva_bozza(None, {"cosa": {"testo": TESTO}})
    vecchia = Bozza.objects.get()
    salva_bozza(bozza, {"dove": {"parole": "Qui"}})
    salva_bozza(vecchia, {"chi": {"contatto": "anonimo"}})
    assert set(Bozza.objects.get().dati) == {"cosa", "dove", "chi"}


# --- reports that nobody confirms -------------------------------------------------------------------------


def test_what_nobody_confirms_in_three_days_is_discarded(lampioni: Categoria) -> None:
    with fermo_a(LUNEDI):
        caso = segnala(lampioni, email=CASELLA, testo="Il mio vicino Mario Rossi tiene la luce accesa")
    with fermo_a(LUNEDI + actions.CONFERMA_ENTRO - timedelta(minutes=1)):
        assert scarta_le_non_confermate() == 0
    with fermo_a(LUNEDI + actions.CONFERMA_ENTRO + timedelta(minutes=1)):
        assert scarta_le_non_confermate() == 1
        assert scarta_le_non_confermate() == 0
    caso.refresh_from_db()
    assert (caso.stato, caso.testo, caso.lat) == (Stato.SCARTATA, "", None)
    assert not Seguace.objects.filter(segnalazione=caso).exists()


def test_what_was_confirmed_lives(lampioni: Categoria, anna: User) -> None:
    with fermo_a(LUNEDI):
        segnala(lampioni, autore=anna)
        confermata = segnala(lampioni, email=CASELLA)
        actions.email_dimostrata(confermata, CASELLA)
    with fermo_a(LUNEDI + timedelta(days=9)):
        assert scarta_le_non_confermate() == 0
    assert set(Segnalazione.objects.values_list("stato", flat=True)) == {Stato.RICEVUTA}


def test_one_confirmed_at_the_last_moment_does_not_stop_the_others(
    lampioni: Categoria, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fermo_a(LUNEDI):
        prima, seconda = segnala(lampioni, email=CASELLA), segnala(lampioni, email="gino@example.org")
    scarta = actions.scarta

    def scarta_dopo_la_conferma(caso: Segnalazione) -> Segnalazione:
        if caso == prima:
            actions.email_dimostrata(caso, CASELLA)
        return scarta(caso)

    monkeypatch.setattr(actions, "scarta", scarta_dopo_la_conferma)
    with fermo_a(LUNEDI + timedelta(days=4)):
        assert scarta_le_non_confermate() == 1
    prima.refresh_from_db()
    seconda.refresh_from_db()
    assert (prima.stato, seconda.stato) == (Stato.RICEVUTA, Stato.SCARTATA)
