"""Asking for the news, confirming, choosing, stopping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User as Utente
from cms.models import Argomento
from core.errors import DomainError
from core.tempo import adesso, oggi
from home.models import RubricaPage
from notifiche.actions import Destinatario, avvisa
from notifiche.models import Notifica
from notiziario.models import Abbonamento, ArgomentoSeguito, Cadenza, RubricaSeguita, StatoAbbonamento

if TYPE_CHECKING:
    from accounts.models import User

AL_GIORNO = 3  # mails to one mailbox that anybody may ask for: nobody's is filled through us
LETTERE = ("notizia_uscita", "notizie_riassunto")


@dataclass(frozen=True, slots=True)
class Scelte:
    """What somebody wants: no topic means all of them, no kind all kinds."""

    argomenti: Iterable[Argomento] = field(default_factory=tuple)
    rubriche: Iterable[RubricaPage] = field(default_factory=tuple)
    cadenza: str = Cadenza.SUBITO


@transaction.atomic
def chiedi(email: str, scelte: Scelte) -> None:
    """Sends a link to the mailbox: to confirm, or, where it gets the news already, to its choices.

    Says nothing either way, and changes nothing of who is active: whoever asks may be somebody else.
    """
    casella = email.strip().lower()
    abbonamento = _di_casella(casella)
    if abbonamento is not None and abbonamento.attivo:
        dati = {"iscrizione": abbonamento.uid.hex}
        _scrivi_a(casella, "notizie_collegamento", percorso=reverse("notiziario:newsletter"), dati=dati)
        return
    if abbonamento is None:
        Abbonamento.objects.bulk_create(  # another request a moment ago has made the same
            [Abbonamento(email=casella, chiesto_il=adesso())], ignore_conflicts=True
        )
        abbonamento = Abbonamento.objects.select_for_update().get(email=casella)
    abbonamento.stato, abbonamento.chiesto_il, abbonamento.cessato_il = StatoAbbonamento.DA_CONFERMARE, adesso(), None
    _metti(abbonamento, scelte)
    _scrivi_a(casella, "notizie_conferma", percorso=reverse("notiziario:conferma"), dati={})


def _di_casella(casella: str) -> Abbonamento | None:
    suo = Abbonamento.objects.select_for_update(of=("self",)).select_related("utente")
    return suo.filter(email=casella).first() or suo.filter(utente__email=casella).first()


def _scrivi_a(casella: str, tipo: str, *, percorso: str, dati: dict[str, str]) -> None:
    # Keyed: whoever reads the table cannot try addresses against it.
    chi = salted_hmac("notiziario.chiedi", casella, algorithm="sha256").hexdigest()[:32]
    eventi = [f"newsletter:{chi}:{oggi()}:{giro}" for giro in range(1, AL_GIORNO + 1)]
    mandati = Notifica.objects.filter(evento__in=eventi).count()
    if mandati < AL_GIORNO:
        avvisa([Destinatario(email=casella)], tipo, evento=eventi[mandati], percorso=percorso, dati=dati)


def _metti(abbonamento: Abbonamento, scelte: Scelte) -> None:
    """Writes the choices in the place of those before."""
    abbonamento.cadenza = scelte.cadenza
    abbonamento.save()
    abbonamento.seguiti.all().delete()
    ArgomentoSeguito.objects.bulk_create(
        ArgomentoSeguito(abbonamento=abbonamento, argomento=argomento) for argomento in scelte.argomenti
    )
    abbonamento.rubriche.all().delete()
    RubricaSeguita.objects.bulk_create(
        RubricaSeguita(abbonamento=abbonamento, rubrica=rubrica) for rubrica in scelte.rubriche
    )


@transaction.atomic
def conferma(email: str) -> Abbonamento:
    """The mailbox has been proved: from now on it gets what it chose. Pressed twice it stays as it is.

    Where the mailbox is that of an account, the subscription becomes the account's and follows its address. Raises
    DomainError "iscrizione_scaduta" when there is nothing to confirm any more.
    """
    casella = email.strip().lower()
    abbonamento = _di_casella(casella)
    if abbonamento is None or abbonamento.cessato:
        raise DomainError("iscrizione_scaduta", _("Questa richiesta è scaduta. Iscriviti di nuovo."))
    if abbonamento.attivo:
        return abbonamento
    utente = Utente.objects.filter(email=casella, is_active=True, cancellato_il__isnull=True).first()
    if utente is not None:
        Abbonamento.objects.filter(utente=utente).exclude(pk=abbonamento.pk).delete()
        abbonamento.utente, abbonamento.email = utente, ""
    return _attiva(abbonamento)


def _attiva(abbonamento: Abbonamento) -> Abbonamento:
    ora = adesso()
    abbonamento.stato, abbonamento.cessato_il = StatoAbbonamento.ATTIVO, None
    abbonamento.confermato_il = abbonamento.confermato_il or ora
    abbonamento.decorre_il = ora
    abbonamento.save()
    return abbonamento


@transaction.atomic
def iscrivi(utente: User, scelte: Scelte) -> Abbonamento:
    """An account, whose address is confirmed already; asked again it changes the choices."""
    Utente.objects.select_for_update().get(pk=utente.pk)  # two tabs at once make one row
    righe = Abbonamento.objects.select_for_update()
    abbonamento = righe.filter(utente=utente).first()
    con_la_casella = righe.filter(email=utente.email.lower()).first()
    if abbonamento is None:
        abbonamento = con_la_casella or Abbonamento(chiesto_il=adesso())
        abbonamento.utente, abbonamento.email = utente, ""
    elif con_la_casella is not None:
        con_la_casella.delete()
    if abbonamento.attivo:
        return _cambia(abbonamento, scelte)
    _attiva(abbonamento)
    _metti(abbonamento, scelte)
    return abbonamento


@transaction.atomic
def scegli(abbonamento: Abbonamento, scelte: Scelte) -> Abbonamento:
    """Changes topics, kinds and frequency. Raises DomainError "iscrizione_cessata" for who has stopped."""
    return _cambia(_attivo(abbonamento), scelte)


def _cambia(abbonamento: Abbonamento, scelte: Scelte) -> Abbonamento:
    if abbonamento.cadenza != scelte.cadenza:
        abbonamento.decorre_il = adesso()  # what one frequency has sent, the other does not send again
    _metti(abbonamento, scelte)
    return abbonamento


def _attivo(abbonamento: Abbonamento) -> Abbonamento:
    riga = Abbonamento.objects.select_for_update().get(pk=abbonamento.pk)
    if not riga.attivo:
        raise DomainError("iscrizione_cessata", _("Non ricevi più le novità: prima riprendi l’iscrizione."))
    return riga


@transaction.atomic
def ferma(abbonamento: Abbonamento) -> Abbonamento:
    """No more mails, those that were about to leave included. Twice is once."""
    riga = Abbonamento.objects.select_for_update().get(pk=abbonamento.pk)
    if not riga.cessato:
        riga.stato, riga.cessato_il = StatoAbbonamento.CESSATO, adesso()
        riga.save()
        pronte = Notifica.objects.libere(adesso()).filter(tipo__in=LETTERE, dati__iscrizione=riga.uid.hex)
        pronte.delete()
    return riga


@transaction.atomic
def riprendi(abbonamento: Abbonamento) -> Abbonamento:
    """Who had stopped by mistake goes on, from now. Raises DomainError "iscrizione_scaduta" for who never confirmed."""
    riga = Abbonamento.objects.select_for_update().get(pk=abbonamento.pk)
    if riga.attivo:
        return riga
    if riga.confermato_il is None:
        raise DomainError("iscrizione_scaduta", _("Questa richiesta è scaduta. Iscriviti di nuovo."))
    return _attiva(riga)


def butta_le_vecchie() -> int:
    """Deletes what was never confirmed and what ended long ago, addresses included; answers how many."""
    vecchi = Abbonamento.objects.da_buttare(adesso())
    quanti = vecchi.count()
    vecchi.delete()
    return quanti
