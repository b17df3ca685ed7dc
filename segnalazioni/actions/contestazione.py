"""After the answer: contesting it, saying what one thinks of it, closing the case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.immagini import ImmaginePulita
from core.templatetags.lp import giorno as in_parole
from core.tempo import adesso, oggi
from core.testo import pulito
from segnalazioni.actions.avvisi import dopo
from segnalazioni.actions.doppioni import chiudi_le_unite
from segnalazioni.actions.foto import aggiungi_foto
from segnalazioni.actions.passi import Dati, blocca, compi
from segnalazioni.models import Gradimento, Segnalazione, gia_contestata, ha_concluso
from segnalazioni.workflow import RuoloCaso


def perche_non_si_contesta(caso: Segnalazione) -> str:
    """Why who reported can not contest the answer, in one plain sentence; "" when they can, or there is no answer."""
    fino: date | None = caso.contestabile_fino_al
    if fino is None:
        return ""
    if gia_contestata(caso):
        return _("Hai già contestato una volta: la decisione che hai letto è definitiva per questa segnalazione.")
    if oggi() > fino:
        return _("La risposta si poteva contestare entro 30 giorni, fino a %(giorno)s.") % {"giorno": in_parole(fino)}
    if not caso.risposta_data:
        return _("È chiusa: la risposta non si può più contestare.")
    return ""


@transaction.atomic
def contesta(
    segnalazione: Segnalazione,
    *,
    testo: str,
    autore: User | None = None,
    foto: Sequence[ImmaginePulita] = (),
) -> Segnalazione:
    """The reporter contests the answer: once, within 30 days. The door has checked that it is the reporter.

    A new term begins. Raises DomainError "non_contestabile".
    """
    caso = blocca(segnalazione)
    if motivo := perche_non_si_contesta(caso):
        raise DomainError("non_contestabile", motivo)
    caso, passaggio = compi("contesta", caso, autore=autore, come=RuoloCaso.SEGNALANTE, dati=Dati(testo=testo))
    aggiungi_foto(foto, segnalazione=caso, passaggio=passaggio)
    dopo(caso, passaggio, testo=testo)
    return caso


@transaction.atomic
def contesta_chiusa(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """The head of the office reopens the question of a closed case."""
    return _passo("contesta", blocca(segnalazione), operatore, Dati(testo=testo, nota=nota))


@transaction.atomic
def riapri(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """A contestation upheld: back to work. Raises DomainError "decide_un_altro" for who gave the contested answer."""
    caso = _di_un_altro(segnalazione, operatore)
    return _passo("riapri", caso, operatore, Dati(testo=testo, nota=nota))


@transaction.atomic
def chiudi(segnalazione: Segnalazione, *, operatore: User, testo: str, nota: str = "") -> Segnalazione:
    """A contestation not upheld, with reasons. Raises DomainError "decide_un_altro" for who gave the answer."""
    caso = _passo("chiudi", _di_un_altro(segnalazione, operatore), operatore, Dati(testo=testo, nota=nota))
    chiudi_le_unite(caso)
    return caso


def _di_un_altro(segnalazione: Segnalazione, operatore: User) -> Segnalazione:
    caso = blocca(segnalazione)
    if ha_concluso(caso, operatore):
        raise DomainError(
            "decide_un_altro", _("La risposta contestata è tua: su una contestazione decide un’altra persona.")
        )
    return caso


@transaction.atomic
def _passo(passo: str, caso: Segnalazione, operatore: User, dati: Dati) -> Segnalazione:
    caso, passaggio = compi(passo, caso, autore=operatore, dati=dati)
    dopo(caso, passaggio, testo=dati.testo)
    return caso


# --- what who reported thinks of it -----------------------------------------------------------------------


@transaction.atomic
def valuta(
    segnalazione: Segnalazione,
    *,
    risolto: str,
    voto: int,
    parole: str = "",
    chiudi: bool = False,
    autore: User | None = None,
) -> Segnalazione:
    """Who reported says what they think of the answer, again and again until the case is closed; `chiudi`: it is.

    voto: 1 to 5. The door has checked that it is the reporter. Raises DomainError "non_si_valuta".
    """
    caso = blocca(segnalazione)
    if not caso.risposta_data:
        raise DomainError("non_si_valuta", _("Si dice che cosa se ne pensa fra la risposta e la chiusura."))
    ora = adesso()
    nuovo = {"risolto": risolto, "voto": voto, "parole": pulito(parole), "aggiornato_il": ora}
    Gradimento.objects.update_or_create(segnalazione=caso, defaults=nuovo, create_defaults={**nuovo, "created_at": ora})
    if chiudi:
        return archivia(caso, come=RuoloCaso.SEGNALANTE, autore=autore)
    return caso


# --- closing ----------------------------------------------------------------------------------------------


@transaction.atomic
def archivia(segnalazione: Segnalazione, *, come: RuoloCaso, autore: User | None = None) -> Segnalazione:
    """Closes an answered case: its reporter, who is content, or the system once nobody can contest it any more.

    What was merged into it closes with it. Raises DomainError "ancora_contestabile" to the system.
    """
    caso = blocca(segnalazione)
    fino = caso.contestabile_fino_al
    if come is RuoloCaso.SISTEMA and caso.risposta_data and fino is not None and oggi() <= fino:
        raise DomainError("ancora_contestabile", _("La risposta si può ancora contestare."))
    return _archivia(caso, come, autore)


def _archivia(caso: Segnalazione, come: RuoloCaso, autore: User | None) -> Segnalazione:
    caso, passaggio = compi("archivia", caso, autore=autore, come=come)
    dopo(caso, passaggio)
    chiudi_le_unite(caso)
    return caso
