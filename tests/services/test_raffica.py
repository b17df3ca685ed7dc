"""The burst: web and worker are killed (kill -9) again and again while people file and offices work.

Promised (docs/adr/0005 and 0013): an act that was answered is there, once, and its chain holds; every number of the
register once, none missing; every mail that is due arrives. A mail arrives twice only where a worker was killed between
the mail server's "accepted" and our mark: at most once for each kill, and with the same Message-ID, by which whoever
receives it knows it for one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import requests

from accounts.models import User
from comune.models import Ufficio
from core.tempo import adesso, fermo_a
from notifiche.models import PRESTITO, Notifica, StatoAvviso
from notifiche.scheduled import rimanda_le_non_inviate
from protocollo.models import Registrazione
from protocollo.scheduled import protocolla_le_rimaste
from protocollo.verifica import guasti as guasti_del_registro
from segnalazioni.catena import guasti_fra
from segnalazioni.models import Categoria, Passaggio, Segnalazione
from tests.posta import Ufficio as UfficioPostale
from tests.posta import ufficio_postale
from tests.processi import Resuscitato, resuscitati
from tests.services.test_due_processi import ambiente
from tests.sessioni import entra

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

CASI = 30
INSIEME = 6  # clients at the same time; each of them presses twice
MUORE_IL_WEB, MUORE_LOPERAIO = (4, 12, 20), (3, 12, 30)  # reports answered, mails arrived
PAZIENZA = 40.0  # seconds that a client goes on trying


class Sportello:
    """A browser of Carla's that is impatient: it sends twice at once, and tries again until there is an answer."""

    def __init__(self, base: str, biscotti: dict[str, str]) -> None:
        self.base = base
        self.sessione = requests.Session()
        self.sessione.cookies.update(biscotti)
        pagina = self.insisti(lambda: self.sessione.get(f"{base}/scrivania/sportello/", timeout=5))
        assert pagina.status_code == 200, pagina.text
        self.segno = str(self.sessione.cookies["csrftoken"])
        self.biscotti = biscotti | {"csrftoken": self.segno}

    def insisti(self, prova: Callable[[], requests.Response]) -> requests.Response:
        """The first answer that is no accident of the web process."""
        fine = time.monotonic() + PAZIENZA
        while True:
            try:
                risposta = prova()
                if risposta.status_code < 500:
                    return risposta
            except requests.RequestException:
                pass
            assert time.monotonic() < fine, "nobody answered"
            time.sleep(0.1)

    def manda(self, percorso: str, dati: dict[str, Any]) -> list[requests.Response]:
        """The same form, sent twice at the same moment."""

        def una(_volta: int) -> requests.Response:
            return self.insisti(
                lambda: requests.post(
                    self.base + percorso,
                    data=dati | {"csrfmiddlewaretoken": self.segno},
                    cookies=self.biscotti,
                    allow_redirects=False,
                    timeout=10,
                )
            )

        with ThreadPoolExecutor(2) as mani:
            return list(mani.map(una, range(2)))

    def registra(self, n: int, chiave: UUID, categoria: Categoria) -> str:
        """Files; answers the number that both answers gave."""
        dati = {
            "chiave": str(chiave),
            "testo": f"Buca numero {n} davanti al forno, ci si cade con la bici.",
            "elenco": categoria.codice,
            "parole": "Davanti al forno",
            "canale": "telefono",
            "email": f"persona{n}@example.org",
        }
        risposte = self.manda("/scrivania/sportello/", dati)
        assert [r.status_code for r in risposte] == [302, 302], [r.text[:2000] for r in risposte]
        [codice] = {r.headers["Location"].split("/")[-2] for r in risposte}
        return codice

    def assegna(self, codice: str, ufficio: Ufficio) -> None:
        """Gives the case to an office; the second press, and one sent again after a death, find it given."""
        dati = {"versione": "1", "ufficio": ufficio.slug}
        risposte = self.manda(f"/scrivania/segnalazioni/{codice}/passi/assegna/", dati)
        assert {r.status_code for r in risposte} <= {302, 409}, [r.text[:2000] for r in risposte]


