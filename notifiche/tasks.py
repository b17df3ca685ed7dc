"""The carriers of notices. They may run twice, late, or die anywhere: the row says what is still to be done.

A row is taken for ten minutes before its mail leaves and marked after. Killed in between, the mail leaves again
when the ten minutes are over: SMTP gives no way to know whether it had left, so it carries the same Message-ID.
A mail server that does not answer is noticed before any row is taken, and costs no attempt.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accounts.magic import crea_link
from core.tempo import adesso
from notifiche.emails import componi
from notifiche.models import ATTESE, TENTATIVI, Notifica, StatoAvviso
from notifiche.tipi import TIPI

logger = logging.getLogger(__name__)

_MUTA = "notifiche:posta-muta"
RIPOSO = 60  # seconds that carriers leave a silent mail server alone; the sweep tries it meanwhile
TIMEOUT_IN_RICHIESTA = 3  # seconds, where carriers run inside the request of who acted


@shared_task(name="notifiche.consegna")
def consegna(pk: int) -> None:
    """Sends one notice, if it is still to be sent."""
    if not cache.get(_MUTA):
        spedisci([pk])


def spedisci(pks: Iterable[int]) -> int:
    """Sends these notices over one connection; answers how many left. A silent server ends it, and is remembered."""
    timeout = TIMEOUT_IN_RICHIESTA if settings.CELERY_TASK_ALWAYS_EAGER else settings.EMAIL_TIMEOUT
    posta: BaseEmailBackend = get_connection(timeout=timeout)
    try:
        posta.open()
    except OSError as errore:  # every smtplib error is one too: refused log-in, refused TLS
        _ricorda_muta(errore)
        return 0
    try:
        return _una_per_una(pks, posta)
    finally:
        with contextlib.suppress(OSError):
            posta.close()


def _ricorda_muta(errore: OSError) -> None:
    cache.set(_MUTA, True, RIPOSO)
    logger.warning("the mail server does not answer: %s", type(errore).__name__)


def _una_per_una(pks: Iterable[int], posta: BaseEmailBackend) -> int:
    partite = 0
    for pk in pks:
        notifica = Notifica.objects.prenota(pk)
        if notifica is None:
            continue
        try:
            partite += _spedisci(notifica, posta)
        except OSError as errore:
            _ritenta(notifica, type(errore).__name__)
            _ricorda_muta(errore)
            break
    return partite


def _spedisci(notifica: Notifica, posta: BaseEmailBackend) -> bool:
    """Did it leave? A refusal is dealt with here; a connection that breaks is the caller's (OSError)."""
    indirizzo = _indirizzo(notifica)
    if not indirizzo:
        return _rinuncia(notifica, "nobody to write to")
    mail = componi(notifica, a=indirizzo, collegamento=_collegamento(notifica))
    try:
        posta.send_messages([mail])
    except SMTPRecipientsRefused as rifiuto:
        return _rifiutata(notifica, *[codice for codice, _motivo in rifiuto.recipients.values()])
    except SMTPDataError as rifiuto:
        return _rifiutata(notifica, rifiuto.smtp_code)
    except SMTPResponseException as rifiuto:  # of the sender: our own fault, which somebody will mend
        return _ritenta(notifica, f"refused with {rifiuto.smtp_code}")
    Notifica.objects.filter(pk=notifica.pk).update(stato=StatoAvviso.INVIATA, inviata_il=adesso(), riprova_il=None)
    logger.info("notice %s sent", notifica.uid)
    return True


def _indirizzo(notifica: Notifica) -> str:
    """Where to write now; "" when the account has been erased or closed meanwhile."""
    utente = notifica.utente
    if utente is None:
        return notifica.email
    return utente.email if utente.is_active and not utente.cancellato_il else ""


def _collegamento(notifica: Notifica) -> str:
    """The page; for a bare address by a link that proves the mailbox, made now: its secret is in the mail only."""
    if notifica.utente or TIPI[notifica.tipo].lista:
        return f"{settings.SITO_URL}{notifica.percorso}"
    durata = timedelta(days=TIPI[notifica.tipo].giorni)
    return f"{settings.SITO_URL}{crea_link(notifica.email, notifica.percorso, durata=durata)}"


def _rifiutata(notifica: Notifica, *codici: int) -> bool:
    # 530–539 ask us to log in: not the recipient's doing.
    if all(500 <= codice < 600 and not 530 <= codice < 540 for codice in codici):
        return _rinuncia(notifica, f"refused for good with {codici[0]}")
    return _ritenta(notifica, f"refused with {codici[0]}")


def _ritenta(notifica: Notifica, motivo: str) -> bool:
    if notifica.tentativi >= TENTATIVI:
        return _rinuncia(notifica, f"{motivo}, {TENTATIVI} times")
    attesa = ATTESE[notifica.tentativi - 1]
    Notifica.objects.filter(pk=notifica.pk).update(riprova_il=adesso() + attesa)
    logger.warning("notice %s not sent: %s; again in %s", notifica.uid, motivo, attesa)
    return False


def _rinuncia(notifica: Notifica, motivo: str) -> bool:
    Notifica.objects.filter(pk=notifica.pk).update(stato=StatoAvviso.RINUNCIATA, riprova_il=None)
    logger.warning("notice %s given up: %s", notifica.uid, motivo)
    return False
