"""Whoever touches history, through the database itself, is found and the link is named."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from comune.models import Ruolo
from core.tempo import adesso
from notifiche.models import Notifica
from segnalazioni import models, scheduled
from segnalazioni.catena import guasti
from segnalazioni.models import Passaggio, Segnalazione
from tests.aiuti import incarica, persona, porta_a, segnala

PASSAGGI, TESTI = Passaggio._meta.db_table, models.TestoPassaggio._meta.db_table
# Every column of a link → what the intruder writes there. Its key is the only one that says nothing.
FALSI: dict[str, Any] = {
    "created_at": lambda p: p.created_at - timedelta(hours=1),
    "numero": lambda p: 7,
    "impronta_precedente": lambda p: "0" * 64,
    "impronta": lambda p: "f" * 64,
    "uid": lambda p: "0" * 32 if connection.vendor == "sqlite" else "00000000-0000-0000-0000-000000000000",
    "segnalazione_id": lambda p: Segnalazione.objects.exclude(pk=p.segnalazione_id).values_list("pk", flat=True)[0],
    "passo": lambda p: "riprendi",
    "da": lambda p: "contestata",
    "a": lambda p: "contestata",
    "autore_id": lambda p: persona("Intrusa").pk,
    "ruolo": lambda p: "sistema",
    "ufficio_id": lambda p: None if p.ufficio_id else _altro(p),
    "ente": lambda p: "ANAS",
    "giorno": lambda p: "2026-01-01",
    "impronta_testo": lambda p: "a" * 64,
}


def _altro(passaggio):
    return passaggio.segnalazione.categoria.ufficio_id


@contextmanager
def senza_guardie():
    """The guard of the database is taken down, as somebody who owns it could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # events that wait would not let the table be altered
            cursor.execute(f"ALTER TABLE {PASSAGGI} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {PASSAGGI}_no_update")
            cursor.execute(f"DROP TRIGGER {PASSAGGI}_no_delete")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        yield cursor


@pytest.fixture
def caso(buche, anna, carla, elena, dario):
    """Five steps, some of them with words; beside it another case."""
    segnala(buche, autore=anna)
    return porta_a(segnala(buche, autore=anna), "risolta")


def trovati(caso):
    return guasti(Segnalazione.objects.per_elenco().get(pk=caso.pk))


def test_a_story_as_it_was_written_holds(caso):
    assert Passaggio.objects.filter(segnalazione=caso).count() == 4
    uscita = StringIO()
    call_command("verifica_catena", stdout=uscita)
    assert uscita.getvalue().strip() == "2 catene integre"


def test_every_column_of_a_link_is_tried():
    colonne = {campo.column for campo in Passaggio._meta.local_fields if not campo.primary_key}
    assert colonne == FALSI.keys()


@pytest.mark.parametrize("colonna", FALSI)
@pytest.mark.parametrize("numero", [2, 4])
def test_any_column_of_any_link_that_is_touched_is_named(caso, colonna, numero):
    passaggio = Passaggio.objects.get(segnalazione=caso, numero=numero)
    falso = FALSI[colonna](passaggio)
    with senza_guardie() as cursor:
        cursor.execute(f"UPDATE {PASSAGGI} SET {colonna} = %s WHERE id = %s", [falso, passaggio.pk])
    guasto = trovati(caso)[0]
    assert guasto.codice == caso.codice
    # A number changed, or a link carried away, is noticed where it is missing: at the next one, or by the count.
    assert guasto.numero in ({numero} if colonna not in ("numero", "segnalazione_id") else {numero, numero + 1, 7})
    errori = StringIO()
    with pytest.raises(CommandError, match="rott"):
        call_command("verifica_catena", stderr=errori)
    assert f"{caso.codice} passaggio {guasto.numero}: " in errori.getvalue()


@pytest.mark.parametrize("numero", [2, 3, 4])
def test_a_link_that_was_taken_away_is_missed(caso, numero):
    passaggio = Passaggio.objects.get(segnalazione=caso, numero=numero)
    with senza_guardie() as cursor:
        cursor.execute(f"DELETE FROM {TESTI} WHERE passaggio_id = %s", [passaggio.pk])
        cursor.execute(f"DELETE FROM {PASSAGGI} WHERE id = %s", [passaggio.pk])
    trovato = trovati(caso)[0]
    assert (trovato.codice, trovato.numero) in {(caso.codice, numero), (caso.codice, numero + 1)}


