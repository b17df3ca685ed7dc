"""Telling people: the rows now, in the transaction of what they tell; the carriers after commit."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from kombu.exceptions import OperationalError as BrokerGiu

from core.tempo import adesso
from notifiche.models import CanaleAvviso, Notifica, StatoAvviso
from notifiche.tasks import consegna
from notifiche.tipi import TIPI

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

# Seconds that who did the thing may wait for the carriers to be started; the sweep starts the others.
PAZIENZA = 2.0


@dataclass(frozen=True, slots=True)
class Destinatario:
    """Who is told: an account, or a bare address. dati: words of the templates that are for this person alone."""

    utente: User | None = None
    email: str = ""
    dati: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def casella(self) -> str:
        """The mailbox, in lower case; "" for nobody, and for an account that is closed."""
        if self.utente is None:
            return self.email.strip().lower()
        chiuso = self.utente.cancellato_il or not self.utente.is_active
        return "" if chiuso else self.utente.email.lower()


def avvisa(destinatari: Iterable[Destinatario], tipo: str, *, evento: str, percorso: str, dati: dict[str, Any]) -> int:
    """Writes a mail for each person, and for each account a notice on the site; asked again for the same event,
    also by two transactions at once, it writes none. Answers how many mails. Two queries whatever the number of people.

    evento: what happened, e.g. "passaggio:<uid>": a person hears of it once per channel, an account and its
    address being one person. percorso: the page it is about, a local path. dati: the words of the templates, JSON.
    Raises ValueError for a tipo that is not in notifiche.tipi.
    """
    if tipo not in TIPI:
        raise ValueError(f"not a kind of notice: {tipo!r}")
    ora = adesso()
    comune = {"tipo": tipo, "evento": evento, "percorso": percorso, "dati": dati, "created_at": ora}
    una_volta: dict[tuple[str, str], Notifica] = {}
    # Accounts first: who is there twice gets the plain link rather than a secret one.
    for chi in sorted(destinatari, key=lambda chi: chi.utente is None):
        for riga in _righe(chi, comune, ora):
            una_volta.setdefault((riga.chi, riga.canale), riga)
    if not una_volta:
        return 0
    # Always in the same order: two transactions with people in common wait for one another, never in a circle.
    righe = [riga for _chiave, riga in sorted(una_volta.items(), key=lambda voce: voce[0])]
    Notifica.objects.bulk_create(righe, ignore_conflicts=True)
    scritte = Notifica.objects.filter(uid__in=[riga.uid for riga in righe], canale=CanaleAvviso.EMAIL)
    pks = list(scritte.order_by("pk").values_list("pk", flat=True))
    transaction.on_commit(partial(_affida, pks))
    return len(pks)


def _righe(chi: Destinatario, comune: dict[str, Any], ora: datetime) -> list[Notifica]:
    if not chi.casella:
        return []
    comune = {**comune, "dati": {**comune["dati"], **chi.dati}} if chi.dati else comune
    mail = Notifica(
        **comune,
        canale=CanaleAvviso.EMAIL,
        chi=_impronta(chi.casella),
        utente=chi.utente,
        email="" if chi.utente else chi.casella,
    )
    if chi.utente is None:
        return [mail]
    nel_sito = Notifica(
        **comune,
        canale=CanaleAvviso.SITO,
        chi=_impronta(str(chi.utente.uid)),
        utente=chi.utente,
        stato=StatoAvviso.INVIATA,
        inviata_il=ora,
    )
    return [mail, nel_sito]


def _impronta(chi: str) -> str:
    # Keyed: whoever reads the table cannot try addresses against it.
    return salted_hmac("notifiche.chi", chi, algorithm="sha256").hexdigest()


def _affida(pks: list[int]) -> None:
    """Starts the carriers. The act is done and its author waits: whatever is in the way, the sweep goes on."""
    fine = monotonic() + PAZIENZA
    for fatte, pk in enumerate(pks):
        if monotonic() > fine:
            logger.info("%d notices left to the sweep: carriers are slow to start", len(pks) - fatte)
            return
        try:
            consegna.delay(pk)
        except BrokerGiu:
            logger.warning("%d notices left to the sweep: the broker does not answer", len(pks) - fatte)
            return


def segna_lette(utente: User, *, fino_a: datetime | None = None) -> int:
    """This person has read the notices on the site, those written up to `fino_a` if given; answers how many."""
    lette = Notifica.objects.nel_sito(utente).non_lette()
    if fino_a is not None:
        lette = lette.filter(created_at__lte=fino_a)
    return lette.order_by().update(letta_il=adesso())
