"""Reports that another system has kept: in, with the dates they had, and without telling anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ascolto.models import Visibilita
from comune.models import Settore, Ufficio, UnitaOrganizzativa
from core.tempo import fermo_a
from segnalazioni.actions.nuova import NuovaSegnalazione, crea
from segnalazioni.actions.passi import Dati, compi_sulla_bloccata
from segnalazioni.models import Categoria, Segnalazione
from segnalazioni.workflow import RuoloCaso, Stato

ARCHIVIO = "archivio-importazioni"


@dataclass(frozen=True, slots=True)
class Importata:
    """A report of another system, already in our words.

    fonte, fonte_id: which system, which number there; together they are unique. nome_fonte: the system, for people.
    stato: one of IMPORTABILI. chiusa_il: when it ended there; None where it has not, or where nobody knows.
    """

    fonte: str
    fonte_id: str
    nome_fonte: str
    categoria: Categoria
    stato: str
    canale: str
    creata_il: datetime
    chiusa_il: datetime | None = None
    testo: str = ""
    lat: float | None = None
    lon: float | None = None
    pubblica: bool = True


# Steps by which a report gets to the state it had there, and in whose name: the shortest way that the table has.
# What happened in between the source does not say; the words of the steps say that.
_PERCORSI: dict[str, tuple[tuple[str, RuoloCaso], ...]] = {
    Stato.RICEVUTA: (),
    Stato.ASSEGNATA: (("assegna", RuoloCaso.SISTEMA),),
    Stato.IN_LAVORAZIONE: (("assegna", RuoloCaso.SISTEMA), ("prendi_in_carico", RuoloCaso.OPERATORE)),
    Stato.CHIUSA: (
        ("assegna", RuoloCaso.SISTEMA),
        ("prendi_in_carico", RuoloCaso.OPERATORE),
        ("risolvi", RuoloCaso.OPERATORE),
        ("archivia", RuoloCaso.SISTEMA),
    ),
    Stato.RESPINTA: (("respingi", RuoloCaso.URP),),
    Stato.RITIRATA: (("ritira", RuoloCaso.SEGNALANTE),),
}
IMPORTABILI = frozenset(_PERCORSI)


@transaction.atomic
def importa(voce: Importata) -> Segnalazione:
    """One report of another system becomes a case, its steps dated as they were. Nobody is told.

    The engine and the chain are the same as any other's; the row needs no lock, nobody else can see it yet.
    It cannot be searched until the caller, for all it imports, calls segnalazioni.ricerca.indicizza.
    Raises IntegrityError when (fonte, fonte_id) is already here.
    """
    senza_testo = _("Segnalazione importata da %(fonte)s: il testo originale non è disponibile.")
    with fermo_a(voce.creata_il):
        caso = crea(_nuova(voce), senza_testo=senza_testo % {"fonte": voce.nome_fonte})
        compi_sulla_bloccata("conferma", caso, autore=None, come=RuoloCaso.SEGNALANTE, indice=False)
        if not voce.pubblica and caso.contributo.visibilita != Visibilita.PRIVATA:
            caso.contributo.visibilita = Visibilita.PRIVATA
            caso.contributo.save(update_fields=["visibilita"])
    with fermo_a(voce.chiusa_il or voce.creata_il):
        for passo, ruolo in _PERCORSI[voce.stato]:
            compi_sulla_bloccata(passo, caso, autore=None, come=ruolo, dati=_dati(passo, voce), indice=False)
    return caso


def _nuova(voce: Importata) -> NuovaSegnalazione:
    return NuovaSegnalazione(
        categoria=voce.categoria,
        testo=voce.testo,
        lat=voce.lat,
        lon=voce.lon,
        canale=voce.canale,
        fonte=voce.fonte,
        fonte_id=voce.fonte_id,
    )


def _dati(passo: str, voce: Importata) -> Dati:
    fonte = {"fonte": voce.nome_fonte}
    if passo == "assegna":
        return Dati(ufficio=voce.categoria.ufficio or _archivio(), nota=_("Importata da %(fonte)s.") % fonte)
    parole = {
        "prendi_in_carico": _("Presa in carico nel sistema da cui è importata, %(fonte)s: il giorno non è noto."),
        "risolvi": _("Chiusa nel sistema da cui è importata, %(fonte)s: la risposta originale non è disponibile."),
        "respingi": _("Respinta nel sistema da cui è importata, %(fonte)s: i motivi non sono disponibili."),
        "ritira": _("Annullata nel sistema da cui è importata, %(fonte)s."),
    }
    return Dati(testo=parole[passo] % fonte) if passo in parole else Dati()


def _archivio() -> Ufficio:
    """The office of imported reports whose category nobody answers for yet; colleagues may pass them on."""
    ufficio = Ufficio.objects.filter(slug=ARCHIVIO).first()
    if ufficio is not None:
        return ufficio
    settore, _nuovo = Settore.objects.get_or_create(slug=ARCHIVIO, defaults={"nome": _("Archivio"), "ordine": 99})
    unita, _nuova = UnitaOrganizzativa.objects.get_or_create(
        slug=ARCHIVIO, defaults={"settore": settore, "nome": _("Importazioni")}
    )
    return Ufficio.objects.create(slug=ARCHIVIO, unita=unita, nome=_("Archivio delle segnalazioni importate"))
