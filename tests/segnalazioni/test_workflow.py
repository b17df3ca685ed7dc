"""The procedure, state × step × role: the table against the office's own words, and the engine against the table."""

from __future__ import annotations

from inspect import signature

import pytest

from core.errors import DomainError
from core.tempo import oggi
from core.workflow import PassoNonPossibile, Procedura, Transizione
from segnalazioni import actions
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import APERTE, CONCLUSE, NASCOSTE, PROCEDURA, RuoloCaso, Stato, in_veste_di
from tests.aiuti import segnala

# What the Comune's procedure says, written down a second time by hand: from → {to: who}.
# c citizen who reported, u URP, o operator of the office, r its head, t who holds the potere sostitutivo, s the system.
DETTATO: dict[str, dict[str, str]] = {
    "da_confermare": {"ricevuta": "cu", "scartata": "s"},  # u: filed at the counter, for somebody asked in person
    "ricevuta": {"assegnata": "us", "non_competente": "uor", "duplicata": "uor", "respinta": "u", "ritirata": "c"},
    "assegnata": {
        "ricevuta": "or",
        "in_lavorazione": "uor",
        "non_competente": "uor",
        "duplicata": "uor",
        "ritirata": "c",
    },
    "in_lavorazione": {
        "programmata": "uor",
        "attesa_cittadino": "uor",
        "attesa_terzi": "uor",
        "preavviso_rigetto": "or",
        "risolta": "uor",
        "assegnata": "uor",
        "non_competente": "uor",
        "duplicata": "uor",
        "ritirata": "c",
    },
    "programmata": {"in_lavorazione": "uor", "risolta": "uor", "programmata": "uor"},
    "attesa_cittadino": {"in_lavorazione": "cs"},
    "attesa_terzi": {"in_lavorazione": "uor", "risolta": "uor"},
    "preavviso_rigetto": {"preavviso_rigetto": "c", "in_lavorazione": "or", "respinta": "r"},
    "risolta": {"contestata": "c", "chiusa": "cs"},
    "respinta": {"contestata": "c", "chiusa": "cs"},
    "non_competente": {"contestata": "c", "chiusa": "cs"},
    "duplicata": {"ricevuta": "us", "chiusa": "s"},
    "contestata": {"in_lavorazione": "ur", "chiusa": "ur"},
    "chiusa": {"contestata": "r"},
    "ritirata": {},
    "scartata": {},
}
# What may happen to every open case, and leaves it where it is.
DOVUNQUE = {"scade": "s", "sollecita": "c", "intervieni": "t", "declina": "t"}
RUOLO = {
    "c": RuoloCaso.SEGNALANTE,
    "u": RuoloCaso.URP,
    "o": RuoloCaso.OPERATORE,
    "r": RuoloCaso.RESPONSABILE,
    "t": RuoloCaso.TITOLARE,
    "s": RuoloCaso.SISTEMA,
}


@pytest.fixture
def altra_buca(bruno, buche):
    """Bruno's report, still open: what Anna's could be merged into."""
    return segnala(buche, autore=bruno)


def test_the_table_says_what_the_office_dictated():
    trovato = {
        (da, a, lettera)
        for riga in PROCEDURA.righe
        if riga.passo not in DOVUNQUE
        for da in riga.da
        for a in [riga.arrivo(da)]
        for lettera, ruolo in RUOLO.items()
        if ruolo in riga.chi
    }
    dettato = {(da, a, lettera) for da, verso in DETTATO.items() for a, chi in verso.items() for lettera in chi}
    assert trovato == dettato


@pytest.mark.parametrize("passo", DOVUNQUE)
def test_what_the_clock_brings_may_happen_to_every_open_case_and_moves_none(passo):
    righe = [riga for riga in PROCEDURA.righe if riga.passo == passo]
    assert len(righe) == 1
    assert (set(righe[0].da), righe[0].a, set(righe[0].chi)) == (set(APERTE), "", {RUOLO[DOVUNQUE[passo]].value})


def test_every_state_can_be_reached_and_none_is_a_trap():
    raggiunti, nuovi = set(), {Stato.DA_CONFERMARE.value}
    while nuovi:
        raggiunti |= nuovi
        nuovi = {r.a for r in PROCEDURA.righe if r.a and r.da & raggiunti} - raggiunti
    assert raggiunti == set(Stato.values)
    fermi = {s for s in Stato.values if not any(s in r.da for r in PROCEDURA.righe)}
    assert fermi == {Stato.RITIRATA, Stato.SCARTATA}


def test_the_system_and_the_citizen_are_never_stuck_in_a_waiting_state():
    assert PROCEDURA.possibili(Stato.ATTESA_CITTADINO, [RuoloCaso.SEGNALANTE])
    assert PROCEDURA.possibili(Stato.ATTESA_CITTADINO, [RuoloCaso.SISTEMA])


def test_states_are_open_concluded_or_hidden():
    assert set(Stato) == APERTE | CONCLUSE | NASCOSTE
    assert not APERTE & CONCLUSE


