"""The carriers of registrations. They may run twice, late, or die anywhere: the row says what is still to be done.

The internal register gives number and mark in one transaction. An external server is asked outside of any, with the
key of the row: killed between its answer and our mark, we ask again and get the same number.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.db import IntegrityError, transaction

from core.tempo import adesso
from protocollo.models import ATTESE, Registrazione, StatoProtocollo
from protocollo.server import (
    Richiesta,
    RichiestaRifiutata,
    Segnatura,
    ServerNonRisponde,
    ServerProtocollo,
    server_in_uso,
)

logger = logging.getLogger(__name__)

_MUTO = "protocollo:server-muto"
RIPOSO = 60  # seconds that carriers leave a silent server alone; the sweep tries it meanwhile


@shared_task(name="protocollo.protocolla")
def protocolla(pk: int) -> None:
    """Registers one row, if it is still to be registered."""
    if not cache.get(_MUTO):
        manda([pk])


def manda(pks: Iterable[int]) -> int:
    """Registers these rows; answers how many got their number. A silent server ends it, and is remembered."""
    server, fatte = server_in_uso(), 0
    for pk in pks:
        if server.locale:
            fatte += _qui(pk, server)
            continue
        try:
            fatte += _fuori(pk, server)
        except ServerNonRisponde as muto:
            cache.set(_MUTO, True, RIPOSO)
            logger.warning("the protocol server does not answer: %s", muto.codice)
            break
    return fatte


@transaction.atomic
def _qui(pk: int, server: ServerProtocollo) -> bool:
    """Number and mark in one transaction: both or neither."""
    riga = _blocca(pk)
    if riga.stato not in (StatoProtocollo.DA_INVIARE, StatoProtocollo.INVIATO):
        return False
    return _scrivi(riga, server.protocolla(_richiesta(riga)))


def _fuori(pk: int, server: ServerProtocollo) -> bool:
    """Did it get its number? Raises ServerNonRisponde only where no other row would be answered either."""
    riga = Registrazione.objects.prenota(pk)
    if riga is None:
        return False
    try:
        segnatura = server.protocolla(_richiesta(riga))
    except RichiestaRifiutata as rifiuto:
        return _ferma(riga, rifiuto.codice)
    except ServerNonRisponde as silenzio:
        _rimanda(riga, silenzio)
        if silenzio.muto:
            raise
        return False
    try:
        return _segna(pk, segnatura)
    except IntegrityError:
        return _ferma(riga, "numero_di_altri")


@transaction.atomic
def _segna(pk: int, segnatura: Segnatura) -> bool:
    riga = _blocca(pk)
    if not riga.protocollata:
        return _scrivi(riga, segnatura)
    if (riga.registro, riga.anno, riga.numero) != (segnatura.registro, segnatura.anno, segnatura.numero):
        logger.error("registration %s: asked twice, the server gave two numbers; the first one stands", pk)
    return False


def _blocca(pk: int) -> Registrazione:
    """The row, read under lock; whose contribution it is, read after."""
    return Registrazione.objects.select_for_update(of=("self",)).select_related("contributo").get(pk=pk)


def _scrivi(riga: Registrazione, segnatura: Segnatura) -> bool:
    riga.stato, riga.riprova_il, riga.errore = StatoProtocollo.PROTOCOLLATO, None, ""
    riga.registro, riga.anno, riga.numero = segnatura.registro, segnatura.anno, segnatura.numero
    riga.registrata_il = segnatura.registrata_il
    riga.save()
    return True


def _richiesta(riga: Registrazione) -> Richiesta:
    return Richiesta(
        chiave=riga.chiave,
        oggetto=riga.oggetto,
        mittente=riga.mittente,
        canale=riga.contributo.canale,
        arrivato_il=riga.arrivato_il,
        impronta=riga.impronta,
    )


def _aggiorna(riga: Registrazione, **valori: Any) -> None:
    """On a row that has no number: another carrier may have been answered meanwhile."""
    Registrazione.objects.filter(pk=riga.pk).exclude(stato=StatoProtocollo.PROTOCOLLATO).update(**valori)


def _ferma(riga: Registrazione, codice: str) -> bool:
    """A person must look; always False."""
    _aggiorna(riga, stato=StatoProtocollo.ERRORE, errore=codice, riprova_il=None)
    logger.error("registration %s stopped: %s", riga.pk, codice)
    return False


def _rimanda(riga: Registrazione, silenzio: ServerNonRisponde) -> None:
    attesa = ATTESE[min(riga.tentativi, len(ATTESE)) - 1]
    stato = StatoProtocollo.INVIATO if silenzio.forse_arrivata else StatoProtocollo.DA_INVIARE
    _aggiorna(riga, stato=stato, errore=silenzio.codice, riprova_il=adesso() + attesa)
    logger.warning("registration %s not done: %s; again in %s", riga.pk, silenzio.codice, attesa)
