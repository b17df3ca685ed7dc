"""A procedure as data: who may do what, when. On a small one, made up here: a library lends a book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.workflow import PassoNonPossibile, Procedura, Transizione


def riga(passo: str, da: str, a: str, chi: str, *serve: str) -> Transizione:
    return Transizione(passo, frozenset(da.split()), a, frozenset(chi.split()), serve)


PRESTITO = Procedura(
    "prestito",
    (
        riga("presta", "libero", "fuori", "bibliotecaria", "lettore"),
        riga("prenota", "fuori", "prenotato", "lettore"),
        riga("rendi", "fuori", "libero", "lettore bibliotecaria"),
        riga("rendi", "prenotato", "in_attesa", "bibliotecaria"),
        riga("annota", "libero fuori", "", "bibliotecaria"),
    ),
)


def test_the_table_lists_its_verbs_and_states_in_order() -> None:
    assert PRESTITO.passi == ["presta", "prenota", "rendi", "annota"]
    assert PRESTITO.stati == ["libero", "fuori", "prenotato", "in_attesa"]


def test_the_buttons_of_a_page() -> None:
    assert [r.passo for r in PRESTITO.possibili("fuori", {"lettore"})] == ["prenota", "rendi"]
    assert [r.passo for r in PRESTITO.possibili("fuori", {"bibliotecaria"})] == ["rendi", "annota"]
    assert [r.passo for r in PRESTITO.possibili("fuori", ["lettore", "bibliotecaria"])] == [
        "prenota",
        "rendi",
        "annota",
    ]
    assert PRESTITO.possibili("fuori", set()) == []
    assert PRESTITO.possibili("bruciato", {"bibliotecaria"}) == []


def test_the_same_verb_may_lead_elsewhere_from_another_state() -> None:
    assert PRESTITO.chiedi("fuori", "rendi", {"bibliotecaria"}).a == "libero"
    assert PRESTITO.chiedi("prenotato", "rendi", {"bibliotecaria"}).a == "in_attesa"


@pytest.mark.parametrize(
    ("stato", "passo", "ruoli"),
    [
        ("libero", "rendi", {"bibliotecaria"}),  # wrong state
        ("libero", "presta", {"lettore"}),  # wrong person
        ("libero", "presta", set()),  # nobody
        ("libero", "brucia", {"bibliotecaria"}),  # no such verb
        ("", "presta", {"bibliotecaria"}),
    ],
)
def test_what_the_table_does_not_say_is_refused(stato: str, passo: str, ruoli: set[str]) -> None:
    with pytest.raises(PassoNonPossibile) as rifiuto:
        PRESTITO.chiedi(stato, passo, ruoli)
    assert isinstance(rifiuto.value, DomainError)
    assert rifiuto.value.codice == "passo_non_possibile"
    assert rifiuto.value.messaggio.startswith("Questo passo adesso non si può fare")
    assert (rifiuto.value.stato, rifiuto.value.passo) == (stato, passo)


def test_a_table_that_says_two_things_does_not_load() -> None:
    with pytest.raises(ValueError, match="prestito: rendi from fuori stands twice"):
        Procedura("prestito", (*PRESTITO.righe, riga("rendi", "fuori perso", "libero", "lettore")))


@given(st.sampled_from(["libero", "fuori", "prenotato", "in_attesa", "altro"]), st.sampled_from(PRESTITO.passi),
       st.sets(st.sampled_from(["lettore", "bibliotecaria", "altri"])))  # fmt: skip
def test_what_has_a_button_can_be_asked_and_nothing_else(stato: str, passo: str, ruoli: set[str]) -> None:
    ha_il_bottone = passo in {r.passo for r in PRESTITO.possibili(stato, ruoli)}
    try:
        PRESTITO.chiedi(stato, passo, ruoli)
    except PassoNonPossibile:
        assert not ha_il_bottone
    else:
        assert ha_il_bottone
