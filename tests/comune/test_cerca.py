"""Finding a place by what Anna types."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from comune.luoghi import cerca
from comune.models import Luogo, TipoLuogo
from comune.parole import numero_di, scrivi_numero
from tests.factories.comune import CivicoFactory, LuogoFactory, QuartiereFactory, ViaFactory

pytestmark = pytest.mark.django_db


def nomi(testo: str, **altro: int) -> list[str]:
    return [luogo.nome for luogo in cerca(testo, **altro)]


def civico(via: Luogo, *civici: str) -> None:
    for scritto in civici:
        numero = numero_di(scritto)
        CivicoFactory.create(via=via, numero=numero, nome=f"{via.nome} {scrivi_numero(numero)}")


@pytest.mark.parametrize(
    ("testo", "primo"),
    [
        ("via fillungo", "Via Fillungo"),
        ("fillungo", "Via Fillungo"),
        ("s. concordio", "San Concordio"),
        ("san concordio", "San Concordio"),
        ("p.za anfiteatro", "Piazza dell’Anfiteatro"),
        ("piazza anfiteatro", "Piazza dell’Anfiteatro"),
        ("anfiteatro", "Piazza dell’Anfiteatro"),
        ("sant anna", "Sant’Anna"),
        ("Sant'Anna", "Sant’Anna"),
        ("SANT’ANNA", "Sant’Anna"),
        ("santanna", "Sant’Anna"),
        ("porta elisa", "Porta Elisa"),
        ("via elisa", "Via Elisa"),
        ("biblioteca agora", "Biblioteca Agorà"),
        ("  piazza    napoleone  ", "Piazza Napoleone"),
        ("via elisa, Lucca", "Via Elisa"),
        ("porta elisa 55100 lucca", "Porta Elisa"),
        ("via garibaldi", "Corso Garibaldi"),
        ("viale pucc", "Viale Giacomo Puccini"),
        ("torre gui", "Torre Guinigi"),
    ],
)
def test_anna_finds_what_she_means(testo: str, primo: str) -> None:
    assert nomi(testo)[0] == primo


def test_the_very_name_comes_first_then_beginnings_then_words_anywhere() -> None:
    LuogoFactory.create(nome="Prato di Elisabetta")
    LuogoFactory.create(nome="Elisabetta")
    LuogoFactory.create(nome="Fonte Elisa")
    LuogoFactory.create(nome="Elisa Baciocchi")
    LuogoFactory.create(nome="Elisa")
    trovati = nomi("elisa", quanti=20)
    assert trovati[:3] == ["Elisa", "Elisa Baciocchi", "Elisabetta"]
    assert trovati[-1] == "Prato di Elisabetta"
    assert trovati.index("Via Elisa") < trovati.index("Fonte Elisa") < trovati.index("Prato di Elisabetta")


def test_all_the_words_are_needed_in_any_order() -> None:
    assert nomi("elisa stadio") == ["Stadio Porta Elisa"]
    assert nomi("elisa guinigi") == []


def test_a_word_counts_from_its_beginning_only() -> None:
    assert "Via Fillungo" not in nomi("lungo")


def test_no_more_than_asked_for() -> None:
    assert len(cerca("via", quanti=3)) == 3
    assert len(cerca("via")) == 8


@pytest.mark.parametrize("testo", ["", "   ", "%", "_", "%%%", "'", "’", "-", "a" * 10_000, "via " * 5_000, "\x00"])
def test_nothing_comes_of_nothing(testo: str) -> None:
    assert cerca(testo) == []


def test_percent_and_underscore_are_not_wildcards() -> None:
    LuogoFactory.create(nome="Cento per cento")
    assert nomi("ce%to") == []
    assert nomi("c_nto") == []


def test_a_pasted_sentence_is_no_burden(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(8):
        assert (
            cerca("la buca che sta davanti alla porta del numero dodici di via elisa da tre mesi e nessuno la vede")
            == []
        )


# --- house numbers ----------------------------------------------------------------------------------------


def test_with_its_number_the_house_comes_first_then_the_street() -> None:
    via = ViaFactory.create(nome="Via Elisa", fonte_id="via:elisa")
    civico(via, "1", "12", "12/A", "120", "13")
    assert nomi("via elisa 12") == ["Via Elisa 12", "Via Elisa", "Via Elisa 12/A", "Via Elisa 120"]
    assert nomi("elisa, n. 12/a")[:2] == ["Via Elisa 12/A", "Via Elisa 12"]
    assert nomi("via elisa 013")[0] == "Via Elisa 13"


def test_a_number_that_we_do_not_know_gives_the_street() -> None:
    civico(ViaFactory.create(nome="Via dei Fossi"), "1", "3")
    assert nomi("via dei fossi 99") == ["Via dei Fossi"]
    assert nomi("via fillungo 12") == ["Via Fillungo"]


def test_an_exponent_that_we_do_not_know_gives_the_number() -> None:
    civico(ViaFactory.create(nome="Via dei Fossi"), "7")
    assert nomi("via dei fossi 7/c") == ["Via dei Fossi 7", "Via dei Fossi"]
    assert nomi("via dei fossi 7-9") == ["Via dei Fossi 7", "Via dei Fossi"]


def test_without_a_number_no_house_is_shown() -> None:
    civico(ViaFactory.create(nome="Via dei Fossi"), *[str(n) for n in range(1, 30)])
    assert nomi("via dei fossi") == ["Via dei Fossi"]


def test_a_number_within_a_name_is_part_of_the_name() -> None:
    ViaFactory.create(nome="Via XX Settembre")
    civico(ViaFactory.create(nome="Via dei Fossi"), "20")
    assert nomi("via 20 settembre") == ["Via XX Settembre"]
    assert nomi("via 20")[0] == "Via XX Settembre"
    assert "Via dei Fossi 20" in nomi("via 20")


def test_the_house_of_the_street_that_fits_best_comes_first() -> None:
    civico(ViaFactory.create(nome="Via Principessa Elisa"), "12")
    civico(ViaFactory.create(nome="Via Elisa", fonte_id="via:elisa"), "12")
    assert nomi("via elisa 12")[:2] == ["Via Elisa 12", "Via Principessa Elisa 12"]


# --- the same place twice ---------------------------------------------------------------------------------


def test_an_imported_street_takes_the_place_of_the_one_typed_in() -> None:
    esatta = ViaFactory.create(nome="Via Fillungo", lat=43.8441, lon=10.5049, fonte="stradario")
    assert [luogo.pk for luogo in cerca("via fillungo")] == [esatta.pk]


def test_a_name_without_a_position_gives_way_to_one_that_has_it() -> None:
    ViaFactory.create(nome="Via Fillungo", lat=None, lon=None, fonte="stradario")
    trovate = cerca("via fillungo")
    assert len(trovate) == 1
    assert trovate[0].lat is not None


def test_two_streets_of_the_same_name_in_two_hamlets_are_two() -> None:
    nave, arsina = QuartiereFactory.create(nome="Nave"), QuartiereFactory.create(nome="Arsina")
    ViaFactory.create(nome="Via della Fonte", quartiere=nave, lat=43.84, lon=10.46)
    ViaFactory.create(nome="Via della Fonte", quartiere=arsina, lat=43.89, lon=10.49)
    assert {luogo.descrizione for luogo in cerca("via della fonte")} == {"Via · Nave", "Via · Arsina"}


def test_a_search_costs_the_same_however_many_houses_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    via = ViaFactory.create(nome="Via dei Fossi")
    civico(via, *[str(n) for n in range(1, 120)])
    with django_assert_max_num_queries(4):
        assert len([luogo.descrizione for luogo in cerca("via dei fossi 1")]) == 8
    with django_assert_max_num_queries(1):
        assert [luogo.descrizione for luogo in cerca("via fillungo")] == ["Via · Centro storico"]


# --- the row ----------------------------------------------------------------------------------------------


def test_the_key_follows_the_name() -> None:
    luogo = LuogoFactory.create(nome="Fontana di S. Frediano")
    assert luogo.chiave == "fontana san frediano"
    luogo.nome = "Fontana dei Servi"
    luogo.save(update_fields=["nome"])
    luogo.refresh_from_db()
    assert luogo.chiave == "fontana servi"


def test_the_database_refuses_a_house_without_its_street_and_half_a_point() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LuogoFactory.create(tipo=TipoLuogo.CIVICO, numero="12")
    with pytest.raises(IntegrityError), transaction.atomic():
        LuogoFactory.create(tipo=TipoLuogo.VIA, numero="12")
    with pytest.raises(IntegrityError), transaction.atomic():
        LuogoFactory.create(lon=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        LuogoFactory.create(tipo="fiume")
