"""Links that prove a mailbox: looked at freely, used twice within half a minute, never again."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory

from accounts import magic, scheduled
from accounts.models import LinkMagico
from core.errors import DomainError
from core.tempo import adesso, fermo_a

PAGINA = "/segnalazioni/LU-7K3F-92QD/"
ALTRA = "/segnalazioni/LU-0000-0000/"
GIULIA = "giulia@example.org"


@pytest.fixture
def segreto(db: None) -> str:
    """The secret of a link sent to Giulia for her page."""
    percorso = magic.crea_link(" Giulia@Example.org ", PAGINA)
    assert percorso.startswith(f"{PAGINA}chiave/")
    return percorso.split("/")[-2]


@pytest.fixture
def ora() -> Iterator[datetime]:
    """The clock stands still."""
    with fermo_a(adesso()):
        yield adesso()


def rifiutato(segreto: str, percorso: str = PAGINA) -> str:
    """What the refusal says."""
    with pytest.raises(DomainError) as rifiuto:
        magic.consuma(segreto, percorso)
    assert rifiuto.value.codice == "link_non_valido"
    return rifiuto.value.messaggio


def test_it_tells_whose_mailbox_it_was_sent_to(segreto: str) -> None:
    assert magic.consuma(segreto, PAGINA) == GIULIA


def test_only_its_digest_is_kept(segreto: str) -> None:
    link = LinkMagico.objects.get()
    assert segreto not in "".join(str(valore) for valore in vars(link).values())
    assert len(segreto) >= 22, "128 bits"


def test_looking_never_uses_it_up(segreto: str) -> None:
    for _volta in range(5):
        assert magic.valido(segreto, PAGINA)
    assert LinkMagico.objects.get().usi == 0
    assert magic.consuma(segreto, PAGINA) == GIULIA


def test_a_mail_scanner_and_its_reader_both_pass_and_a_third_does_not(segreto: str, ora: datetime) -> None:
    assert magic.consuma(segreto, PAGINA) == GIULIA
    with fermo_a(ora + timedelta(seconds=30)):
        assert magic.consuma(segreto, PAGINA) == GIULIA
        assert not magic.valido(segreto, PAGINA)
        rifiutato(segreto)


def test_the_second_use_comes_within_half_a_minute(segreto: str, ora: datetime) -> None:
    magic.consuma(segreto, PAGINA)
    with fermo_a(ora + timedelta(seconds=31)):
        assert not magic.valido(segreto, PAGINA)
        rifiutato(segreto)


def test_it_expires(segreto: str) -> None:
    scade = LinkMagico.objects.get().scade_il
    with fermo_a(scade - timedelta(seconds=1)):
        assert magic.valido(segreto, PAGINA)
    with fermo_a(scade):
        assert not magic.valido(segreto, PAGINA)
        rifiutato(segreto)


def test_every_refusal_says_the_same(segreto: str, ora: datetime) -> None:
    sconosciuto = rifiutato("mai-visto")
    di_un_altra_pagina = rifiutato(segreto, ALTRA)
    assert not magic.valido(segreto, ALTRA)
    magic.consuma(segreto, PAGINA)
    magic.consuma(segreto, PAGINA)
    usato = rifiutato(segreto)
    with fermo_a(ora + magic.DURATA):
        assert {sconosciuto, di_un_altra_pagina, usato, rifiutato(segreto)} == {sconosciuto}


@pytest.mark.parametrize("percorso", ["", "segnalazioni/", "//altrove.example/", "https://altrove.example/", "/senza"])
def test_a_link_is_for_a_page_of_the_site(db: None, percorso: str) -> None:
    with pytest.raises(ValueError, match="not a local path"):
        magic.crea_link(GIULIA, percorso)


def test_the_database_refuses_a_third_use(segreto: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkMagico.objects.update(usi=3, usato_il=adesso())


def richiesta() -> HttpRequest:
    """A browser's request, with its session."""
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.session.create()
    return request


def test_a_browser_remembers_the_proof_for_a_day(db: None, ora: datetime) -> None:
    giulia = richiesta()
    chiave = giulia.session.session_key
    assert not magic.ha_dimostrato(giulia, GIULIA)
    magic.ricorda(giulia, GIULIA)
    assert giulia.session.session_key != chiave, "a key planted beforehand gains nothing"
    assert magic.ha_dimostrato(giulia, "GIULIA@example.org")
    assert magic.ha_dimostrato(giulia.session, GIULIA)
    assert not magic.ha_dimostrato(giulia, "anna@example.org")
    assert not magic.ha_dimostrato(giulia, "")
    with fermo_a(ora + magic.RICORDO):
        assert not magic.ha_dimostrato(giulia, GIULIA)


def test_the_session_never_holds_the_address(db: None) -> None:
    giulia = richiesta()
    magic.ricorda(giulia, GIULIA)
    giulia.session.save()
    assert "giulia" not in str(SessionStore().decode(Session.objects.latest("expire_date").session_data))


def test_a_browser_remembers_only_the_last_ones(db: None, ora: datetime) -> None:
    ufficio = richiesta()
    for numero in range(magic.RICORDI + 2):
        with fermo_a(ora + timedelta(seconds=numero)):
            magic.ricorda(ufficio, f"p{numero}@example.org")
    ricordate = [magic.ha_dimostrato(ufficio, f"p{n}@example.org") for n in range(magic.RICORDI + 2)]
    assert ricordate == [False] * 2 + [True] * magic.RICORDI


def test_links_nobody_can_use_are_deleted_with_their_addresses(segreto: str, ora: datetime) -> None:
    magic.crea_link("usato@example.org", ALTRA)
    LinkMagico.objects.filter(email="usato@example.org").update(usi=1, usato_il=ora)
    magic.crea_link("scaduto@example.org", ALTRA, durata=timedelta(seconds=20))
    assert scheduled.butta_il_superfluo() == 0
    with fermo_a(ora + timedelta(seconds=31)):
        assert scheduled.butta_il_superfluo() == 2
    assert LinkMagico.objects.get().email == GIULIA


def test_sessions_that_are_over_are_deleted(db: None) -> None:
    finita = richiesta()
    finita.session.set_expiry(-1)
    finita.session.save()
    in_corso = richiesta()
    scheduled.butta_il_superfluo()
    assert list(Session.objects.values_list("pk", flat=True)) == [in_corso.session.session_key]


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_three_uses_at_the_same_instant_one_is_refused() -> None:
    assert connection.vendor == "postgresql"
    segreto = magic.crea_link(GIULIA, PAGINA).split("/")[-2]
    barriera = Barrier(3)

    def usa(_chi: int) -> str:
        try:
            barriera.wait(timeout=10)
            return magic.consuma(segreto, PAGINA)
        except DomainError as rifiuto:
            return rifiuto.codice
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as insieme:
        assert sorted(insieme.map(usa, range(3))) == [GIULIA, GIULIA, "link_non_valido"]