def _raffica(
    base: str, biscotti: dict[str, str], chiavi: list[UUID], buche: Categoria, strade: Ufficio, codici: list[str]
) -> None:
    """Everybody files and assigns. codici: gets each number as soon as it is answered."""

    def uno(n: int) -> None:
        sportello = Sportello(base, biscotti)
        codice = sportello.registra(n, chiavi[n], buche)
        codici.append(codice)
        sportello.assegna(codice, strade)

    with ThreadPoolExecutor(INSIEME) as squadra:
        list(squadra.map(uno, range(len(chiavi))))


def _uccidi(processo: Resuscitato, quante: Callable[[], int], soglie: tuple[int, ...]) -> None:
    """Kills it when so many things are done, each time while the next are on their way."""
    for soglia in soglie:
        fine = time.monotonic() + PAZIENZA
        while quante() < soglia and time.monotonic() < fine:
            time.sleep(0.005)
        processo.uccidi()
        processo.aspetta()


def _finisci(settings: Any, posta: UfficioPostale) -> None:
    """What beat does, once what the dead had in hand is free again."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", posta.porta
    with fermo_a(adesso() + PRESTITO + timedelta(seconds=1)):
        protocolla_le_rimaste()
        rimanda_le_non_inviate()


def _calma(fatte: Callable[[], int]) -> None:
    """Until the worker has nothing more to do."""
    prima, fermo = -1, 0
    while fermo < 10:
        adesso_fatte = fatte()
        fermo = fermo + 1 if adesso_fatte == prima else 0
        prima = adesso_fatte
        time.sleep(0.2)


def test_nothing_is_lost_and_nothing_is_doubled(
    buche: Categoria, strade: Ufficio, carla: User, elena: User, settings: Any, tmp_path: Any
) -> None:
    chiavi = [uuid4() for _volta in range(CASI)]
    biscotti = entra(carla)
    with ufficio_postale() as posta:
        env = ambiente(tmp_path, posta.porta)
        codici: list[str] = []
        with resuscitati(tmp_path, env) as (base, web, operaio), ThreadPoolExecutor(2) as boia:
            # The web by what it has answered, so that it dies while people file; the worker by what it has sent.
            del_web = boia.submit(_uccidi, web, lambda: len(codici), MUORE_IL_WEB)
            dell_operaio = boia.submit(_uccidi, operaio, lambda: len(posta.arrivate), MUORE_LOPERAIO)
            _raffica(base, biscotti, chiavi, buche, strade, codici)
            assert del_web.done() or web.uccisioni == len(MUORE_IL_WEB), "the web outlived the burst"
            del_web.result(timeout=120)
            dell_operaio.result(timeout=120)
            _calma(lambda: len(posta.arrivate))
        assert (web.uccisioni, operaio.uccisioni) == (len(MUORE_IL_WEB), len(MUORE_LOPERAIO))
        _finisci(settings, posta)
        _atti(codici, chiavi)
        _registro()
        _posta(posta, uccisioni=operaio.uccisioni)


def _atti(codici: list[str], chiavi: list[UUID]) -> None:
    """Each thing that was answered is there, once; every chain holds."""
    casi = list(Segnalazione.objects.per_elenco())
    assert sorted(caso.codice for caso in casi) == sorted(codici)
    assert {caso.chiave_invio for caso in casi} == set(chiavi)
    passi = Counter(Passaggio.objects.values_list("passo", flat=True))
    assert passi == {"conferma": CASI, "assegna": CASI}
    assert {caso.versione for caso in casi} == {2}
    assert list(guasti_fra(casi)) == []


def _registro() -> None:
    """1..n, no gap, no double."""
    assert Registrazione.objects.count() == CASI
    assert sorted(Registrazione.objects.values_list("numero", flat=True)) == list(range(1, CASI + 1))  # type: ignore[type-var]
    assert list(guasti_del_registro()) == []


def _posta(posta: UfficioPostale, *, uccisioni: int) -> None:
    """Every mail that is due has arrived; twice only what a killed worker had in hand, as the same message."""
    dovute = Notifica.objects.filter(canale="email")
    assert dovute.count() == CASI * 3, "to who called: received, assigned; to Elena: assigned"
    assert set(dovute.values_list("stato", flat=True)) == {StatoAvviso.INVIATA}
    arrivate = Counter(str(mail["Message-ID"]).strip() for mail in posta.arrivate)
    assert {f"<{uid}@127.0.0.1>" for uid in dovute.values_list("uid", flat=True)} == set(arrivate)
    assert max(arrivate.values()) <= 2
    assert sum(arrivate.values()) - len(arrivate) <= uccisioni
