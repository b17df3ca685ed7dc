"""Every field that may hold somebody's words, name or point has its rule in the register of personal words."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist

from riservatezza.altrove import ALTROVE, tabelle_di_altri
from riservatezza.impersonali import IMPERSONALI
from riservatezza.registro import REGOLE, Regola, Termine, campi_da_dire
from tests.conformance.casa import ROOT

NEL_REGISTRO = {f"{regola.modello}.{campo}" for regola in REGOLE for campo in (*regola.campi, *regola.arrotonda)}


def _impersonale(campo: str) -> bool:
    return campo in IMPERSONALI or f"{campo.rpartition('.')[0]}.*" in IMPERSONALI


def test_every_field_of_text_and_every_point_is_in_the_register_or_is_said_to_be_impersonal() -> None:
    campi = campi_da_dire()
    assert len(campi) > 40
    mancano = [campo for campo in campi if campo not in NEL_REGISTRO and not _impersonale(campo)]
    assert mancano == [], "say in riservatezza/registro.py how long these are kept and what becomes of them"


def test_points_are_looked_at_too() -> None:
    assert {"segnalazioni.Segnalazione.lat", "segnalazioni.Segnalazione.lon"} <= campi_da_dire().keys()


def test_every_table_of_others_that_could_hold_words_says_what_becomes_of_them() -> None:
    altre = tabelle_di_altri()
    # What the other database searches in is another table.
    search = {"wagtailsearch.SQLiteFTSIndexEntry", "wagtailsearch.IndexEntry"}
    assert sorted(altre - ALTROVE.keys()) == [], "say in ALTROVE what they hold, and see to it in actions/altrove.py"
    assert sorted(ALTROVE.keys() - altre - search) == []


def test_no_field_is_both() -> None:
    assert [campo for campo in sorted(NEL_REGISTRO) if _impersonale(campo)] == []


def test_the_register_names_only_what_exists() -> None:
    campi = campi_da_dire()
    assert campi.keys() >= NEL_REGISTRO
    for nome in IMPERSONALI:
        assert any(nome in (campo, f"{campo.rpartition('.')[0]}.*") for campo in campi), nome


@pytest.mark.parametrize("regola", REGOLE, ids=lambda r: f"{r.modello}:{r.campi[:1]}")
def test_every_lookup_of_a_rule_leads_somewhere(regola: Regola) -> None:
    """The date it counts from, whose it is, what the export adds."""
    righe = regola.classe._base_manager.all()
    if regola.dal:
        assert not righe.filter(**{f"{regola.dal}__isnull": True}).query.is_empty()
    assert (regola.termine is Termine.PROPRIO) == (not regola.dal)
    if regola.di_chi:
        for percorso in filter(None, (regola.di_chi.account, regola.di_chi.casella)):
            str(righe.filter(**{f"{percorso}__isnull": True}).query)
    for campo in regola.esporta:
        str(righe.values(campo).query)
    for campo in (*regola.campi, *regola.arrotonda):
        try:
            regola.classe._meta.get_field(campo)
        except FieldDoesNotExist:
            pytest.fail(f"{regola.modello} has no {campo}")


def test_every_term_is_a_setting_that_the_documents_explain_and_some_rule_uses() -> None:
    guida, esempio = (ROOT / "docs/operations.md").read_text(), (ROOT / ".env.example").read_text()
    usati = {regola.termine for regola in REGOLE}
    for termine in Termine:
        assert termine in usati, termine
        if termine is Termine.PROPRIO:
            continue
        assert getattr(settings, termine.value) > 0
        assert f"`{termine.value}`" in guida
        assert re.search(rf"^#{termine.value}={getattr(settings, termine.value)}$", esempio, re.M)
