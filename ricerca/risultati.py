"""All that answers a question: things of the site by rank, public reports by date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from core.ricerca import Domanda
from ricerca.correzioni import Correzione, Momento, corretta
from ricerca.domande import Richiesta
from ricerca.graduatoria import CANDIDATI, Posto, classifica, quante_volte
from ricerca.models import Trovabile
from ricerca.specie import SEGNALAZIONI, SPECIE
from segnalazioni.models import Segnalazione
from segnalazioni.ricerca import TETTO_TROVATE, pubbliche_con

IN_TESTA = 3  # things of the site that come before any report


@dataclass(frozen=True, slots=True)
class Trovato:
    """One result: the key of its row, among reports or among things of the site."""

    specie: str
    pk: int


@dataclass(frozen=True, slots=True)
class Risultati:
    """richiesta: what was searched for in the end. correzione: of what was typed. posti: things of the
    site; casi: public reports."""

    richiesta: Richiesta
    correzione: Correzione
    posti: list[Posto]
    casi: list[int]

    @property
    def oltre(self) -> bool:
        """There are more than are counted."""
        return len(self.casi) > TETTO_TROVATE or len(self.posti) >= CANDIDATI

    def conti(self) -> dict[str, int]:
        """How many of each kind, in the order of the kinds; "" is all."""
        quanti = Counter(posto.specie for posto in self.posti)
        quanti[SEGNALAZIONI] = min(len(self.casi), TETTO_TROVATE)
        return {"": quanti.total()} | {specie: quanti[specie] for specie in SPECIE if quanti[specie]}

    def di(self, specie: str) -> list[Trovato]:
        """Those of a kind; "": all. A report has all the words by itself: it comes after the things that have them too,
        and before those that have some."""
        cose = [Trovato(p.specie, p.pk) for p in self.posti if specie in ("", p.specie)]
        casi = [Trovato(SEGNALAZIONI, pk) for pk in self.casi[:TETTO_TROVATE] if specie in ("", SEGNALAZIONI)]
        testa = max(IN_TESTA, sum(posto.intero for posto in self.posti)) if not specie else len(cose)
        return [*cose[:testa], *casi, *cose[testa:]]


def per_giorno(trovati: list[Trovato]) -> list[Trovato]:
    """The newest first; what has no day of its own comes after, as it stood. Two queries."""
    casi = [t.pk for t in trovati if t.specie == SEGNALAZIONI]
    cose = [t.pk for t in trovati if t.specie != SEGNALAZIONI]
    dei_casi = dict(Segnalazione.objects.filter(pk__in=casi).values_list("pk", "confermata_il__date"))
    delle_cose = dict(Trovabile.objects.filter(pk__in=cose).values_list("pk", "giorno"))

    def quando(trovato: Trovato) -> date:
        giorni = dei_casi if trovato.specie == SEGNALAZIONI else delle_cose
        return giorni.get(trovato.pk) or date.min

    return sorted(trovati, key=quando, reverse=True)


def cerca(scritto: str, *, alla_lettera: bool = False) -> Risultati:
    """What answers the words typed. Words that nothing knows are put right, unless they are meant (alla_lettera) or
    some report has them all. At most eight queries."""
    richiesta = Richiesta.leggi(scritto)
    if not richiesta:
        return Risultati(richiesta, Correzione(), [], [])
    momento, volte = Momento.adesso(), quante_volte(richiesta)
    casi = pubbliche_con(Domanda.leggi(richiesta.scritta))
    correzione = Correzione() if alla_lettera or casi else corretta(richiesta, volte, momento)
    if correzione.certa:
        richiesta = Richiesta.leggi("".join(testo for testo, _giusta in richiesta.in_pezzi(correzione.giuste)))
        volte, casi = quante_volte(richiesta), pubbliche_con(Domanda.leggi(richiesta.scritta))
    return Risultati(richiesta, correzione, classifica(richiesta, volte, tutte=momento.quante), casi)