def test_the_tail_cut_off_together_with_the_state_is_missed(caso):
    ultimo = Passaggio.objects.get(segnalazione=caso, numero=4)
    with senza_guardie() as cursor:
        cursor.execute(f"DELETE FROM {TESTI} WHERE passaggio_id = %s", [ultimo.pk])
        cursor.execute(f"DELETE FROM {PASSAGGI} WHERE id = %s", [ultimo.pk])
    Segnalazione.objects.filter(pk=caso.pk).update(stato=ultimo.da)
    assert [(g.numero, g.che) for g in trovati(caso)] == [(4, "il numero dei passaggi non torna")]


def test_a_link_that_was_slipped_in_is_found(caso):
    ultimo = Passaggio.objects.get(segnalazione=caso, numero=4)
    finto = Passaggio(
        segnalazione=caso, numero=5, impronta_precedente=ultimo.impronta, passo="archivia", da="risolta", a="chiusa",
        ruolo="sistema", created_at=adesso(),
    )  # fmt: skip
    finto.impronta = finto.calcola_impronta()
    finto.save()
    assert {g.che for g in trovati(caso)} == {
        "il numero dei passaggi non torna",
        "lo stato non è quello dell’ultimo passaggio",
    }


def test_two_links_that_changed_places_are_found(caso):
    with senza_guardie() as cursor:
        for da, a in ((2, 9), (3, 2), (9, 3)):
            cursor.execute(
                f"UPDATE {PASSAGGI} SET numero = %s WHERE numero = %s AND segnalazione_id = %s", [a, da, caso.pk]
            )
    assert {g.numero for g in trovati(caso)} >= {2, 3}


@pytest.mark.parametrize("campo", ["testo", "nota", "prova", "sale"])
def test_the_words_of_a_step_are_as_they_were_said(caso, campo):
    detto = models.TestoPassaggio.objects.get(passaggio__segnalazione=caso, passaggio__passo="risolvi")
    models.TestoPassaggio.objects.filter(pk=detto.pk).update(**{campo: "Mai detto"})
    assert [(g.numero, g.che) for g in trovati(caso)] == [(4, "le parole sono state cambiate")]


def test_words_that_vanish_before_their_time_are_missed(caso):
    models.TestoPassaggio.objects.filter(passaggio__segnalazione=caso).delete()
    assert (4, "mancano le parole") in [(g.numero, g.che) for g in trovati(caso)]


def test_words_put_on_a_step_that_said_nothing_are_found(caso):
    muto = Passaggio.objects.get(segnalazione=caso, passo="conferma")
    models.TestoPassaggio.objects.create(passaggio=muto, testo="Promesso entro domani", sale="00")
    assert [(g.numero, g.che) for g in trovati(caso)] == [(1, "le parole sono state cambiate")]


def test_the_nightly_check_tells_the_head_of_the_urp_once(caso, ufficio_urp, caplog):
    bianca = incarica(persona("Bianca", is_staff=True), ufficio_urp, Ruolo.RESPONSABILE)
    assert scheduled.verifica_le_catene() == 0
    models.TestoPassaggio.objects.filter(passaggio__segnalazione=caso).update(testo="Mai detto")
    assert scheduled.verifica_le_catene() > 0
    assert f"broken chain: {caso.codice} passaggio 4" in caplog.text
    scheduled.verifica_le_catene()
    avvisi = Notifica.objects.filter(tipo="catena_rotta")
    assert {avviso.utente for avviso in avvisi} == {bianca}
    assert avvisi.count() == 2, "one mail and one on the site, however often it runs that day"
    assert any(caso.codice in riga for riga in avvisi[0].dati["guasti"])


def test_many_chains_are_read_together(caso, buche, django_assert_num_queries):
    from segnalazioni.catena import guasti_fra

    for _volta in range(5):
        segnala(buche)
    casi = list(Segnalazione.objects.per_elenco())
    with django_assert_num_queries(3):
        assert list(guasti_fra(casi)) == []