@pytest.mark.parametrize(
    ("ruoli", "veste"),
    [
        ({"urp", "responsabile"}, "responsabile"),
        ({"urp", "operatore"}, "operatore"),
        ({"titolare", "urp"}, "urp"),
        ({"responsabile", "operatore"}, "operatore"),
        ({"segnalante", "operatore", "sistema"}, "segnalante"),
    ],
)
def test_who_has_several_roles_acts_in_the_one_nearest_to_the_case(ruoli, veste):
    assert in_veste_di(ruoli) == veste


def test_every_role_can_be_acted_in():
    assert [in_veste_di({ruolo}) for ruolo in RuoloCaso] == list(RuoloCaso)


def test_a_table_that_says_a_thing_twice_is_refused():
    riga = Transizione("apri", frozenset({"chiusa"}), "aperta", frozenset({"urp"}))
    with pytest.raises(ValueError, match="stands twice"):
        Procedura("porta", (riga, riga))


def test_every_verb_of_the_desk_takes_what_its_line_of_the_table_says():
    for passo, verbo in actions.VERBI.items():
        prende = set(signature(verbo).parameters) - {"segnalazione", "operatore"}
        serve = {n for n, p in signature(verbo).parameters.items() if p.default is p.empty} & prende
        for riga in PROCEDURA.righe:
            if riga.passo == passo and riga.chi - {RuoloCaso.SEGNALANTE, RuoloCaso.SISTEMA}:
                assert (passo, serve) == (passo, set(riga.serve))
                assert (passo, prende) == (passo, {*riga.serve, *riga.puo})


def test_every_step_that_the_office_may_take_has_its_verb():
    ufficio = {RuoloCaso.URP, RuoloCaso.OPERATORE, RuoloCaso.RESPONSABILE, RuoloCaso.TITOLARE}
    # At the counter a report is confirmed by filing it (actions.invia), never as a step on one that is there.
    assert set(actions.VERBI) | {"conferma"} == {r.passo for r in PROCEDURA.righe if r.chi & ufficio}


@pytest.mark.parametrize("ruolo", RuoloCaso.values)
@pytest.mark.parametrize("stato", Stato.values)
def test_the_engine_does_what_the_table_says_and_nothing_else(buca, luce, altra_buca, stato, ruolo):
    """Every step from this state in this role: either it is in the table and leaves one link, or nothing changes."""
    for passo in PROCEDURA.passi:
        caso = _metti_in(buca, stato, originale=altra_buca, attesa=passo == "osserva")
        prima = Passaggio.objects.filter(segnalazione=caso).count()
        riga = PROCEDURA.cerca(stato, passo)
        if riga is not None and ruolo in riga.chi:
            arriva = riga.a or stato
            nuovo, passaggio = compi(passo, caso, autore=None, come=ruolo, dati=_dati(riga, luce, altra_buca))
            assert (nuovo.stato, passaggio.da, passaggio.a, passaggio.ruolo) == (arriva, stato, arriva, ruolo)
            assert Segnalazione.objects.get(pk=caso.pk).ultimo_passo == passo
            assert Passaggio.objects.filter(segnalazione=caso).count() == prima + 1
        else:
            with pytest.raises(PassoNonPossibile):
                compi(passo, caso, autore=None, come=ruolo, dati=_tutto(luce, altra_buca))
            assert Segnalazione.objects.get(pk=caso.pk).stato == stato
            assert Passaggio.objects.filter(segnalazione=caso).count() == prima


@pytest.mark.parametrize("passo", [p for p in PROCEDURA.passi if any(r.serve for r in PROCEDURA.righe if r.passo == p)])
def test_a_step_without_its_compulsory_data_is_refused(buca, luce, altra_buca, passo):
    riga = next(r for r in PROCEDURA.righe if r.passo == passo and r.serve)
    for manca in riga.serve:
        caso = _metti_in(buca, sorted(riga.da)[0], originale=altra_buca)
        dati = {n: v for n, v in _valori(luce, altra_buca).items() if n in riga.serve and n != manca}
        with pytest.raises(DomainError, match="Manca un dato"):
            compi(passo, caso, autore=None, come=RuoloCaso(sorted(riga.chi)[0]), dati=Dati(**dati))


def _metti_in(caso, stato, *, originale, attesa=False):
    Segnalazione.objects.filter(pk=caso.pk).update(
        stato=stato,
        originale=originale if stato == Stato.DUPLICATA else None,
        radice=originale if stato == Stato.DUPLICATA else None,
        ufficio=None,
        attesa_fino_al=oggi() if attesa else None,
    )
    return Segnalazione.objects.get(pk=caso.pk)


def _valori(ufficio, originale):
    return {
        "testo": "Fatto così",
        "nota": "Per i colleghi",
        "prova": "PEC del 24 novembre, protocollo 12",
        "ente": "ANAS",
        "giorno": oggi(),
        "ufficio": ufficio,
        "originale": originale,
    }


def _dati(riga, ufficio, originale):
    return Dati(**{n: v for n, v in _valori(ufficio, originale).items() if n in riga.serve})


def _tutto(ufficio, originale):
    return Dati(**_valori(ufficio, originale))
