"""What each step changes on the case beside its state. No step that is not here changes anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext as _

from ascolto.models import Visibilita
from core.errors import DomainError
from core.templatetags.lp import giorno
from core.tempo import adesso, oggi
from core.workflow import Transizione
from segnalazioni.models import Segnalazione
from segnalazioni.termini import TipoEvento, osservazioni_entro, risposta_entro
from segnalazioni.workflow import CONCLUSE

if TYPE_CHECKING:
    from datetime import date

    from comune.models import Ufficio


class Portati(Protocol):
    """The data of a step, as effects read them."""

    @property
    def giorno(self) -> date | None: ...
    @property
    def ufficio(self) -> Ufficio | None: ...
    @property
    def originale(self) -> Segnalazione | None: ...


Effetto = Callable[[Segnalazione, Portati], list[str]]


def applica(caso: Segnalazione, riga: Transizione, dati: Portati) -> list[str]:
    """Changes the case (already in its new state, not saved); returns the events of its clock."""
    effetto = _EFFETTI.get(riga.passo)
    eventi = effetto(caso, dati) if effetto else []
    if caso.stato in CONCLUSE:
        caso.conclusa_il = caso.conclusa_il or adesso()
    else:
        caso.conclusa_il = None
    return eventi


def _conferma(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.confermata_il = adesso()
    if caso.categoria.pubblica:
        caso.contributo.visibilita = Visibilita.PUBBLICA
        caso.contributo.save(update_fields=["visibilita"])
    return [TipoEvento.AVVIO]


def _scarta(caso: Segnalazione, dati: Portati) -> list[str]:
    # Never confirmed: nothing of it is ours to keep but the fact that it came.
    caso.titolo, caso.testo, caso.risposte = "", "", {}
    caso.lat = caso.lon = None
    caso.indirizzo = caso.luogo_a_parole = ""
    return []


def _ufficio(caso: Segnalazione, dati: Portati) -> list[str]:
    if dati.ufficio == caso.ufficio:
        raise DomainError("stesso_ufficio", _("È già di questo ufficio: scegline un altro."))
    if dati.ufficio is not None and not dati.ufficio.attivo:
        raise DomainError("ufficio_chiuso", _("Questo ufficio non è più attivo: scegline un altro."))
    caso.ufficio = dati.ufficio
    return []


def _senza_ufficio(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.ufficio = None
    return []


def _programma(caso: Segnalazione, dati: Portati) -> list[str]:
    if dati.giorno is not None and dati.giorno < oggi():
        raise DomainError("giorno_passato", _("Il giorno è già passato: scegli oggi o un giorno futuro."))
    caso.prevista_il = dati.giorno
    return []


def _riprendi(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.prevista_il = None
    return []


def _chiedi(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.attesa_fino_al = risposta_entro(oggi())
    return [TipoEvento.SOSPENSIONE]


def _preavvisa(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.attesa_fino_al = osservazioni_entro(oggi())
    return [TipoEvento.PREAVVISO]


def _osserva(caso: Segnalazione, dati: Portati) -> list[str]:
    if not caso.attesa:
        raise DomainError("osservazioni_chiuse", _("Il tempo per le osservazioni è finito, o le hai già mandate."))
    return _riprendi_termine(caso, dati)


def _respingi(caso: Segnalazione, dati: Portati) -> list[str]:
    if caso.attesa:
        raise DomainError(
            "osservazioni_aperte",
            _("Chi ha segnalato può scrivere le sue osservazioni fino a %(giorno)s: prima non si può respingere.")
            % {"giorno": giorno(caso.attesa_fino_al)},
        )
    return _riprendi_termine(caso, dati)


def _riprendi_termine(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.attesa_fino_al = None
    return [TipoEvento.RIPRESA] if caso.sospesa_fino_al else []


def _contesta(caso: Segnalazione, dati: Portati) -> list[str]:
    # It goes on for itself, with a clock of its own: whatever it was joined to, and the day planned for it, are past.
    caso.originale = caso.radice = caso.prevista_il = None
    caso.intervento = None
    return [TipoEvento.AVVIO]


def _risolvi(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.risolta_il = adesso()
    return []


def _unisci(caso: Segnalazione, dati: Portati) -> list[str]:
    madre = dati.originale
    if caso.intervento_aperto is not None:
        raise DomainError(
            "intervento_da_decidere",
            _("È stato chiesto un intervento sostitutivo: si può unire dopo che è stato deciso."),
        )
    if madre is None or madre.pk == caso.pk or madre.radice_id is not None or not madre.aperta:
        raise DomainError("originale_non_valida", _("Si unisce solo a un’altra segnalazione ancora aperta."))
    caso.originale = caso.radice = madre
    return []


def _stacca(caso: Segnalazione, dati: Portati) -> list[str]:
    caso.originale = caso.radice = None
    return _senza_ufficio(caso, dati)


_EFFETTI: dict[str, Effetto] = {
    "conferma": _conferma,
    "scarta": _scarta,
    "assegna": _ufficio,
    "passa": _ufficio,
    "rifiuta": _senza_ufficio,
    "programma": _programma,
    "riprogramma": _programma,
    "riprendi": _riprendi,
    "chiedi": _chiedi,
    "rispondi": _riprendi_termine,
    "prosegui": _riprendi_termine,
    "preavvisa": _preavvisa,
    "osserva": _osserva,
    "accogli": _riprendi_termine,
    "respingi": _respingi,
    "contesta": _contesta,
    "risolvi": _risolvi,
    "unisci": _unisci,
    "stacca": _stacca,
}
