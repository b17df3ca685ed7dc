"""The verbs of the office. Each: one transaction, one step, its notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from accounts.models import User
from comune.models import Ufficio
from core.immagini import ImmaginePulita
from segnalazioni.actions.avvisi import dopo
from segnalazioni.actions.contestazione import chiudi, contesta_chiusa, riapri
from segnalazioni.actions.doppioni import stacca, unisci
from segnalazioni.actions.foto import aggiungi_foto
from segnalazioni.actions.passi import Dati, compi
from segnalazioni.actions.termine import declina, intervieni
from segnalazioni.models import Segnalazione

# A step that the desk can take: the case, `operatore` who acts, and by name the data that its line of the table asks
# for or allows. The table is checked against these signatures by tests/segnalazioni/test_workflow.py.
Verbo = Callable[..., Segnalazione]


@transaction.atomic
def _passo(
    passo: str, segnalazione: Segnalazione, operatore: User, dati: Dati, foto: Sequence[ImmaginePulita] = ()
) -> Segnalazione:
    caso, passaggio = compi(passo, segnalazione, autore=operatore, dati=dati)
    aggiungi_foto(foto, segnalazione=caso, passaggio=passaggio)
    dopo(caso, passaggio, testo=dati.testo)
    return caso


def assegna(segnalazione: Segnalazione, *, operatore: User, ufficio: Ufficio, nota: str = "") -> Segnalazione:
    """The URP gives the case to an office."""
    return _passo("assegna", segnalazione, operatore, Dati(ufficio=ufficio, nota=nota))


def prendi_in_carico(segnalazione: Segnalazione, *, operatore: User, testo: str = "", nota: str = "") -> Segnalazione:
    """The office begins to work on it."""
    return _passo("prendi_in_carico", segnalazione, operatore, Dati(testo=testo, nota=nota))


def rifiuta(segnalazione: Segnalazione, *, operatore: User, nota: str) -> Segnalazione:
    """Not this office's: back to the URP, with the reason for colleagues."""
    return _passo("rifiuta", segnalazione, operatore, Dati(nota=nota))


def passa(segnalazione: Segnalazione, *, operatore: User, ufficio: Ufficio, nota: str) -> Segnalazione:
    """To another office, with the reason for colleagues."""
    return _passo("passa", segnalazione, operatore, Dati(ufficio=ufficio, nota=nota))


def programma(segnalazione: Segnalazione, *, operatore: User, giorno: date, testo: str, nota: str = "") -> Segnalazione:
    """The work has a day."""
    return _passo("programma", segnalazione, operatore, Dati(giorno=giorno, testo=testo, nota=nota))


def riprogramma(
    segnalazione: Segnalazione, *, operatore: User, giorno: date, testo: str, nota: str = ""
) -> Segnalazione:
    """Another day, and why; the old one stays in the history."""
    return _passo("riprogramma", segnalazione, operatore, Dati(giorno=giorno, testo=testo, nota=nota))


def chiedi(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """A question to who reported; the clock stands still, once."""
    return _passo("chiedi", segnalazione, operatore, Dati(testo=testo, nota=nota))


def attendi(segnalazione: Segnalazione, *, operatore: User, ente: str, testo: str, nota: str = "") -> Segnalazione:
    """It depends on another body; the clock goes on."""
    return _passo("attendi", segnalazione, operatore, Dati(ente=ente, testo=testo, nota=nota))


def riprendi(segnalazione: Segnalazione, *, operatore: User, testo: str = "", nota: str = "") -> Segnalazione:
    """Work goes on after a wait or a planned day."""
    return _passo("riprendi", segnalazione, operatore, Dati(testo=testo, nota=nota))


def risolvi(
    segnalazione: Segnalazione,
    *,
    operatore: User,
    testo: str,
    nota: str = "",
    foto: Sequence[ImmaginePulita] = (),
) -> Segnalazione:
    """Done: what was done, and how it looks now."""
    return _passo("risolvi", segnalazione, operatore, Dati(testo=testo, nota=nota), foto)


def inoltra(
    segnalazione: Segnalazione, *, operatore: User, ente: str, testo: str, prova: str, nota: str = ""
) -> Segnalazione:
    """Not ours: whose it is, why, and the proof that it was forwarded."""
    return _passo("inoltra", segnalazione, operatore, Dati(ente=ente, testo=testo, prova=prova, nota=nota))


def preavvisa(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """Notice that it will be refused, and why (L. 241/1990, art. 10-bis)."""
    return _passo("preavvisa", segnalazione, operatore, Dati(testo=testo, nota=nota))


def accogli(segnalazione: Segnalazione, *, operatore: User, testo: str = "", nota: str = "") -> Segnalazione:
    """The observations were right: work goes on."""
    return _passo("accogli", segnalazione, operatore, Dati(testo=testo, nota=nota))


def respingi(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """Refused, with reasons."""
    return _passo("respingi", segnalazione, operatore, Dati(testo=testo, nota=nota))


# The steps that the desk offers as buttons; in the order of the table.
VERBI: dict[str, Verbo] = {
    "assegna": assegna,
    "prendi_in_carico": prendi_in_carico,
    "programma": programma,
    "risolvi": risolvi,
    "chiedi": chiedi,
    "attendi": attendi,
    "riprogramma": riprogramma,
    "riprendi": riprendi,
    "passa": passa,
    "rifiuta": rifiuta,
    "inoltra": inoltra,
    "unisci": unisci,
    "stacca": stacca,
    "preavvisa": preavvisa,
    "accogli": accogli,
    "respingi": respingi,
    "contesta": contesta_chiusa,
    "riapri": riapri,
    "chiudi": chiudi,
    "intervieni": intervieni,
    "declina": declina,
}
