"""Links that prove who reads a mailbox, for people without an account.

A link is 128 random bits of which we keep only the digest, is good for one page, expires, and may be used twice
within half a minute of its first use, because mail scanners open links too (docs/adr/0008). Looking at it
(GET) never uses it up: `valido` is for the page that asks, `consuma` for the button on it.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import LinkMagico
from core.errors import DomainError
from core.tempo import adesso
from core.tokens import impronta, nuovo_segreto

DURATA = timedelta(days=7)
USI = 2
SECONDO_USO_ENTRO = timedelta(seconds=30)
RICORDO = timedelta(hours=24)
RICORDI = 10  # mailboxes one browser may have proved at the same time
_CHIAVE = "caselle_dimostrate"


def crea_link(email: str, percorso: str, *, durata: timedelta = DURATA) -> str:
    """The path, e.g. "/segnalazioni/LU-7K3F-92QD/chiave/<secret>/", that proves who reads `email` on that page.

    The secret exists in this answer and in the mail, nowhere else. Raises ValueError when `percorso` is not a
    local path that begins and ends with "/".
    """
    if not percorso.startswith("/") or percorso.startswith("//") or not percorso.endswith("/"):
        raise ValueError(f"not a local path that ends with a slash: {percorso!r}")
    segreto, digest = nuovo_segreto()
    ora = adesso()
    LinkMagico.objects.create(
        impronta=digest, email=email.strip().lower(), percorso=percorso, scade_il=ora + durata, created_at=ora
    )
    return f"{percorso}chiave/{segreto}/"


def _si_puo_usare(link: LinkMagico) -> bool:
    ora = adesso()
    if link.scade_il <= ora:
        return False
    return link.usato_il is None or (link.usi < USI and ora - link.usato_il <= SECONDO_USO_ENTRO)


def casella(segreto: str, percorso: str) -> str:
    """The address of a link that could be used now, "" of any other. Changes nothing and proves nothing."""
    link = LinkMagico.objects.filter(impronta=impronta(segreto), percorso=percorso).first()
    return link.email if link is not None and _si_puo_usare(link) else ""


def valido(segreto: str, percorso: str) -> bool:
    """Could this link be used now? Changes nothing."""
    return bool(casella(segreto, percorso))


@transaction.atomic
def consuma(segreto: str, percorso: str) -> str:
    """Uses the link and answers the e-mail address it was sent to.

    Raises DomainError "link_non_valido": unknown, of another page, expired or already used, without saying which.
    """
    link = LinkMagico.objects.select_for_update().filter(impronta=impronta(segreto), percorso=percorso).first()
    if link is None or not _si_puo_usare(link):
        raise DomainError(
            "link_non_valido", _("Questo collegamento è scaduto o è già stato usato. Chiedine uno nuovo.")
        )
    link.usato_il = link.usato_il or adesso()
    link.usi += 1
    link.save(update_fields=["usato_il", "usi"])
    return link.email


def _prova(email: str) -> str:
    # A keyed digest: whoever reads the sessions table cannot try addresses against it.
    return salted_hmac("accounts.magic", email.strip().lower(), algorithm="sha256").hexdigest()


def _ricordi(session: SessionBase) -> dict[str, float]:
    """Digest → instant of proof, those of the last 24 hours."""
    da = (adesso() - RICORDO).timestamp()
    return {prova: quando for prova, quando in session.get(_CHIAVE, {}).items() if quando > da}


def ricorda(request: HttpRequest, email: str) -> None:
    """This browser has proved that it reads `email`; good for 24 hours. The session never holds the address.

    The session takes a new key, so that a key planted beforehand gains nothing from the proof.
    """
    altri = sorted(_ricordi(request.session).items(), key=lambda voce: voce[1])[1 - RICORDI :]
    request.session[_CHIAVE] = {**dict(altri), _prova(email): adesso().timestamp()}
    request.session.cycle_key()


def ha_dimostrato(dove: HttpRequest | SessionBase, email: str) -> bool:
    """Has this browser proved, in the last 24 hours, that it reads `email`? Takes a request or its session."""
    session = dove.session if isinstance(dove, HttpRequest) else dove
    return bool(email) and _prova(email) in _ricordi(session)


def pulisci() -> int:
    """Deletes the links that nobody can use any more, and the addresses in them; answers how many."""
    ora = adesso()
    inutili = Q(scade_il__lte=ora) | Q(usato_il__lt=ora - SECONDO_USO_ENTRO)
    return LinkMagico.objects.filter(inutili).delete()[0]
