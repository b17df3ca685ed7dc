"""The line: what happened, newest first, in the words of who reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.lp import giorno as in_parole
from core.templatetags.lp import giorno_settimana
from segnalazioni.models import Foto, Passaggio, Segnalazione
from segnalazioni.models.passaggio import PASSI_INTERNI
from segnalazioni.workflow import RuoloCaso, Stato


class Vista(Enum):
    """Who reads: anybody, who reported, or a colleague."""

    PUBBLICO = "pubblico"
    SEGNALANTE = "segnalante"
    SCRIVANIA = "scrivania"


@dataclass(frozen=True, slots=True)
class VoceLinea:
    """One step of the line, for components/linea_passo.html.

    prima: the day it was moved from, shown struck through. nota: internal words, only in Vista.SCRIVANIA.
    """

    che: str
    quando: datetime | None = None
    quando_testo: str = ""
    chi: str = ""
    testo: str = ""
    prova: str = ""
    nota: str = ""
    classe: str = ""
    passo: str = ""
    prima: date | None = None
    foto: list[Foto] = field(default_factory=list)


def voci(caso: Segnalazione, *, vista: Vista = Vista.PUBBLICO) -> list[VoceLinea]:
    """The steps of a case, newest first, the next one dashed on top. Two queries whatever their number."""
    passaggi = list(
        Passaggio.objects.filter(segnalazione=caso)
        .exclude(passo__in=PASSI_INTERNI)
        .select_related("autore", "ufficio", "parole")
        .prefetch_related("foto")
        .order_by("numero")
    )
    fatte = [_voce(passaggio, passaggi[:n], vista) for n, passaggio in enumerate(passaggi)]
    fatte.reverse()
    if fatte:
        fatte[0] = replace(fatte[0], classe=fatte[0].classe or "oggi")
    dopo = prossimo(caso, passaggi, vista)
    return [dopo, *fatte] if dopo else fatte


def domanda_aperta(caso: Segnalazione) -> str:
    """The question that waits for an answer, or ""."""
    if caso.stato != Stato.ATTESA_CITTADINO:
        return ""
    ultimo = Passaggio.objects.filter(segnalazione=caso, passo="chiedi").select_related("parole").last()
    return _parole(ultimo, "testo") if ultimo else ""


def _parole(passaggio: Passaggio, quali: str) -> str:
    parole = getattr(passaggio, "parole", None)  # none was said, or retention has removed them
    return getattr(parole, quali) if parole else ""


def _voce(passaggio: Passaggio, fatti: list[Passaggio], vista: Vista) -> VoceLinea:
    prima = fatti[-1] if fatti else None
    spostata = prima.giorno if prima and passaggio.passo == "riprogramma" else None
    interno = vista is Vista.SCRIVANIA
    return VoceLinea(
        che=che_cosa(passaggio, vista, [fatto.passo for fatto in fatti]),
        quando=passaggio.created_at,
        chi=_chi(passaggio, prima, vista),
        testo=_parole(passaggio, "testo"),
        prova=_parole(passaggio, "prova"),
        nota=_parole(passaggio, "nota") if interno else "",
        classe="tardi" if passaggio.passo == "scade" else "",
        passo=passaggio.passo,
        prima=spostata,
        foto=list(passaggio.foto.all()),
    )


# --- what ------------------------------------------------------------------------------------------------


def che_cosa(passaggio: Passaggio, vista: Vista, fatti: Iterable[str]) -> str:
    """A step in a few words; also one that is not written yet, for whoever is about to take it.

    fatti: the steps before it, in order; asked for only where the words depend on them.
    """
    dati = {
        "ufficio": passaggio.ufficio.nome if passaggio.ufficio else "",
        "ente": passaggio.ente,
        "giorno": giorno_settimana(passaggio.giorno),
    }
    passo = _quale(passaggio, fatti)
    return _fatti(vista).get(passo, passo) % dati


def _quale(passaggio: Passaggio, fatti: Iterable[str]) -> str:
    """The step, or the one of its kinds that has words of its own."""
    if passaggio.passo == "intervieni" and passaggio.giorno:
        return "intervieni_entro"
    if passaggio.passo == "contesta" and passaggio.ruolo != RuoloCaso.SEGNALANTE:
        return "contesta_ufficio"
    if passaggio.passo == "accogli" and not _osservata(fatti):
        return "accogli_senza_osservazioni"
    return passaggio.passo


def _osservata(fatti: Iterable[str]) -> bool:
    """Has who reported written observations on the last preavviso?"""
    return [passo for passo in fatti if passo in ("preavvisa", "osserva")][-1:] == ["osserva"]


def _fatti(vista: Vista) -> dict[str, str]:
    fatti = {
        "conferma": _("Ricevuta"),
        "assegna": _("Assegnata a %(ufficio)s"),
        "prendi_in_carico": _("Presa in lavorazione"),
        "programma": _("Intervento programmato per %(giorno)s"),
        "riprogramma": _("Intervento spostato a %(giorno)s"),
        "risolvi": _("Risolta"),
        "attendi": _("In attesa di %(ente)s"),
        "riprendi": _("Il lavoro riprende"),
        "prosegui": _("Si va avanti senza la risposta"),
        "passa": _("Passata a %(ufficio)s"),
        "rifiuta": _("Tornata all’URP"),
        "inoltra": _("Non di nostra competenza: inoltrata a %(ente)s"),
        "unisci": _("Unita a un’altra segnalazione"),
        "stacca": _("Torna a essere una segnalazione a sé"),
        "preavvisa": _("Preavviso di rigetto"),
        "accogli": _("Osservazioni accolte"),
        "accogli_senza_osservazioni": _("Preavviso ritirato"),
        "respingi": _("Respinta"),
        "contesta_ufficio": _("Il responsabile rimette in discussione la risposta"),
        "riapri": _("Riaperta"),
        "chiudi": _("Chiusa"),
        "archivia": _("Chiusa"),
        "scade": _("Oltre il termine: la risposta era dovuta entro %(giorno)s"),
        "intervieni": _("Intervento sostitutivo disposto"),
        "intervieni_entro": _("Intervento sostitutivo disposto: da fare entro %(giorno)s"),
        "declina": _("Intervento sostitutivo non disposto"),
    }
    return fatti | (_fatti_a_te() if vista is Vista.SEGNALANTE else _fatti_di_altri())


def _fatti_a_te() -> dict[str, str]:
    return {
        "chiedi": _("Ti abbiamo fatto una domanda"),
        "rispondi": _("Hai risposto"),
        "osserva": _("Hai scritto le tue osservazioni"),
        "sollecita": _("Hai chiesto l’intervento sostitutivo"),
        "ritira": _("Hai ritirato la segnalazione"),
        "contesta": _("Hai contestato la risposta"),
    }


def _fatti_di_altri() -> dict[str, str]:
    return {
        "chiedi": _("Domanda a chi ha segnalato"),
        "rispondi": _("Chi ha segnalato ha risposto"),
        "osserva": _("Chi ha segnalato ha scritto le osservazioni"),
        "sollecita": _("Chi ha segnalato ha chiesto l’intervento sostitutivo"),
        "ritira": _("Ritirata da chi ha segnalato"),
        "contesta": _("Risposta contestata"),
    }


# --- who -------------------------------------------------------------------------------------------------


def _chi(passaggio: Passaggio, prima: Passaggio | None, vista: Vista) -> str:
    """The office, never a person, for the public; person and office for colleagues; nothing for the citizen."""
    if passaggio.ruolo == RuoloCaso.SEGNALANTE:
        return ""
    if passaggio.ruolo == RuoloCaso.SISTEMA:
        return _("in automatico")
    sede = _sede(passaggio, prima)
    if vista is Vista.SCRIVANIA and passaggio.autore:
        return f"{passaggio.autore.nome}, {sede}" if sede else passaggio.autore.nome
    return sede


def _sede(passaggio: Passaggio, prima: Passaggio | None) -> str:
    if passaggio.ruolo == RuoloCaso.URP:
        return _("URP")
    if passaggio.ruolo == RuoloCaso.TITOLARE:
        return str(RuoloCaso.TITOLARE.label)
    # Who passes a case on or refuses it acts as the office it leaves.
    lascia = passaggio.passo in ("passa", "rifiuta")
    ufficio = prima.ufficio if lascia and prima else passaggio.ufficio
    return ufficio.nome if ufficio else ""


# --- what comes next -------------------------------------------------------------------------------------


def prossimo(caso: Segnalazione, passaggi: list[Passaggio], vista: Vista) -> VoceLinea | None:
    """The next step, dashed on top of the line; None when nothing is owed."""
    parole = _PROSSIMI.get(caso.stato)
    if parole is None:
        return None
    dati: dict[str, Any] = {
        "ufficio": caso.ufficio.nome if caso.ufficio else _("l’ufficio"),
        "ente": next((p.ente for p in reversed(passaggi) if p.ente), ""),
        "entro": in_parole(caso.scadenza),
        "previsto": in_parole(caso.prevista_il),
        "attesa": in_parole(caso.attesa_fino_al),
    }
    aspetta = caso.attesa and vista is Vista.SEGNALANTE
    che, chi = parole(aspetta)
    if caso.sospesa:
        chi = f"{chi}; {_('intanto il termine è fermo')}"
    return VoceLinea(che=che % dati, chi=chi % dati, classe="attesa tu" if aspetta else "attesa")


# state → (does the reader have to act?) → what, and by when
_PROSSIMI: dict[str, Callable[[bool], tuple[str, str]]] = {
    Stato.RICEVUTA: lambda _tu: (
        _("Prossimo passo: l’URP la passa a chi deve rispondere"),
        _("risposta entro %(entro)s"),
    ),
    Stato.ASSEGNATA: lambda _tu: (
        _("Prossimo passo: %(ufficio)s comincia a lavorarci"),
        _("risposta entro %(entro)s"),
    ),
    Stato.IN_LAVORAZIONE: lambda _tu: (_("Prossimo passo: la risposta dell’ufficio"), _("entro %(entro)s")),
    Stato.PROGRAMMATA: lambda _tu: (_("Prossimo passo: l’intervento"), _("previsto per %(previsto)s")),
    Stato.ATTESA_CITTADINO: lambda tu: (
        (_("Tocca a te: rispondi alla domanda"), _("entro %(attesa)s"))
        if tu
        else (_("Si aspetta la risposta di chi ha segnalato"), _("entro %(attesa)s"))
    ),
    Stato.ATTESA_TERZI: lambda _tu: (
        _("Si aspetta: %(ente)s"),
        _("il termine non si ferma: entro %(entro)s"),
    ),
    Stato.PREAVVISO_RIGETTO: lambda tu: (
        (_("Tocca a te: puoi scrivere le tue osservazioni"), _("entro %(attesa)s"))
        if tu
        else (_("Prossimo passo: la decisione"), _("entro %(entro)s"))
    ),
    Stato.CONTESTATA: lambda _tu: (_("Prossimo passo: decide un’altra persona"), _("entro %(entro)s")),
}
