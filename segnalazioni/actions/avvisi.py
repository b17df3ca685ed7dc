"""Who is told what, after which step."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import override

from accounts.models import User
from comune.models import Incarico
from core.tempo import oggi
from notifiche.actions import Destinatario, avvisa
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.models.segnalazione import Seguace

# After these the office that has the case is told; after all others, who follows it.
_PER_UFFICIO = {"assegna", "passa", "rispondi", "contesta"}
_DEL_CITTADINO = {"rispondi", "ritira", "contesta"}


@override("it")  # mails are in Italian, whatever language the page was read in
def dati_pubblici(caso: Segnalazione, testo: str = "") -> dict[str, Any]:
    """Words for the mails: nothing of anybody."""
    return {
        "codice": caso.codice,
        "titolo": caso.titolo,
        "stato": caso.stato,
        "stato_parola": caso.get_stato_display(),
        "ufficio": caso.ufficio.nome if caso.ufficio else "",
        "testo": testo,
        "entro": date_format(caso.scadenza, "l j F Y") if caso.scadenza and caso.aperta else "",
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
    incarichi = Incarico.objects.in_carica(oggi()).filter(ufficio=caso.ufficio).select_related("utente")
    return [Destinatario(utente=i.utente) for i in incarichi if i.utente != autore]


def dopo(caso: Segnalazione, passaggio: Passaggio, *, testo: str = "") -> None:
    """Writes the notices of one step, in its transaction. One event per step: sent twice it arrives once."""
    evento = f"passaggio:{passaggio.uid}"
    dati = dati_pubblici(caso, testo)
    percorso = caso.url()
    if passaggio.passo in _PER_UFFICIO:
        avvisa(
            _colleghi(caso, passaggio.autore),
            "segnalazione_assegnata_ufficio",
            evento=evento,
            percorso=caso.url_scrivania(),
            dati=dati,
        )
    tipo = {"conferma": "segnalazione_ricevuta", "chiedi": "segnalazione_domanda"}.get(
        passaggio.passo, "segnalazione_aggiornata"
    )
    if passaggio.passo not in _DEL_CITTADINO:
        avvisa(_destinatari(caso, segnalante=True), tipo, evento=evento, percorso=percorso, dati=dati)
    if passaggio.passo != "conferma":
        seguaci = _destinatari(caso, segnalante=False)
        avvisa(seguaci, "segnalazione_seguita_aggiornata", evento=evento, percorso=percorso, dati=dati)
