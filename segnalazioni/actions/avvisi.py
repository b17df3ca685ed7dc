"""Who is told what, after which step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from comune.models import SOSTITUTIVI, Incarico, Ruolo
from comune.ruoli import colleghi_urp
from core.tempo import oggi
from notifiche.actions import Destinatario, avvisa
from notifiche.emails import oggetto
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.models.segnalazione import Seguace
from segnalazioni.workflow import RuoloCaso

# After these the office that has the case is told; after all others, who follows it.
_PER_UFFICIO = {"assegna", "passa", "rispondi", "osserva", "prosegui", "contesta"}


@override("it")  # mails are in Italian, whatever language the page was read in
def dati_pubblici(caso: Segnalazione, testo: str = "") -> dict[str, Any]:
    """Words for the mails: nothing of anybody."""
    return {
        "codice": caso.codice,
        "titolo": caso.titolo,
        "assistenza": caso.assistenza,
        "stato": caso.stato,
        "stato_parola": caso.get_stato_display(),
        "ufficio": caso.ufficio.nome if caso.ufficio else "",
        "testo": testo,
        "entro": date_format(caso.scadenza, "l j F Y") if caso.scadenza and caso.aperta else "",
        "attesa": date_format(caso.attesa_fino_al, "l j F Y") if caso.attesa_fino_al else "",
        "sospesa": caso.sospesa,
        "prossimo": date_format(caso.prevista_il, "l j F Y") if caso.prevista_il else "",
    }


def _destinatari(caso: Segnalazione, *, segnalante: bool) -> list[Destinatario]:
    seguaci = Seguace.objects.filter(
        segnalazione=caso, segnalante=segnalante, confermato_il__isnull=False
    ).select_related("utente")
    return [Destinatario(utente=s.utente, email=s.email) for s in seguaci if s.utente or s.email]


def _colleghi(caso: Segnalazione, autore: User | None) -> list[Destinatario]:
    if caso.ufficio is None:
        return []
    in_carica = Incarico.objects.in_carica(oggi()).exclude(ruolo__in=SOSTITUTIVI)
    incarichi = in_carica.filter(ufficio=caso.ufficio).select_related("utente")
    return [Destinatario(utente=i.utente) for i in incarichi if i.utente != autore]


def _tipo(passo: str) -> str:
    """Which notice tells the reporter of this step."""
    tipi = {
        "conferma": "segnalazione_ricevuta",
        "chiedi": "segnalazione_domanda",
        "preavvisa": "segnalazione_preavviso",
    }
    return tipi.get(passo, "segnalazione_aggiornata")


def oggetto_della_mail(passo: str, caso: Segnalazione) -> str:
    """Subject of the mail that tells the reporter of this step, on the case as the step leaves it."""
    return oggetto(_tipo(passo), dati_pubblici(caso))


def avvisa_ufficio(caso: Segnalazione, passaggio: Passaggio, *, testo: str = "") -> None:
    """Tells the office that has the case, and nobody else, of one step."""
    avvisa(
        _colleghi(caso, passaggio.autore),
        "segnalazione_assegnata_ufficio",
        evento=evento_di(passaggio.uid),
        percorso=caso.url_scrivania(),
        dati=_dati_del_passo(caso, passaggio, testo),
    )


def evento_di(uid: UUID) -> str:
    """What notices call one step, by the identifier of its link: nobody hears of it twice."""
    return f"passaggio:{uid}"


@override("it")
def _dati_del_passo(caso: Segnalazione, passaggio: Passaggio, testo: str) -> dict[str, Any]:
    """di_chi: what stands before the words, where they are not the office's."""
    di_chi = _("Chi ha segnalato scrive:") if passaggio.ruolo == RuoloCaso.SEGNALANTE else ""
    return dati_pubblici(caso, testo) | {"passo": passaggio.passo, "di_chi": di_chi}


def dopo(caso: Segnalazione, passaggio: Passaggio, *, testo: str = "") -> None:
    """Writes the notices of one step, in its transaction. One event per step: sent twice it arrives once."""
    evento = evento_di(passaggio.uid)
    dati = _dati_del_passo(caso, passaggio, testo)
    if passaggio.passo in _PER_UFFICIO:
        avvisa_ufficio(caso, passaggio, testo=testo)
    # Who reported knows what they did themselves, but for the filing: its receipt is owed (L. 241/1990, art. 18-bis).
    if passaggio.passo == "conferma" or passaggio.ruolo != RuoloCaso.SEGNALANTE:
        avvisa(segnalante_di(caso), _tipo(passaggio.passo), evento=evento, percorso=caso.url(), dati=dati)
    if passaggio.passo != "conferma":
        _a_chi_segue(caso, evento, dati)


