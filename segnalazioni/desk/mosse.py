"""The moves of a case as the desk names them. Which there are, and what they ask for, the workflow table says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.workflow import Transizione
from segnalazioni.models import Segnalazione, ruoli_di_servizio
from segnalazioni.workflow import PROCEDURA

if TYPE_CHECKING:
    from accounts.models import User

_l = gettext_lazy


@dataclass(frozen=True, slots=True)
class Parole:
    """nome: on the card; invito: heading of the form; fai: its button; testo: what the public words are here.

    articolo: `testo` with its article, for «serve …»; dopo: what follows from the move, if it is not plain.
    """

    nome: Promise
    invito: Promise
    fai: Promise
    testo: Promise | str = ""
    articolo: Promise | str = ""
    dopo: Promise | str = ""


_RISPOSTA = (_l("Risposta a chi ha segnalato"), _l("la risposta"))
_DOMANDA = (_l("Domanda a chi ha segnalato"), _l("la domanda"))
_MOTIVI = (_l("Motivi, per chi ha segnalato"), _l("il perché"))
_TESTO = (_l("Testo per chi ha segnalato"), _l("il testo"))

PAROLE: dict[str, Parole] = {
    "assegna": Parole(_l("Assegna a un ufficio"), _l("Assegna a un ufficio"), _l("Assegna")),
    "prendi_in_carico": Parole(
        _l("Prendi in carico"), _l("Prendi in carico la segnalazione"), _l("Prendi in carico"), *_TESTO
    ),
    "programma": Parole(_l("Programma"), _l("Programma l’intervento"), _l("Programma"), *_TESTO),
    "risolvi": Parole(_l("Risolta"), _l("Chiudi come risolta"), _l("Segna come risolta"), *_RISPOSTA),
    "chiedi": Parole(
        _l("Chiedi a chi ha segnalato"),
        _l("Fai una domanda a chi ha segnalato"),
        _l("Manda la domanda"),
        *_DOMANDA,
        _l("la prima volta il termine si ferma, al massimo 30 giorni"),
    ),
    "attendi": Parole(
        _l("In attesa di altri"),
        _l("Metti in attesa di un altro ente"),
        _l("Metti in attesa"),
        *_MOTIVI,
        _l("il termine corre"),
    ),
    "riprogramma": Parole(_l("Sposta il giorno"), _l("Sposta il giorno dell’intervento"), _l("Sposta"), *_MOTIVI),
    "riprendi": Parole(_l("Riprendi il lavoro"), _l("Riprendi il lavoro"), _l("Riprendi"), *_TESTO),
    "passa": Parole(_l("Passa a un altro ufficio"), _l("Passa a un altro ufficio"), _l("Passa")),
    "rifiuta": Parole(
        _l("Non è di questo ufficio"), _l("Rimanda all’URP"), _l("Rimanda all’URP"), dopo=_l("torna all’URP")
    ),
    "inoltra": Parole(_l("Non è nostra"), _l("È di un altro ente"), _l("Chiudi come non nostra"), *_MOTIVI),
    "unisci": Parole(_l("È un doppione"), _l("Unisci a un’altra segnalazione"), _l("Unisci"), *_TESTO),
    "stacca": Parole(_l("Non è un doppione"), _l("Stacca dall’altra segnalazione"), _l("Stacca"), *_MOTIVI),
    "preavvisa": Parole(
        _l("Preavviso di rigetto"),
        _l("Manda il preavviso di rigetto"),
        _l("Manda il preavviso"),
        *_MOTIVI,
        _l("il termine si ferma, per le osservazioni"),
    ),
    # Also where nobody wrote observations.
    "accogli": Parole(
        _l("Ritira il preavviso"), _l("Ritira il preavviso e riprendi il lavoro"), _l("Ritira il preavviso"), *_TESTO
    ),
    "respingi": Parole(_l("Respingi"), _l("Respingi la segnalazione"), _l("Respingi"), *_MOTIVI),
    "contesta": Parole(
        _l("Rimetti in discussione"), _l("Rimetti in discussione"), _l("Rimetti in discussione"), *_MOTIVI
    ),
    "riapri": Parole(_l("Riapri"), _l("Riapri il lavoro"), _l("Riapri"), *_TESTO),
    "chiudi": Parole(_l("Conferma e chiudi"), _l("Conferma la risposta e chiudi"), _l("Conferma e chiudi"), *_MOTIVI),
    "intervieni": Parole(
        _l("Intervieni"),
        _l("Intervieni al posto dell’ufficio"),
        _l("Intervieni"),
        _l("Che cosa disponi, per chi ha segnalato"),
        _l("che cosa disponi"),
        _l("giorno se lo fissi"),
    ),
    "declina": Parole(
        _l("Non intervenire"), _l("Decidi di non intervenire"), _l("Rispondi che non intervieni"), *_MOTIVI
    ),
}


@dataclass(frozen=True, slots=True)
class Mossa:
    """One card of «Che cosa fai adesso»: titolo, and the small line testo with what it asks for."""

    url: str
    titolo: str
    testo: str
    attiva: bool


def possibili(caso: Segnalazione, user: User) -> list[Transizione]:
    """What this colleague may do with the case now, in the order of the table."""
    return PROCEDURA.possibili(caso.stato, ruoli_di_servizio(caso, user))


def mosse(caso: Segnalazione, righe: list[Transizione], *, scelto: str, query: str) -> list[Mossa]:
    """The cards. scelto: the step whose form is open; query: what the links carry on, "" or "?…"."""
    inizio = f"{query}&passo=" if query else "?passo="
    base = caso.url_scrivania()
    return [
        Mossa(f"{base}{inizio}{r.passo}#lavoro", str(PAROLE[r.passo].nome), _chiede(r), r.passo == scelto)
        for r in righe
    ]


def _chiede(riga: Transizione) -> str:
    parole = PAROLE[riga.passo]
    pezzi = []
    if riga.serve:
        verbo = _("serve %(cose)s") if len(riga.serve) == 1 else _("servono %(cose)s")
        pezzi.append(verbo % {"cose": cose(riga, riga.serve)})
    if "foto" in riga.puo:
        pezzi.append(_("foto se c’è"))
    if parole.dopo:
        pezzi.append(str(parole.dopo))
    return "; ".join(pezzi) or _("non serve altro")


def cose(riga: Transizione, dati: Sequence[str]) -> str:
    """These data of a step, in words: «il giorno e il testo»; "" for none."""
    return get_text_list([_nome(dato, PAROLE[riga.passo]) for dato in dati], _("e"))


def _nome(dato: str, parole: Parole) -> str:
    nomi = {
        "ufficio": _("l’ufficio"),
        "giorno": _("il giorno"),
        "ente": _("l’ente"),
        "prova": _("la prova dell’inoltro"),
        "originale": _("il numero dell’altra"),
        "nota": _("il motivo per i colleghi"),
    }
    return nomi.get(dato) or str(parole.articolo)
