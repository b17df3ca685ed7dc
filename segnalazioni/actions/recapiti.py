"""Addresses and links of who has no account: sent again, corrected, asked anew; and the wish to follow, taken back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.tempo import oggi
from notifiche.actions import Destinatario, avvisa
from notifiche.models import Notifica
from segnalazioni.actions.avvisi import dati_pubblici
from segnalazioni.actions.cittadino import chiedi_conferma, risparmia_la_casella
from segnalazioni.actions.passi import blocca
from segnalazioni.models import Segnalazione, Seguace
from segnalazioni.workflow import Stato

MAIL_DI_CONFERMA = 6  # for one report, whatever the addresses: nobody's mailbox is filled through us
COLLEGAMENTI_AL_GIORNO = 5  # new links to one mailbox for one case


@transaction.atomic
def rimanda_conferma(segnalazione: Segnalazione) -> Segnalazione:
    """Sends the mail that confirms once more. Raises DomainError "gia_confermata" or "troppe_mail"."""
    caso, _seguace = _da_confermare(segnalazione)
    _chiedi_ancora(caso)
    return caso


@transaction.atomic
def cambia_indirizzo(segnalazione: Segnalazione, *, email: str) -> Segnalazione:
    """A wrong address is corrected while it is not confirmed; links sent to the old one confirm nothing any more.

    Raises DomainError "gia_confermata", "troppe_mail" or "troppe_da_confermare".
    """
    caso, seguace = _da_confermare(segnalazione)
    risparmia_la_casella(email.strip())
    seguace.email = email.strip().lower()
    seguace.save(update_fields=["email"])
    _chiedi_ancora(caso)
    return caso


def _da_confermare(segnalazione: Segnalazione) -> tuple[Segnalazione, Seguace]:
    caso = blocca(segnalazione)
    seguace = Seguace.objects.filter(segnalazione=caso, segnalante=True).exclude(email="").first()
    if caso.stato != Stato.DA_CONFERMARE or seguace is None:
        raise DomainError("gia_confermata", _("Questa segnalazione è già confermata."))
    return caso, seguace


def _chiedi_ancora(caso: Segnalazione) -> None:
    giro = _conferme_mandate(caso) + 1
    if giro > MAIL_DI_CONFERMA:
        raise DomainError(
            "troppe_mail",
            _("Abbiamo già mandato diverse mail per questa segnalazione: guarda anche nella posta indesiderata."),
        )
    chiedi_conferma(caso, giro=giro)


def _conferme_mandate(caso: Segnalazione) -> int:
    # Whole names rather than a beginning: the index answers.
    eventi = [f"conferma:{caso.codice}:{giro}" for giro in range(1, MAIL_DI_CONFERMA + 1)]
    return Notifica.objects.filter(evento__in=eventi).count()


@transaction.atomic
def chiedi_collegamento(segnalazione: Segnalazione, *, email: str) -> None:
    """A new link to a mailbox that reported or follows the case. To any other mailbox, or too often: nothing.

    Says nothing either way: whoever asks must not learn whose address is known.
    """
    caso = blocca(segnalazione)
    seguace = Seguace.objects.filter(segnalazione=caso, email=email.strip().lower()).first()
    if seguace is None or not (seguace.segnalante or caso.pubblica):
        return
    if seguace.segnalante and seguace.confermato_il is None:
        if _conferme_mandate(caso) < MAIL_DI_CONFERMA:
            _chiedi_ancora(caso)
        return
    _manda_collegamento(caso, seguace)


def _manda_collegamento(caso: Segnalazione, seguace: Seguace) -> None:
    eventi = [f"collegamento:{seguace.pk}:{oggi()}:{giro}" for giro in range(1, COLLEGAMENTI_AL_GIORNO + 1)]
    mandati = Notifica.objects.filter(evento__in=eventi).count()
    if mandati >= COLLEGAMENTI_AL_GIORNO:
        return
    avvisa(
        [Destinatario(email=seguace.email)],
        "segnalazione_collegamento" if seguace.confermato_il else "segnalazione_seguita",
        evento=eventi[mandati],
        percorso=caso.url(),
        dati=dati_pubblici(caso),
    )


def smetti_di_seguire(seguace: Seguace) -> None:
    """Deletes the row of who signed or follows. Raises DomainError "ha_segnalato" for the reporter's own row."""
    if seguace.segnalante:
        raise DomainError("ha_segnalato", _("È la tua segnalazione: gli avvisi su questa non si tolgono."))
    seguace.delete()