def _a_chi_segue(caso: Segnalazione, evento: str, dati: dict[str, Any]) -> None:
    """Tells who follows the case, and everybody of those joined to it, as long as anybody may read it."""
    if not caso.pubblica:
        return
    seguaci = _destinatari(caso, segnalante=False)
    avvisa(seguaci, "segnalazione_seguita_aggiornata", evento=evento, percorso=caso.url(), dati=dati)
    _a_chi_e_unito(caso, evento, dati)


def _a_chi_e_unito(caso: Segnalazione, evento: str, dati: dict[str, Any]) -> None:
    """Tells the people of the cases joined to this one, which is public.

    The same event as for its own people: who stands in several of the cases hears once.
    """
    seguaci = Seguace.objects.filter(segnalazione__radice=caso, confermato_il__isnull=False).select_related("utente")
    tutti = [s for s in seguaci.order_by("pk") if s.utente or s.email]
    for segnalante, tipo in ((True, "segnalazione_unita_aggiornata"), (False, "segnalazione_seguita_aggiornata")):
        persone = [Destinatario(utente=s.utente, email=s.email) for s in tutti if s.segnalante is segnalante]
        avvisa(persone, tipo, evento=evento, percorso=caso.url(), dati=dati)


# --- about the clock --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Detto:
    """What a notice about the clock says. fatto: what happened, in few words, for the subject; perche: why it comes.

    testo: somebody's words that travel with it, after `di_chi`.
    """

    fatto: str
    spiega: str
    perche: str
    testo: str = ""
    di_chi: str = ""

    def per(self, perche: str) -> Detto:
        """The same for somebody else."""
        return replace(self, perche=perche)


def sul_termine(caso: Segnalazione, chi: Iterable[Destinatario], detto: Detto, *, evento: str, percorso: str) -> None:
    """Writes the notices of something that the clock did, or that was done about it."""
    dati = dati_pubblici(caso, detto.testo) | {
        "fatto": detto.fatto,
        "spiega": detto.spiega,
        "perche": detto.perche,
        "di_chi": detto.di_chi,
    }
    avvisa(chi, "segnalazione_termine", evento=evento, percorso=percorso, dati=dati)


def a_chi_segue(caso: Segnalazione, passaggio: Passaggio, detto: Detto) -> None:
    """A step about the clock stands in the public history: who follows the case, and the people of those joined to it,
    hear of it as of any other. To be called after who is told more."""
    dati = dati_pubblici(caso, detto.testo) | {"novita": detto.fatto, "di_chi": detto.di_chi}
    _a_chi_segue(caso, evento_di(passaggio.uid), dati)


def segnalante_di(caso: Segnalazione) -> list[Destinatario]:
    """Who reported, where they left an account or an address."""
    return _destinatari(caso, segnalante=True)


def referenti(caso: Segnalazione) -> list[Destinatario]:
    """Who answers for the case: who took it in charge, else everybody in its office; its head; before that the URP."""
    if caso.ufficio is None:
        return [Destinatario(utente=collega) for collega in colleghi_urp()]
    incarichi = Incarico.objects.in_carica(oggi()).exclude(ruolo__in=SOSTITUTIVI).select_related("utente")
    suoi = list(incarichi.filter(ufficio=caso.ufficio))
    presa = Passaggio.objects.filter(segnalazione=caso, passo="prendi_in_carico").order_by("numero").last()
    in_carico = [i for i in suoi if presa is not None and i.utente_id == presa.autore_id]
    capi = [i for i in suoi if i.ruolo == Ruolo.RESPONSABILE]
    return [Destinatario(utente=i.utente) for i in ([*in_carico, *capi] if in_carico else suoi)]


def sostituti() -> list[Destinatario]:
    """Who may step in today; where nobody was appointed the URP, which has to find out who it is (art. 2 c. 9-bis)."""
    nominati = [incarico.utente for incarico in Incarico.objects.sostitutivi(oggi())]
    return [Destinatario(utente=chi) for chi in nominati or colleghi_urp()]
