"""One state, one word, one colour with its sign; one due date, one short sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.calendario import lavorativi_fra
from core.tempo import oggi
from segnalazioni.models import Segnalazione
from segnalazioni.workflow import Stato

# Green done, brick your turn, ochre waiting, blue being worked on, grey closed without doing; the sign grows with it.
_CLASSI: dict[str, str] = {
    Stato.DA_CONFERMARE: "s-ocra",
    Stato.SCARTATA: "s-pietra pieno",
    Stato.RICEVUTA: "s-pietra",
    Stato.ASSEGNATA: "s-cielo",
    Stato.IN_LAVORAZIONE: "s-cielo mezzo",
    Stato.PROGRAMMATA: "s-cielo pieno",
    Stato.ATTESA_CITTADINO: "s-ocra",
    Stato.ATTESA_TERZI: "s-ocra mezzo",
    Stato.PREAVVISO_RIGETTO: "s-ocra pieno",
    Stato.RISOLTA: "s-bosco pieno",
    Stato.RESPINTA: "s-pietra mezzo",
    Stato.NON_COMPETENTE: "s-pietra mezzo",
    Stato.DUPLICATA: "s-pietra mezzo",
    Stato.CONTESTATA: "s-mattone mezzo",
    Stato.CHIUSA: "s-pietra pieno",
    Stato.RITIRATA: "s-pietra pieno",
}
PRESTO = 3  # working days: from here on a due date is near


@dataclass(frozen=True, slots=True)
class Pillola:
    """The state as people read it: `parola`, and the classes of components/stato.html."""

    parola: str
    classi: str


@dataclass(frozen=True, slots=True)
class Scadenza:
    """A due date in lists: «oltre di 5 giorni», «fra 3 giorni» (working days). tono: "", presto or tardi."""

    parole: str
    tono: str
    giorno: date


def pillola_di(stato: str) -> Pillola:
    """The pill of a state."""
    return Pillola(str(Stato(stato).label), _CLASSI[stato])


def pillola(caso: Segnalazione) -> Pillola:
    """The pill of a case."""
    return pillola_di(caso.stato)


def scadenza(caso: Segnalazione) -> Scadenza | None:
    """When an answer is due; None when nothing is owed or nobody counts yet."""
    if not caso.aperta or caso.scadenza is None:
        return None
    if caso.sospesa:
        return Scadenza(_("sospesa"), "", caso.scadenza)
    mancano = lavorativi_fra(oggi(), caso.scadenza)
    if caso.in_ritardo():
        # A due date on a Friday is late on Saturday, by no working day yet: said as one.
        quanti = max(1, -mancano)
        parole = ngettext("oltre di %(n)d giorno", "oltre di %(n)d giorni", quanti) % {"n": quanti}
        return Scadenza(parole, "tardi", caso.scadenza)
    if caso.scadenza == oggi():
        return Scadenza(_("oggi"), "presto", caso.scadenza)
    parole = ngettext("fra %(n)d giorno", "fra %(n)d giorni", mancano) % {"n": mancano}
    return Scadenza(parole, "presto" if mancano <= PRESTO else "", caso.scadenza)
