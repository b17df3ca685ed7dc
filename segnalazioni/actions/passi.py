"""The engine of every step: lock, ask the table, write row and link of the chain, tell who follows.

Only the verbs beside this file call it. Roles are read after the lock: an office that lost the case a moment ago
cannot act on it any more.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.public_cache import touch
from core.realtime import annuncia, is_silent
from core.tempo import adesso
from core.testo import pulito
from core.workflow import Transizione
from segnalazioni import effetti
from segnalazioni.models import (
    EsitoIntervento,
    EventoTermine,
    Passaggio,
    Segnalazione,
    TestoPassaggio,
    impronta_parole,
    ruoli_sul_caso,
    segna_termine,
    termine_di,
)
from segnalazioni.ricerca import indicizza, scrivi
from segnalazioni.workflow import CON_RISPOSTA, NASCOSTE, PROCEDURA, RuoloCaso, in_veste_di

if TYPE_CHECKING:
    from accounts.models import User
    from comune.models import Ufficio

# Everybody at the desk listens here: the queue has changed somewhere.
GRUPPO_CODA = "scrivania.segnalazioni"


@dataclass(frozen=True, slots=True)
class Dati:
    """What a step carries. Which of them it needs, and which it may have, the table says."""

    testo: str = ""
    nota: str = ""
    prova: str = ""
    ente: str = ""
    giorno: date | None = None
    ufficio: Ufficio | None = None
    originale: Segnalazione | None = None

    @property
    def parole(self) -> tuple[str, ...]:
        """Those of them that a search finds; empty when there are none."""
        return tuple(filter(None, (self.testo, self.nota, self.prova, self.ente)))


@transaction.atomic
def compi(
    passo: str,
    segnalazione: Segnalazione,
    *,
    autore: User | None,
    come: RuoloCaso | None = None,
    dati: Dati | None = None,
) -> tuple[Segnalazione, Passaggio]:
    """Takes one step; returns the case as it is now and the link written.

    autore: who acts; None for a guest or the system, whose role `come` the door has established.
    Raises PassoNonPossibile (state or role), DomainError "dato_mancante" or one of segnalazioni.effetti.
    """
    return compi_sulla_bloccata(passo, blocca(segnalazione), autore=autore, come=come, dati=dati)


def compi_sulla_bloccata(
    passo: str,
    caso: Segnalazione,
    *,
    autore: User | None,
    come: RuoloCaso | None = None,
    dati: Dati | None = None,
    indice: bool = True,
) -> tuple[Segnalazione, Passaggio]:
    """`compi` on a case that this transaction holds already: it has locked it, or has made it and not yet committed.

    indice: False where the caller makes the words of many cases searchable at once, when all have their last step.
    """
    dati = _puliti(dati or Dati())
    ruoli = frozenset({come}) if come else ruoli_sul_caso(caso, autore) if autore else frozenset()
    riga = PROCEDURA.chiedi(caso.stato, passo, ruoli)
    _controlla(riga, dati)
    ruolo = in_veste_di(riga.chi & ruoli)
    da, caso.stato = caso.stato, riga.arrivo(caso.stato)
    eventi = effetti.applica(caso, riga, dati)
    passaggio = _scrivi(caso, riga, da, autore, ruolo, dati)
    _segna_termine(caso, passaggio, eventi)
    _supera_intervento(caso, passaggio)
    caso.aggiornata_il = passaggio.created_at
    caso.save()
    if indice:
        _indicizza(caso, da, dati)
    annuncia(caso.gruppo, caso.edizione)
    annuncia(GRUPPO_CODA, 0)
    if not is_silent():  # who imports many says it once
        touch("segnalazioni")
    return caso, passaggio


def blocca(segnalazione: Segnalazione) -> Segnalazione:
    """The same case, read again under lock: whatever was known before may be old.

    Locked with it are the cases joined to it, always in the order of their keys: what follows from a step may move
    them too, and whoever locks in one order never waits in a circle.
    """
    # Joins would lock rows that other cases share: the cases alone are locked, their relations are read after.
    insieme = Q(pk=segnalazione.pk) | Q(radice=segnalazione.pk)
    list(Segnalazione.objects.select_for_update().filter(insieme).order_by("pk").values_list("pk", flat=True))
    return Segnalazione.objects.per_elenco().get(pk=segnalazione.pk)


def pretendi_versione(segnalazione: Segnalazione, versione: int) -> Segnalazione:
    """Locks the case and refuses (DomainError "caso_cambiato") when it moved since somebody read this version.

    To be called in the transaction of the step: what a colleague did in the meantime must be read first, also where
    the table would let the step pass.
    """
    caso = blocca(segnalazione)
    if caso.versione != versione:
        raise DomainError(
            "caso_cambiato", _("Nel frattempo il caso è cambiato: guarda che cosa è successo e decidi di nuovo.")
        )
    return caso


def _puliti(dati: Dati) -> Dati:
    """The same data, their words fit to be kept and printed."""
    return replace(
        dati, testo=pulito(dati.testo), nota=pulito(dati.nota), prova=pulito(dati.prova), ente=pulito(dati.ente)
    )


def _controlla(riga: Transizione, dati: Dati) -> None:
    portati = {n for n in Dati.__slots__ if getattr(dati, n)}
    if di_troppo := portati - {*riga.serve, *riga.puo}:
        raise ValueError(f"{riga.passo} does not take {sorted(di_troppo)}")
    if mancano := [n for n in riga.serve if n not in portati]:
        raise DomainError("dato_mancante", _("Manca un dato: %(dato)s.") % {"dato": ", ".join(mancano)})


def _scrivi(caso: Segnalazione, riga: Transizione, da: str, autore: User | None, ruolo: str, dati: Dati) -> Passaggio:
    prima = Passaggio.objects.filter(segnalazione=caso).order_by("-numero")
    precedente = prima.first() if caso.versione else None
    caso.versione += 1
    caso.ultimo_passo = riga.passo
    sale = secrets.token_hex(16)
    parole = (dati.testo, dati.nota, dati.prova)
    passaggio = Passaggio(
        segnalazione=caso,
        numero=caso.versione,
        impronta_precedente=precedente.impronta if precedente else "",
        passo=riga.passo,
        da=da,
        a=caso.stato,
        autore=autore,
        ruolo=ruolo,
        ufficio=caso.ufficio,
        ente=dati.ente,
        giorno=dati.giorno,
        impronta_testo=impronta_parole(sale, *parole) if any(parole) else "",
        created_at=adesso(),
    )
    passaggio.impronta = passaggio.calcola_impronta()
    passaggio.save()
    if any(parole):
        TestoPassaggio.objects.create(
            passaggio=passaggio, testo=dati.testo, nota=dati.nota, prova=dati.prova, sale=sale
        )
    return passaggio


def _indicizza(caso: Segnalazione, da: str, dati: Dati) -> None:
    """The case can be found by its words, those of this step among them."""
    if da in NASCOSTE:  # no step before this one said anything
        scrivi([caso], {})
    elif dati.parole:
        indicizza(caso)


def _segna_termine(caso: Segnalazione, passaggio: Passaggio, eventi: list[str]) -> None:
    if not eventi:
        return
    for evento in eventi:
        riga = EventoTermine.di_oggi(caso, evento)
        riga.passaggio, riga.created_at = passaggio, adesso()
        riga.save()
    segna_termine(caso, termine_di(caso))


def _supera_intervento(caso: Segnalazione, passaggio: Passaggio) -> None:
    """An answer that comes after all, or the report taken back, leaves nothing to decide to who was asked to step in.
    Nothing else does: what is moved elsewhere is still owed a decision."""
    intervento = caso.intervento_aperto
    if intervento is None or not (caso.stato in CON_RISPOSTA or passaggio.passo == "ritira"):
        return
    ritirata = passaggio.passo == "ritira"
    intervento.chiudi(EsitoIntervento.RITIRATO if ritirata else EsitoIntervento.SUPERATO, passaggio)
