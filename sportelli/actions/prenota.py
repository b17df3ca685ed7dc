"""To book: a guest's appointment holds its turns for half an hour, an account's or the counter's is certain at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError
from core.tempo import adesso
from core.testo import pulito
from sportelli.actions.avvisi import racconta
from sportelli.models import PASSO, Appuntamento, Posto, Prestazione, Turno, impronta_di
from sportelli.workflow import Stato

TENUTO_PER = timedelta(minutes=30)
APERTI = 3  # appointments that one mailbox may have ahead
NON_CONFERMATI = 5  # holds of one mailbox in a day: nobody's mailbox is filled through us


@dataclass(frozen=True, slots=True)
class NuovoAppuntamento:
    """What an appointment is made of. chiave: of the form, so that it is made once."""

    prestazione: Prestazione
    inizio: datetime
    nome: str
    email: str = ""
    telefono: str = ""
    parole: str = ""
    chiave: UUID = field(default_factory=uuid4)


@transaction.atomic
def prenota(nuovo: NuovoAppuntamento, *, autore: User | None = None, operatore: User | None = None) -> Appuntamento:
    """Takes the turns and writes the appointment; the same form sent again finds the one it made.

    operatore: a colleague who books for somebody. Raises DomainError "posto_preso" (not free any more), for a guest
    "troppi_tentativi", for all others "gia_impegnato" (the same person is somewhere else then), "troppi_aperti".

    A guest may write anybody's mailbox: where its owner is expected is asked at `conferma`, of who has proved it. Told
    here, it would say to strangers who comes when.
    """
    turni = _blocca(nuovo)
    if gia := Appuntamento.objects.per_elenco().filter(chiave=nuovo.chiave).first():
        return gia
    if len(turni) < nuovo.prestazione.passi or not all(turno.libero for turno in turni) or _tardi(nuovo):
        raise DomainError("posto_preso", _("Quest’orario non è più libero: scegline un altro."))
    chi = impronta_di(autore.email if autore else nuovo.email)
    if autore is not None:
        non_troppi(chi)
    elif operatore is None:
        _non_troppe_mail(chi)
    return _scrivi(nuovo, turni, chi, autore, operatore)


def _tardi(nuovo: NuovoAppuntamento) -> bool:
    spento = not (nuovo.prestazione.attiva and nuovo.prestazione.sportello.attivo)
    return spento or nuovo.inizio <= adesso()


def _blocca(nuovo: NuovoAppuntamento) -> list[Turno]:
    """Its turns, locked in order of time, so that two appointments wait for one another and never in a circle."""
    fine = nuovo.inizio + nuovo.prestazione.passi * PASSO
    turni = Turno.objects.select_for_update().filter(sportello=nuovo.prestazione.sportello)
    return list(turni.filter(inizio__gte=nuovo.inizio, inizio__lt=fine).order_by("inizio"))


def non_troppi(chi: str) -> None:
    """Raises DomainError "troppi_aperti" where this person has APERTI ahead. What nobody has confirmed is nobody's."""
    if Appuntamento.objects.attesi().filter(chi=chi, stato=Stato.CONFERMATO).count() >= APERTI:
        frase = _("Con questo indirizzo ci sono già %(n)d appuntamenti: disdicine uno, o chiama lo sportello.")
        raise DomainError("troppi_aperti", frase % {"n": APERTI})


def _non_troppe_mail(chi: str) -> None:
    da_ieri = adesso() - timedelta(days=1)
    mai_confermati = Appuntamento.objects.filter(chi=chi, confermato_il__isnull=True, created_at__gt=da_ieri)
    if mai_confermati.count() >= NON_CONFERMATI:
        frase = _("Per questo indirizzo oggi non mandiamo altre mail da confermare: chiama lo sportello.")
        raise DomainError("troppi_tentativi", frase)


def _scrivi(
    nuovo: NuovoAppuntamento, turni: list[Turno], chi: str, autore: User | None, operatore: User | None
) -> Appuntamento:
    ora = adesso()
    certo = autore is not None or operatore is not None
    appuntamento = Appuntamento.objects.create(
        sportello=nuovo.prestazione.sportello,
        prestazione=nuovo.prestazione,
        inizio=nuovo.inizio,
        fine=nuovo.inizio + nuovo.prestazione.passi * PASSO,
        stato=Stato.CONFERMATO if certo else Stato.DA_CONFERMARE,
        utente=autore,
        nome=pulito(nuovo.nome),
        email="" if autore else nuovo.email.strip().lower(),
        telefono=pulito(nuovo.telefono),
        parole=pulito(nuovo.parole),
        chi=chi,
        chiave=nuovo.chiave,
        scade_il=None if certo else ora + TENUTO_PER,
        confermato_il=ora if certo else None,
        operatore=operatore,
        created_at=ora,
    )
    _occupa(appuntamento, turni)
    racconta(appuntamento, "appuntamento_preso" if certo else "appuntamento_conferma", "preso")
    return appuntamento


def _occupa(appuntamento: Appuntamento, turni: list[Turno]) -> None:
    Posto.objects.bulk_create(Posto(appuntamento=appuntamento, turno=t, inizio=t.inizio) for t in turni)
    if appuntamento.stato == Stato.CONFERMATO:
        segna_chi(appuntamento)
    Turno.objects.filter(pk__in=[turno.pk for turno in turni]).update(occupati=F("occupati") + 1)


def segna_chi(appuntamento: Appuntamento) -> None:
    """Whoever has it is at no other counter then. Raises DomainError "gia_impegnato" where they are."""
    try:
        with transaction.atomic():
            appuntamento.posti.update(chi=appuntamento.chi)
    except IntegrityError as doppio:
        raise DomainError(
            "gia_impegnato", _("A quell’ora hai già un altro appuntamento: scegli un altro orario.")
        ) from doppio
