"""Which things come first, which are noise, and what is shown of them: nothing here asks the database."""

from __future__ import annotations

from ricerca.correzioni import Correzione
from ricerca.domande import Richiesta
from ricerca.estratti import estratto
from ricerca.graduatoria import Posto, _in_ordine
from ricerca.risultati import IN_TESTA, Risultati
from ricerca.specie import SEGNALAZIONI


def test_all_the_words_come_before_one_said_louder() -> None:
    posti = _in_ordine([(1, "pagine", [3.0, 0.0]), (2, "pagine", [1.5, 1.4])], [1.0, 1.0])
    assert [(posto.pk, posto.intero) for posto in posti] == [(2, True), (1, False)]


def test_what_is_worth_less_than_a_fifth_of_the_best_is_noise() -> None:
    posti = _in_ordine([(1, "pagine", [10.0]), (2, "pagine", [2.0]), (3, "pagine", [1.9])], [1.0])
    assert [posto.pk for posto in posti] == [1, 2]


def test_nothing_found_is_an_empty_list() -> None:
    assert _in_ordine([], [1.0]) == []


def test_reports_have_all_the_words_and_come_before_things_that_have_some() -> None:
    posti = [Posto(pk, "pagine", 9.0, intero=False) for pk in range(IN_TESTA + 2)]
    risultati = Risultati(Richiesta.leggi("buca via fillungo"), Correzione(), posti, [7])
    assert [trovato.specie for trovato in risultati.di("")].index(SEGNALAZIONI) == IN_TESTA


def test_an_excerpt_ends_with_a_whole_word() -> None:
    ((testo, _segnata),) = estratto("", "marciapiede " * 60, Richiesta.leggi("altro"))
    assert testo.endswith(" …")
    assert set(testo.removesuffix(" …").split()) == {"marciapiede"}
