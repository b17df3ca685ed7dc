"""Who may see a case as a citizen, and what they are to it: the one place that pages, photos and sockets ask.

A public case is for everybody. Any other is for who reported it: the account, the browser that proved the reporter's
mailbox (accounts.magic, 24 hours), or the browser that filed it, for 24 hours. For all others it does not exist, and
the question costs one query whatever the answer. Colleagues read at their desk: here they are citizens.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.http import HttpRequest

from accounts.magic import ha_dimostrato
from ascolto.models import Visibilita
from core.tempo import adesso
from core.tokens import impronta
from segnalazioni.models import Segnalazione, Seguace
from segnalazioni.racconto import Vista
from segnalazioni.workflow import RuoloCaso, Stato

if TYPE_CHECKING:
    from accounts.models import User

RICORDO = timedelta(hours=24)
RICORDI = 20  # cases one browser remembers at the same time
_INVIATE = "segnalazioni_inviate"
_SEGUITE = "segnalazioni_seguite"
_SEGNO = "segno_del_browser"


@dataclass(frozen=True, slots=True)
class Visitatore:
    """Who asks: an account or nobody, and the session of the browser."""

    user: User | AnonymousUser
    session: SessionBase

    @classmethod
    def di(cls, request: HttpRequest) -> Visitatore:
        """The visitor behind an HTTP request."""
        return cls(request.user, request.session)

    @property
    def account(self) -> User | None:
        """The account, when there is one."""
        return self.user if self.user.is_authenticated else None


@dataclass(frozen=True, slots=True)
class Accesso:
    """A case that this visitor may see.

    segnalante: it is their own report. anonima: it was filed without an address or an account.
    """

    caso: Segnalazione
    segnalante: bool
    anonima: bool

    @property
    def ruoli(self) -> frozenset[str]:
        """Their roles on the case, for the workflow table."""
        return frozenset({RuoloCaso.SEGNALANTE}) if self.segnalante else frozenset()

    @property
    def vista(self) -> Vista:
        """In whose words the case is told to them."""
        return Vista.SEGNALANTE if self.segnalante else Vista.PUBBLICO


def cerca(codice: str, chi: Visitatore) -> Accesso | None:
    """The case with this number if `chi` may see it; None when it does not exist or is not theirs to see."""
    # One query for every answer: the reporter is unique (un_solo_segnalante), so the join adds no row.
    caso: Any = (  # with its two annotations
        Segnalazione.objects.per_codice(codice)
        .annotate(
            _chi=FilteredRelation("seguaci", condition=Q(seguaci__segnalante=True)),
            segnalante_utente=F("_chi__utente_id"),
            segnalante_email=F("_chi__email"),
        )
        .first()
    )
    if caso is None:
        return None
    utente, email = caso.segnalante_utente, caso.segnalante_email or ""
    segnalante = _e_segnalante(caso, chi, utente=utente, email=email)
    accesso = Accesso(caso, segnalante, anonima=utente is None and not email)
    return accesso if si_vede(caso, segnalante=segnalante) else None


def _e_segnalante(caso: Segnalazione, chi: Visitatore, *, utente: int | None, email: str) -> bool:
    if chi.account is not None and utente == chi.account.pk:
        return True
    return ha_inviato(chi.session, caso.codice) or ha_dimostrato(chi.session, email)


def si_vede(caso: Segnalazione, *, segnalante: bool) -> bool:
    """May somebody read the case who is, or is not, who reported it?"""
    if caso.pubblica:
        return True
    tolta = caso.contributo.visibilita == Visibilita.RIMOSSA or caso.stato == Stato.SCARTATA
    return segnalante and not tolta


def di_carta(codice: str, segreto: str) -> Segnalazione | None:
    """The case that the key on a printed receipt opens; None for any other key, and for one that has run out."""
    caso = (
        Segnalazione.objects.per_codice(codice)
        .filter(chiave_stampata__impronta=impronta(segreto), chiave_stampata__scade_il__gt=adesso())
        .first()
    )
    return caso if caso is not None and si_vede(caso, segnalante=True) else None


# --- what a browser remembers -----------------------------------------------------------------------------


def _ricordati(session: SessionBase, chiave: str) -> dict[str, float]:
    """Number of the case → instant, those of the last 24 hours."""
    da = (adesso() - RICORDO).timestamp()
    return {codice: quando for codice, quando in session.get(chiave, {}).items() if quando > da}


def ricorda_inviata(session: SessionBase, caso: Segnalazione) -> None:
    """This browser has filed the case: for 24 hours it may see it, private or not yet confirmed."""
    altre = sorted(_ricordati(session, _INVIATE).items(), key=lambda voce: voce[1])[1 - RICORDI :]
    session[_INVIATE] = {**dict(altre), caso.codice: adesso().timestamp()}


def ha_inviato(session: SessionBase, codice: str) -> bool:
    """Has this browser filed the case in the last 24 hours?"""
    return codice in _ricordati(session, _INVIATE)


def segno_del_browser(session: SessionBase, *, nuovo: bool = False) -> str:
    """Digest of a random sign kept in the session: what a bare signature is counted once by.

    "" when the browser has none yet; `nuovo` gives it one. It outlives the session's key, which changes at login.
    """
    if nuovo and _SEGNO not in session:
        session[_SEGNO] = secrets.token_urlsafe(16)
    segno = session.get(_SEGNO, "")
    return impronta(segno) if segno else ""


# --- who follows ------------------------------------------------------------------------------------------


def ricorda_seguace(session: SessionBase, seguace: Seguace) -> None:
    """This browser has proved the mailbox of a follower: here it may also stop following."""
    altri = [pk for pk in session.get(_SEGUITE, []) if pk != seguace.pk]
    session[_SEGUITE] = [*altri, seguace.pk][-RICORDI:]


def seguaci_di(caso: Segnalazione, chi: Visitatore) -> QuerySet[Seguace]:
    """The rows by which this visitor follows or has signed the case, the reporter's own included."""
    miei = Q(pk__in=chi.session.get(_SEGUITE, []))
    if chi.account is not None:
        miei |= Q(utente=chi.account)
    if segno := segno_del_browser(chi.session):
        miei |= Q(sessione=segno)
    return Seguace.objects.filter(miei, segnalazione=caso)
