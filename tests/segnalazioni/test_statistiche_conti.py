"""The figures, against an oracle that knows no SQL: every case read and counted by hand, on whichever database."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import localdate, make_aware

from ascolto.models import Canale, Contributo, Tipo, Visibilita
from comune.models import Ufficio
from core.tempo import oggi
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from segnalazioni.statistiche import DIMENSIONI, QUALI, SENZA, Conteggio, Periodo, arrivate_in, conta, quali
from segnalazioni.workflow import APERTE, CONCLUSE, RuoloCaso, Stato
from tests.factories.comune import QuartiereFactory

FINALI = frozenset({Stato.RISOLTA, Stato.RESPINTA, Stato.NON_COMPETENTE, Stato.CHIUSA})


def riempi(categorie: list[Categoria], uffici: list[Ufficio | None], quanti: int, seme: int) -> None:
    """Cases in every state, at odd hours, many about midnight and about the nights when the clock changes."""
    caso = random.Random(seme)
    quartieri: list[Any] = [QuartiereFactory(), QuartiereFactory(), None]
    giorno = oggi() - timedelta(days=400)
    strane = [make_aware(datetime.combine(giorno + timedelta(days=n), datetime.min.time())) for n in range(0, 390, 13)]
    for n in range(quanti):
        stato = caso.choice([s for s in Stato if s in APERTE | CONCLUSE and s not in (Stato.SCARTATA, Stato.DUPLICATA)])
        arrivo = caso.choice(strane) + timedelta(minutes=caso.choice([-1, 0, 1, 200, 1400]))
        fine = arrivo + timedelta(minutes=caso.choice([0, 10, 1439, 1440, 9000, 40_000, 90_000]))
        contributo = Contributo.objects.create(
            tipo=Tipo.SEGNALAZIONE,
            visibilita=Visibilita.PRIVATA,
            canale=caso.choice(Canale.values),
            quartiere=caso.choice(quartieri),
            created_at=arrivo,
        )
        scade = localdate(arrivo) + timedelta(days=caso.choice([5, 30, 390]))
        una = Segnalazione.objects.create(
            contributo=contributo,
            categoria=caso.choice(categorie),
            stato=stato,
            titolo=f"Prova {n}",
            testo="Prova.",
            ufficio=caso.choice(uffici),
            confermata_il=arrivo,
            conclusa_il=None if stato in APERTE else fine,
            scadenza=caso.choice([None, scade, scade, oggi(), localdate(fine)]),
            aggiornata_il=fine,
        )
        if caso.random() < 0.2:
            _contestata(una, fine)


def _contestata(una: Segnalazione, quando: datetime) -> None:
    Passaggio.objects.create(
        segnalazione=una, numero=1, passo="contesta", a=una.stato, ruolo=RuoloCaso.SEGNALANTE,
        impronta="0" * 64, created_at=quando,
    )  # fmt: skip


class Oracolo:
    """The same figures, case by case."""

    def __init__(self, casi: list[Segnalazione]) -> None:
        self.casi = casi

    def quante(self, quale: str) -> int:
        return sum(getattr(self, f"_{quale}")(caso) for caso in self.casi)

    def _arrivate(self, caso: Segnalazione) -> bool:
        return True

    def _aperte(self, caso: Segnalazione) -> bool:
        return caso.aperta

    def _oltre(self, caso: Segnalazione) -> bool:
        return caso.in_ritardo()

    def _chiuse(self, caso: Segnalazione) -> bool:
        return caso.stato in FINALI and caso.originale_id is None

    def _in_tempo(self, caso: Segnalazione) -> bool:
        return self._chiuse(caso) and caso.scadenza is not None and _fine(caso) <= caso.scadenza

    def _tardi(self, caso: Segnalazione) -> bool:
        return self._chiuse(caso) and caso.scadenza is not None and _fine(caso) > caso.scadenza

    def _senza_termine(self, caso: Segnalazione) -> bool:
        return self._chiuse(caso) and caso.scadenza is None

    def _altre(self, caso: Segnalazione) -> bool:
        return caso.conclusa and not self._chiuse(caso)

    def _contestate(self, caso: Segnalazione) -> bool:
        return caso.passaggi.filter(passo="contesta").exists()

    def percentile(self, quanto: int) -> int | None:
        giorni = sorted(_giorni(caso) for caso in self.casi if self._chiuse(caso))
        return giorni[ceil(len(giorni) * quanto / 100) - 1] if giorni else None

    def entro(self, giorni: int) -> float:
        """Kaplan–Meier by its definition: at each day, who is still there and who is answered."""
        senza = 1.0
        for giorno in range(giorni + 1):
            restano = [c for c in self.casi if _giorni(c) >= giorno]
            risposte = [c for c in restano if _giorni(c) == giorno and self._chiuse(c)]
            senza *= 1 - len(risposte) / len(restano) if restano else 1
        return 100 * (1 - senza)


def _fine(caso: Segnalazione) -> date:
    return localdate(caso.conclusa_il) if caso.conclusa_il else oggi()


def _giorni(caso: Segnalazione) -> int:
    return (_fine(caso) - localdate(caso.confermata_il)).days


def _gruppo(caso: Segnalazione, dimensione: str) -> str:
    arrivo = localdate(caso.confermata_il)
    valore: Any = {
        "ufficio": caso.ufficio_id,
        "categoria": caso.categoria.madre_id or caso.categoria_id,
        "quartiere": caso.contributo.quartiere_id,
        "canale": caso.contributo.canale,
        "mese": arrivo.year * 100 + arrivo.month,
    }[dimensione]
    return SENZA if valore is None else str(valore)


@pytest.fixture
def categorie(buche: Categoria, luce: Ufficio) -> list[Categoria]:
    """Holes, lamps, and a group that reports are filed under by itself."""
    madre = Categoria.objects.create(codice="prova-luce", nome="Luce")
    return [buche, Categoria.objects.create(codice="prova-lampioni", nome="Lampione", madre=madre), madre]


@pytest.mark.parametrize("seme", [1, 2, 3])
def test_every_figure_is_what_counting_by_hand_gives(
    categorie: list[Categoria], strade: Ufficio, luce: Ufficio, seme: int
) -> None:
    riempi(categorie, [strade, luce, None], 150, seme)
    contati = conta(Segnalazione.objects.all(), oggi())
    per_gruppo: dict[tuple[str, str], list[Segnalazione]] = defaultdict(list)
    for caso in Segnalazione.objects.per_elenco():
        for dimensione in DIMENSIONI:
            per_gruppo[dimensione, _gruppo(caso, dimensione)].append(caso)
    assert {(d, g) for d, gruppi in contati.items() for g in gruppi} == set(per_gruppo)
    for (dimensione, gruppo), casi in per_gruppo.items():
        uno, oracolo = contati[dimensione][gruppo], Oracolo(casi)
        assert {q: getattr(uno, q) for q in QUALI} == {q: oracolo.quante(q) for q in QUALI}, (dimensione, gruppo)
        assert (uno.mediana, uno.p90) == (oracolo.percentile(50), oracolo.percentile(90))
        for giorni in (0, 5, 30, 90):
            risposte = uno.risposte_entro(giorni)
            assert risposte is None or risposte == pytest.approx(oracolo.entro(giorni))


@pytest.mark.parametrize("quale", QUALI)
def test_a_figure_is_the_length_of_its_list(categorie: list[Categoria], strade: Ufficio, quale: str) -> None:
    riempi(categorie, [strade, None], 120, 4)
    tutti = Segnalazione.objects.all()
    contati = conta(tutti, oggi())["canale"].values()
    assert quali(tutti, quale, oggi()).count() == sum(getattr(c, quale) for c in contati) > 0


def test_the_classes_leave_nobody_out_and_nobody_in_twice(categorie: list[Categoria], strade: Ufficio) -> None:
    riempi(categorie, [strade], 120, 5)
    for uno in conta(Segnalazione.objects.all(), oggi())["mese"].values():
        assert uno.aperte + uno.chiuse + uno.altre == uno.arrivate
        assert sum(uno.durate.values()) == uno.chiuse


def test_a_period_holds_its_first_and_its_last_day_whole(categorie: list[Categoria], strade: Ufficio) -> None:
    riempi(categorie, [strade], 100, 6)
    giorni = sorted({localdate(c.confermata_il) for c in Segnalazione.objects.all()})
    periodo = Periodo(giorni[2], giorni[-3])
    a_mano = {c.pk for c in Segnalazione.objects.all() if giorni[2] <= localdate(c.confermata_il) <= giorni[-3]}
    assert set(arrivate_in(Segnalazione.objects.all(), periodo).values_list("pk", flat=True)) == a_mano


def test_no_case_no_figure(db: None) -> None:
    assert conta(Segnalazione.objects.all(), oggi()) == {d: {} for d in DIMENSIONI}
    nessuno = Conteggio()
    assert (nessuno.mediana, nessuno.p90, nessuno.quota_aperte, nessuno.risposte_entro(30)) == (None,) * 4


def test_who_still_waits_is_not_flattered_away() -> None:
    """Nine answered in a day, ninety-one wait since forty: the median says one day, the curve nine in a hundred."""
    uno = Conteggio()
    uno.aggiungi("in_tempo", 1, False, 9)
    uno.aggiungi("aperte", 40, False, 91)
    assert (uno.mediana, uno.p90) == (1, 1)
    assert uno.risposte_entro(30) == pytest.approx(9)
    assert uno.quota_aperte == 91


def test_what_nobody_has_lived_yet_is_not_said() -> None:
    uno = Conteggio()
    uno.aggiungi("in_tempo", 2, False, 3)
    uno.aggiungi("aperte", 10, False, 1)
    assert uno.risposte_entro(10) == pytest.approx(75)
    assert uno.risposte_entro(30) is None


def test_one_query_whatever_the_number(
    categorie: list[Categoria], strade: Ufficio, django_assert_num_queries: Any
) -> None:
    riempi(categorie, [strade], 60, 7)
    with django_assert_num_queries(1):
        conta(Segnalazione.objects.all(), oggi())
    assert connection.vendor in ("sqlite", "postgresql")
