"""docs/procedura.md says what the code does: states, the table of steps, the worked dates, the timeouts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import import_module
from itertools import takewhile

import pytest

from core.workflow import Transizione
from segnalazioni.termini import Evento, TipoEvento, TipoTermine, calcola, promemoria
from segnalazioni.workflow import APERTE, CONCLUSE, NASCOSTE, PROCEDURA, RuoloCaso, Stato
from tests.conformance.casa import ROOT

GUIDA = ROOT / "docs/procedura.md"
APERTI = "every open state"


def _tabella(prima: str) -> list[list[str]]:
    """The rows of the table whose first heading is this, as cells without their code marks; none where it is gone."""
    _prima, _intestazione, dopo = GUIDA.read_text().partition(f"\n| {prima} |")
    righe = takewhile(lambda riga: riga.startswith("|"), dopo.splitlines()[2:])
    return [[cella.strip().replace("`", "") for cella in riga.strip("|").split("|")] for riga in righe]


def _in_ordine(parole: frozenset[str], tutte: list[str]) -> str:
    return ", ".join(parola for parola in tutte if parola in parole)


def _riga(riga: Transizione) -> list[str]:
    """A line of the table as the document writes it."""
    da = APERTI if riga.da == APERTE else _in_ordine(riga.da, Stato.values)
    chi = _in_ordine(riga.chi, RuoloCaso.values)
    return [riga.passo, da, riga.a or "stays", chi, ", ".join(riga.serve), ", ".join(riga.puo)]


def test_the_document_tells_every_line_of_the_table_and_no_other() -> None:
    scritte = _tabella("step")
    for scritta, riga in zip(scritte, PROCEDURA.righe, strict=False):
        assert scritta == _riga(riga)
    assert len(scritte) == len(PROCEDURA.righe)


def test_the_document_tells_every_state_as_people_read_it() -> None:
    specie = {**dict.fromkeys(APERTE, "open"), **dict.fromkeys(CONCLUSE, "concluded")}
    specie |= dict.fromkeys(NASCOSTE, "hidden")
    scritti = [(stato, parola, quale) for stato, parola, quale, _senso in _tabella("state")]
    assert scritti == [(stato.value, str(stato.label), specie[stato]) for stato in Stato]


def test_the_document_tells_every_role() -> None:
    assert [ruolo for ruolo, _chi in _tabella("role")] == RuoloCaso.values


def test_there_are_seven_worked_dates_and_seven_timeouts() -> None:
    assert (len(_tabella("term")), len(_tabella("timeout"))) == (7, 7)


@pytest.mark.parametrize("riga", _tabella("term"), ids=lambda riga: riga[0])
def test_the_worked_dates_are_those_of_the_clock(riga: list[str]) -> None:
    termine, cosa, scade, ricordi, _perche = riga
    giorni, tipo = termine.split()
    eventi = [
        Evento(TipoEvento(nome), date.fromisoformat(giorno)) for nome, giorno in re.findall(r"(\w+) ([\d-]{10})", cosa)
    ]
    # What a term is stands on the row that begins it.
    eventi = [e._replace(tipo=TipoTermine(tipo), giorni=int(giorni)) if e.evento == "avvio" else e for e in eventi]
    calcolato = calcola(eventi)
    assert calcolato is not None
    assert scade == f"{calcolato.scade:%a} {calcolato.scade}"
    assert ricordi == ", ".join(str(giorno) for giorno in promemoria(eventi))


@pytest.mark.parametrize("riga", _tabella("timeout"), ids=lambda riga: riga[0])
def test_the_timeouts_are_those_of_the_code(riga: list[str]) -> None:
    _cosa, quanto, dove, _poi = riga
    modulo, nome = dove.rsplit(".", 1)
    numero, unita = quanto.split()
    valore = getattr(import_module(modulo), nome)
    durata = valore if isinstance(valore, timedelta) else timedelta(days=valore)
    assert timedelta(**{unita: int(numero)}) == durata
