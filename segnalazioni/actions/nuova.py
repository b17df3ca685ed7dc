"""A report becomes rows: the one place where it does, whoever brings it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from uuid import UUID

from accounts.models import User
from ascolto.models import Canale, Contributo, Tipo, Visibilita, impronta_testo
from comune.territorio import quartiere_di
from core.tempo import adesso
from core.testo import pulito
from segnalazioni.models import ASSISTENZA, Categoria, Segnalazione


@dataclass(frozen=True, slots=True)
class NuovaSegnalazione:
    """What a report is made of, however it came: from the wizard, the counter, an importer.

    fonte, fonte_id: of another system, and its number there.
    """

    categoria: Categoria
    testo: str
    risposte: dict[str, str] = field(default_factory=dict)
    lat: float | None = None
    lon: float | None = None
    indirizzo: str = ""
    luogo_a_parole: str = ""
    canale: str = Canale.WEB
    email: str = ""
    telefono: str = ""
    per_conto_di: str = ""
    chiave_invio: UUID | None = None
    fonte: str = ""
    fonte_id: str = ""


# A sentence ends after a word or a number, not after an initial or an abbreviation («via S. Paolino», «al n. 12»).
_FINE_FRASE = re.compile(r"(?:(?<=\w\w)|(?<=\d)|(?<=[)»\"]))[.!?;]+\s")
_ABBREVIATO = re.compile(r"\b(?:ang|civ|dott|ecc|es|fraz|ing|loc|nn|num|prof|sig|ss|tel|zona ind)\.\s$", re.IGNORECASE)


def titolo_di(testo: str) -> str:
    """The first sentence, at most 90 characters, cut between words: the name of a report in lists; "" for no word."""
    riga = " ".join(testo.split()).lstrip(".…!?;, ")
    for fine in _FINE_FRASE.finditer(riga):
        if not _ABBREVIATO.search(riga[: fine.end()]):
            riga = riga[: fine.start() + 1].rstrip(".;") if riga[fine.start()] in ".;" else riga[: fine.start() + 1]
            break
    riga = riga.rstrip(".;")
    if not re.search(r"\w", riga):
        return ""
    if len(riga) <= 90:
        return riga
    return riga[:90].rsplit(" ", 1)[0].rstrip(",:") + "…"


def crea(nuova: NuovaSegnalazione, *, autore: User | None = None, senza_testo: str = "") -> Segnalazione:
    """A private contribution and its case, not yet confirmed, dated now; its words made fit to be kept.

    senza_testo: what stands on the page of a report that has no words of its own; it is nobody's, and is neither its
    title nor in its digest.
    """
    nuova = _pulita(nuova)
    quartiere = quartiere_di(nuova.lat, nuova.lon) if nuova.lat is not None and nuova.lon is not None else None
    contributo = Contributo.objects.create(
        tipo=Tipo.ASSISTENZA if nuova.categoria.codice == ASSISTENZA else Tipo.SEGNALAZIONE,
        canale=nuova.canale,
        autore=autore,
        per_conto_di=nuova.per_conto_di,
        quartiere=quartiere,
        impronta_testo=impronta_testo(nuova.testo) if nuova.testo else "",
        visibilita=Visibilita.PRIVATA,
        created_at=adesso(),
    )
    return Segnalazione.objects.create(
        contributo=contributo,
        categoria=nuova.categoria,
        titolo=titolo_di(nuova.testo) or nuova.categoria.nome,
        testo=nuova.testo or senza_testo,
        risposte=nuova.risposte,
        lat=nuova.lat,
        lon=nuova.lon,
        indirizzo=nuova.indirizzo,
        luogo_a_parole=nuova.luogo_a_parole,
        chiave_invio=nuova.chiave_invio,
        fonte=nuova.fonte,
        fonte_id=nuova.fonte_id,
        aggiornata_il=adesso(),
    )


def _pulita(nuova: NuovaSegnalazione) -> NuovaSegnalazione:
    return replace(
        nuova,
        testo=pulito(nuova.testo),
        risposte={domanda: pulito(risposta) for domanda, risposta in nuova.risposte.items()},
        indirizzo=pulito(nuova.indirizzo),
        luogo_a_parole=pulito(nuova.luogo_a_parole),
        per_conto_di=pulito(nuova.per_conto_di),
    )
