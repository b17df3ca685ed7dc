"""The demonstration: every state, every history true, nobody written to but the mailbox of the demonstration."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest
from django.core import mail
from django.utils.timezone import localtime

from accounts.models import User
from ascolto.models import Visibilita
from core.calendario import lavorativo
from core.dati_personali import trova
from core.tempo import adesso, fermo_a
from notifiche.models import CanaleAvviso, Notifica, StatoAvviso
from segnalazioni.actions import titolo_di
from segnalazioni.catena import guasti
from segnalazioni.demo import copione
from segnalazioni.demo.costruzione import POSTA, costruisci
from segnalazioni.demo.disegni import NOMI, foto
from segnalazioni.demo.luoghi import scegli
from segnalazioni.demo.persone import ACCOUNT
from segnalazioni.demo.trame import TRAME, istanti
from segnalazioni.importatori.tassonomia import leggi_tassonomia
from segnalazioni.models import Foto, Gradimento, Nota, Passaggio, Regola, RispostaPronta, Segnalazione, VistaSalvata
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.racconto.variabili import sconosciute
from segnalazioni.workflow import CON_RISPOSTA, RuoloCaso, Stato

QUI = Path(copione.__file__).parent
TESTI = json.loads((QUI / "testi.json").read_text(encoding="utf-8"))
UFFICIO = [RuoloCaso.URP, RuoloCaso.OPERATORE, RuoloCaso.RESPONSABILE]


@pytest.mark.django_db
def test_a_small_demonstration_is_whole(django_capture_on_commit_callbacks) -> None:
    """One long test: building it is the slow part, and everything is asked of the same one."""
    passi: list[tuple[int, int]] = []
    with django_capture_on_commit_callbacks(execute=True):
        quante = costruisci(quante=60, avanti=lambda fatte, tutte: passi.append((fatte, tutte)))
    assert Segnalazione.objects.count() == quante
    assert passi[-1][0] == passi[-1][1] == len(passi)
    _every_state_is_there()
    _every_chain_holds()
    _the_office_works_in_office_hours_and_never_tomorrow()
    _some_are_late_private_anonymous_planned_again()
    _some_say_what_they_think_and_most_do_not()
    _mails_are_few_and_recent()
    _people_can_enter()
    _the_desk_is_set_up()


def _the_desk_is_set_up() -> None:
    """Rules, one of them off; answers whose variables are known; views; notes that call a colleague."""
    assert sorted(Regola.objects.values_list("attiva", flat=True)) == [False, True]
    assert [t for t in RispostaPronta.objects.values_list("testo", flat=True) if sconosciute(t)] == []
    assert RispostaPronta.objects.filter(ufficio=None).exists()
    assert VistaSalvata.objects.count() == 2
    assert Notifica.objects.filter(tipo="segnalazione_menzione", utente__email="carla.urp@example.org").exists()
    assert not Nota.objects.filter(created_at__gt=adesso()).exists()


def _every_state_is_there() -> None:
    assert set(Segnalazione.objects.values_list("stato", flat=True)) == set(Stato.values)


def _every_chain_holds() -> None:
    assert [guasto for caso in Segnalazione.objects.all() for guasto in guasti(caso)] == []
    fatti = set(Passaggio.objects.values_list("passo", flat=True))
    assert {"programma", "riprogramma", "chiedi", "rispondi", "inoltra", "unisci", "contesta", "riapri"} <= fatti
    assert not Passaggio.objects.filter(passo="inoltra", parole__prova="").exists()


def _the_office_works_in_office_hours_and_never_tomorrow() -> None:
    assert not Passaggio.objects.filter(created_at__gt=adesso()).exists()
    assert Segnalazione.objects.filter(confermata_il__lt=adesso() - timedelta(days=60)).exists()
    quando = [localtime(q) for q in Passaggio.objects.filter(ruolo__in=UFFICIO).values_list("created_at", flat=True)]
    # Today's steps may be pressed together before this moment.
    prima = [q for q in quando if q.date() < localtime(adesso()).date()]
    assert len(prima) > 100
    assert [q for q in prima if not lavorativo(q.date())] == []
    assert {q.hour for q in prima} <= {*range(8, 19)}


def _some_are_late_private_anonymous_planned_again() -> None:
    assert Segnalazione.objects.in_ritardo().exists()
    assert Segnalazione.objects.filter(contributo__visibilita=Visibilita.PRIVATA, confermata_il__isnull=False).exists()
    confermate = Segnalazione.objects.filter(confermata_il__isnull=False)
    assert confermate.exclude(seguaci__segnalante=True).exists()
    assert confermate.values("contributo__canale").distinct().count() >= 3
    assert Seguace.objects.filter(segnalante=False, firma=True).exists()
    assert Foto.objects.filter(passaggio__isnull=False).exists()
    assert Foto.objects.filter(passaggio__isnull=True).exists()


def _some_say_what_they_think_and_most_do_not() -> None:
    voti = set(Gradimento.objects.values_list("voto", flat=True))
    assert voti & {4, 5}
    assert voti & {1, 2}
    assert 5 <= Gradimento.objects.count() < Segnalazione.objects.filter(stato__in=CON_RISPOSTA).count() / 2


def _mails_are_few_and_recent() -> None:
    aspettano = Segnalazione.objects.filter(stato=Stato.DA_CONFERMARE).count()
    assert len(mail.outbox) == POSTA + aspettano
    soggetti = [str(m.subject) for m in mail.outbox]
    assert sum("conferma la tua segnalazione" in soggetto for soggetto in soggetti) == aspettano
    email = Notifica.objects.filter(canale=CanaleAvviso.EMAIL)
    assert email.count() > 10 * POSTA
    assert not email.exclude(stato=StatoAvviso.INVIATA).exists()


def _people_can_enter() -> None:
    for indirizzo, _nome, _che in ACCOUNT:
        assert User.objects.get(email=indirizzo).emailaddress_set.filter(verified=True).exists()
    dario = User.objects.get(email="dario.dirigente@example.org")
    assert dario.di_servizio
    assert {i.ufficio.slug for i in dario.incarichi.all()} == {"strade", "luce", "edifici", "mobilita"}
    assert not User.objects.get(email="anna@example.org").di_servizio
    assert not User.objects.exclude(email__endswith="@example.org").exists()


# --- texts ------------------------------------------------------------------------------------------------


def test_there_are_many_different_texts() -> None:
    assert len({t["testo"] for t in TESTI}) == len(TESTI) >= 60
    assert len({t["categoria"] for t in TESTI}) >= 40
    codici = {voce.codice for voce in leggi_tassonomia()}
    assert {t["categoria"] for t in TESTI} <= codici
    assert {t[quale] for t in TESTI for quale in ("foto", "dopo") if quale in t} == NOMI


@pytest.mark.parametrize("testo", TESTI, ids=lambda t: t["testo"][:30])
def test_a_text_reads_well_wherever_it_happens(testo: dict[str, str]) -> None:
    for seme in range(5):
        posto = scegli(testo["dove"], Random(seme))
        scritto = copione._riempi(testo["testo"], posto)
        assert "{" not in scritto + testo["risolta"]
        assert not titolo_di(scritto).endswith("…"), "a title that is cut"
        assert trova(scritto) == []


# --- times ------------------------------------------------------------------------------------------------

ORE = [
    datetime(2026, 11, 25, 0, 4, tzinfo=UTC),  # a Wednesday night
    datetime(2026, 11, 25, 8, 30, tzinfo=UTC),  # before noon
    datetime(2026, 11, 25, 14, 0, tzinfo=UTC),
    datetime(2026, 11, 29, 17, 0, tzinfo=UTC),  # a Sunday
    datetime(2026, 12, 26, 11, 0, tzinfo=UTC),  # a holiday
]


@pytest.mark.parametrize("ora", ORE, ids=str)
def test_steps_follow_one_another_and_none_is_still_to_come(ora: datetime) -> None:
    for trama, termine, seme in product(TRAME, (1, 5, 20), range(8)):
        quando = istanti(trama, termine, ora, Random(seme))
        assert len(quando) == len(trama.passi) + 1
        assert quando == sorted(set(quando)), trama.nome
        assert quando[-1] < ora, trama.nome


@pytest.mark.django_db
def test_the_same_day_tells_the_same_stories() -> None:
    from segnalazioni.actions import importa_categorie
    from segnalazioni.demo.persone import popola

    with fermo_a(ORE[2]):
        importa_categorie(leggi_tassonomia())
        gente = popola()
        prime, seconde = (copione.storie(40, gente, adesso(), 7) for _volta in range(2))
    assert [(s.testo, s.quando, s.email, s.canale) for s in prime] == [
        (s.testo, s.quando, s.email, s.canale) for s in seconde
    ]
    nomi = Counter(s.trama.nome for s in prime)
    assert set(nomi) == {*(t.nome for t in TRAME), "duplicata"}


# --- pictures ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nome", sorted(NOMI))
def test_every_picture_can_be_drawn(nome: str) -> None:
    prima, seconda = foto(nome, 0), foto(nome, 1)
    assert (prima.larghezza, prima.altezza) == (800, 600)
    assert prima.impronta != seconda.impronta or "marciapiede" in nome
    assert prima == foto(nome, 2), "the third is the first again"
