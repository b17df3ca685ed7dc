"""The rules of assignment: written by the URP, each change a row; asked when a report is confirmed."""

from __future__ import annotations

from copy import copy
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comune.models import Ufficio
from comune.ruoli import colleghi_urp
from core.errors import DomainError
from core.tempo import adesso
from notifiche.actions import Destinatario, avvisa
from segnalazioni.actions.avvisi import avvisa_ufficio
from segnalazioni.actions.passi import Dati, compi_sulla_bloccata
from segnalazioni.models import CambioRegola, CosaCambia, Regola, Segnalazione
from segnalazioni.regole import Guasto, scegli
from segnalazioni.smistamento import fatti_di, perche
from segnalazioni.workflow import RuoloCaso

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class DatiRegola:
    """What a rule says; every field has the name of its column."""

    nome: str
    ufficio: Ufficio
    categorie: list[str] = field(default_factory=list)
    quartieri: list[str] = field(default_factory=list)
    risposte: list[list[str]] = field(default_factory=list)
    giorni: list[int] = field(default_factory=list)
    dalle: time | None = None
    alle: time | None = None
    dal: date | None = None
    al: date | None = None
    nota: str = ""


# --- written by the URP -----------------------------------------------------------------------------------


@transaction.atomic
def crea_regola(dati: DatiRegola, *, operatore: User) -> Regola:
    """A new rule, asked after all the others."""
    ultima = max((regola.ordine for regola in _tutte()), default=0)
    regola = Regola.objects.create(ordine=ultima + 1, **_campi(dati))
    _scrivi(regola, CosaCambia.CREATA, operatore)
    return regola


@transaction.atomic
def cambia_regola(regola: Regola, dati: DatiRegola, *, operatore: User, versione: int) -> Regola:
    """Other words for a rule. Raises DomainError "regola_cambiata" when a colleague was faster."""
    regola = _di_questa_versione(regola, versione)
    for nome, valore in _campi(dati).items():
        setattr(regola, nome, valore)
    return _salva(regola, CosaCambia.CAMBIATA, operatore)


@transaction.atomic
def accendi_regola(regola: Regola, *, operatore: User, versione: int) -> Regola:
    """It is asked again. Raises DomainError "regola_cambiata", or "ufficio_chiuso"."""
    regola = _di_questa_versione(regola, versione)
    if regola.ufficio_chiuso:
        raise DomainError("ufficio_chiuso", _("Il suo ufficio è chiuso: scegline prima un altro."))
    regola.attiva = True
    return _salva(regola, CosaCambia.ACCESA, operatore)


@transaction.atomic
def spegni_regola(regola: Regola, *, operatore: User, versione: int) -> Regola:
    """It is not asked any more. Raises DomainError "regola_cambiata"."""
    regola = _di_questa_versione(regola, versione)
    regola.attiva = False
    return _salva(regola, CosaCambia.SPENTA, operatore)


@transaction.atomic
def sposta_regola(regola: Regola, *, su: bool, operatore: User, elenco: int) -> Regola:
    """One place up or down. elenco: the version of the list that was read (versione_delle_regole).

    Raises DomainError "regola_cambiata" when anything about the rules has changed since: what a place means depends
    on all of them. At the end of the list nothing happens.
    """
    tutte = _tutte()
    if versione_delle_regole() != elenco:
        raise _cambiata()
    qui = next(n for n, altra in enumerate(tutte) if altra.pk == regola.pk)
    la = qui - 1 if su else qui + 1
    if not 0 <= la < len(tutte):
        return tutte[qui]
    mossa = tutte[qui]
    tutte[qui], tutte[la] = tutte[la], tutte[qui]
    for posto, una in enumerate(tutte, start=1):
        una.ordine = posto
    Regola.objects.bulk_update(tutte, ["ordine"])
    _scrivi(mossa, CosaCambia.SPOSTATA, operatore)
    return mossa


def versione_delle_regole() -> int:
    """Grows with every change of any rule; 0 before the first."""
    return CambioRegola.objects.aggregate(n=Max("pk"))["n"] or 0


def _tutte() -> list[Regola]:
    """All rules, locked, in their order: there are few, and a place depends on the others."""
    chiavi = list(Regola.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    return list(Regola.objects.in_ordine().filter(pk__in=chiavi))


def _di_questa_versione(regola: Regola, versione: int) -> Regola:
    Regola.objects.select_for_update().only("pk").get(pk=regola.pk)
    attuale = Regola.objects.select_related("ufficio").get(pk=regola.pk)
    if attuale.versione != versione:
        raise _cambiata()
    return attuale


def _cambiata() -> DomainError:
    return DomainError("regola_cambiata", _("Nel frattempo le regole sono cambiate: guarda come sono adesso."))


def _campi(dati: DatiRegola) -> dict[str, object]:
    # asdict copies rows too: the office stays the one given.
    return asdict(dati) | {"ufficio": dati.ufficio}


def _salva(regola: Regola, cosa: CosaCambia, autore: User) -> Regola:
    regola.versione += 1
    regola.guasto = ""
    regola.save()
    _scrivi(regola, cosa, autore)
    return regola


def _scrivi(regola: Regola, cosa: CosaCambia, autore: User | None, nota: str = "") -> None:
    CambioRegola.objects.create(
        regola=regola, autore=autore, cosa=cosa, nota=nota, dopo=regola.fotografia(), created_at=adesso()
    )


# --- asked by the system ----------------------------------------------------------------------------------


def smista(caso: Segnalazione) -> Segnalazione:
    """Gives a case that this transaction holds to the office of the first rule that matches, as the system.

    Whatever is wrong with the rules is reported to the URP, and the case comes back as it was: filing never fails.
    """
    scelta = scegli(Regola.objects.attive(), fatti_di(caso))
    for guasto in scelta.guaste:
        _riferisci(guasto)
    regola = scelta.regola
    if regola is None:
        return caso
    mossa = copy(caso)  # the engine may refuse half-way; it refuses before it writes
    try:
        mossa, passaggio = compi_sulla_bloccata(
            "assegna",
            mossa,
            autore=None,
            come=RuoloCaso.SISTEMA,
            dati=Dati(ufficio=regola.ufficio, nota=perche(regola)),
        )
    except DomainError as rifiuto:
        _riferisci(Guasto(regola, rifiuto.messaggio))
        return caso
    avvisa_ufficio(mossa, passaggio)
    return mossa


def _riferisci(guasto: Guasto[Regola]) -> None:
    """Once for each version of a rule: a row of its history, a sign on it, a notice to the URP."""
    regola, motivo = guasto.regola, guasto.motivo[:300]
    cambi: dict[str, object] = {"guasto": motivo} | ({"attiva": False} if guasto.chiuso else {})
    # Conditional: of two reports filed at once, one says it.
    if (
        not Regola.objects.filter(pk=regola.pk, versione=regola.versione, attiva=True)
        .exclude(guasto=motivo)
        .update(**cambi)
    ):
        return
    regola.guasto, regola.attiva = motivo, not guasto.chiuso
    _scrivi(regola, CosaCambia.SPENTA if guasto.chiuso else CosaCambia.GUASTA, None, motivo)
    avvisa(
        [Destinatario(utente=collega) for collega in colleghi_urp()],
        "regola_guasta",
        evento=f"regola:{regola.pk}:{regola.versione}:{'spenta' if guasto.chiuso else 'guasta'}",
        percorso=regola.url(),
        dati={
            "codice": _("Regola %(n)d") % {"n": regola.pk},
            "titolo": regola.nome,
            "motivo": motivo,
            "spenta": guasto.chiuso,
        },
    )
