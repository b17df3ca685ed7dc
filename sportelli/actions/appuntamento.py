"""What becomes of an appointment: confirmed, cancelled by either side, come or not."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.calendario import UN_GIORNO
from core.errors import DomainError
from core.tempo import adesso, giorno_di, oggi
from sportelli.actions.avvisi import racconta
from sportelli.actions.prenota import non_troppi, segna_chi
from sportelli.models import Appuntamento, Turno, impronta_di
from sportelli.workflow import CON_POSTO, PROCEDURA, Chi, Stato


def _compi(appuntamento: Appuntamento, passo: str, chi: Chi, **campi: object) -> Appuntamento:
    """Locks, asks the table, writes the new state; an appointment that holds its turns no more sets them free."""
    appuntamento = Appuntamento.objects.select_for_update(of=("self",)).per_elenco().get(pk=appuntamento.pk)
    appuntamento.stato = PROCEDURA.chiedi(appuntamento.stato, passo, [chi]).a
    for nome, valore in campi.items():
        setattr(appuntamento, nome, valore)
    appuntamento.save(update_fields=["stato", *campi])
    if appuntamento.stato not in CON_POSTO:
        _libera(appuntamento)
    return appuntamento


def _libera(appuntamento: Appuntamento) -> None:
    turni = Turno.objects.select_for_update().filter(presi__appuntamento=appuntamento).order_by("inizio")
    chiavi = [turno.pk for turno in turni]
    appuntamento.posti.all().delete()
    Turno.objects.filter(pk__in=chiavi).update(occupati=F("occupati") - 1)


def _non_passato(appuntamento: Appuntamento) -> None:
    if appuntamento.passato:
        raise DomainError("passato", _("L’ora di questo appuntamento è già passata."))


@transaction.atomic
def conferma(appuntamento: Appuntamento) -> Appuntamento:
    """The guest has proved the mailbox. Raises DomainError "tenuto_scaduto" when the half hour is over,
    "troppi_aperti" and "gia_impegnato" as `prenota` does for who is known."""
    if appuntamento.scade_il is not None and appuntamento.scade_il <= adesso():
        raise DomainError("tenuto_scaduto", _("La mezz’ora per confermare è passata: scegli di nuovo un orario."))
    non_troppi(appuntamento.chi)
    appuntamento = _compi(appuntamento, "conferma", Chi.PRENOTA, confermato_il=adesso())
    segna_chi(appuntamento)
    racconta(appuntamento, "appuntamento_preso", "confermato")
    return appuntamento


@transaction.atomic
def disdici(appuntamento: Appuntamento) -> Appuntamento:
    """Who has it does not come. Raises DomainError "passato" once it has begun."""
    _non_passato(appuntamento)
    appuntamento = _compi(appuntamento, "disdici", Chi.PRENOTA)
    racconta(appuntamento, "appuntamento_disdetto", "disdetto")
    return appuntamento


def disdici_tutti(*, utente: User | None, casella: str) -> int:
    """Cancels all that somebody has ahead, who goes away from the platform; tells nobody. Answers how many."""
    suoi = Q(chi=impronta_di(casella)) | Q(utente=utente) if utente else Q(chi=impronta_di(casella))
    attesi = Appuntamento.objects.attesi().filter(suoi)
    for appuntamento in attesi:
        with transaction.atomic():
            _compi(appuntamento, "disdici", Chi.PRENOTA)
    return len(attesi)


@transaction.atomic
def annulla(appuntamento: Appuntamento, *, motivo: str, operatore: User | None = None) -> Appuntamento:
    """The office cancels, and says why; without an operatore the system does (a closure). The person may choose again.

    Raises DomainError "passato" once it has begun.
    """
    _non_passato(appuntamento)
    appuntamento = _compi(appuntamento, "annulla", Chi.UFFICIO if operatore else Chi.SISTEMA, motivo=motivo[:300])
    racconta(appuntamento, "appuntamento_annullato", "annullato")
    return appuntamento


@transaction.atomic
def scade(appuntamento: Appuntamento) -> Appuntamento:
    """Nobody has confirmed it in time: its turns go free."""
    return _compi(appuntamento, "scade", Chi.SISTEMA)


def _venuto_il_giorno(appuntamento: Appuntamento) -> None:
    if not appuntamento.si_segna:
        raise DomainError("non_ancora", _("Il giorno di questo appuntamento deve ancora venire."))


@transaction.atomic
def segna_venuto(appuntamento: Appuntamento) -> Appuntamento:
    """Whoever had it has come. Raises DomainError "non_ancora" before its day."""
    _venuto_il_giorno(appuntamento)
    return _compi(appuntamento, "segna_venuto", Chi.UFFICIO)


@transaction.atomic
def segna_assente(appuntamento: Appuntamento) -> Appuntamento:
    """Nobody came. Raises DomainError "non_ancora" before its day."""
    _venuto_il_giorno(appuntamento)
    return _compi(appuntamento, "segna_assente", Chi.UFFICIO)


@transaction.atomic
def ricorda(appuntamento: Appuntamento) -> bool:
    """Reminds whoever comes tomorrow; asked again it does nothing. Who booked today needs no reminder."""
    appuntamento = Appuntamento.objects.select_for_update(of=("self",)).per_elenco().get(pk=appuntamento.pk)
    domani = giorno_di(appuntamento.inizio) == oggi() + UN_GIORNO
    da_oggi = giorno_di(appuntamento.created_at) == oggi()
    if appuntamento.stato != Stato.CONFERMATO or not domani or da_oggi:
        return False
    racconta(appuntamento, "appuntamento_promemoria", "promemoria")
    return True
