"""«Che cosa succederebbe»: the rules asked about reports of the past. Nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from segnalazioni.models import Regola, Segnalazione
from segnalazioni.regole import RegolaGuasta, scegli, vale
from segnalazioni.smistamento import fatti_di

QUANTE = 300  # the newest confirmed reports
MOSTRATE = 50  # of those that would go elsewhere


@dataclass(frozen=True, slots=True)
class Diversa:
    """A report that would go elsewhere. era, sarebbe: names of offices, or the URP."""

    caso: Segnalazione
    era: str
    sarebbe: str
    regola: str


@dataclass(frozen=True, slots=True)
class Conto:
    """How many an office had, and how many it would have."""

    ufficio: str
    prima: int
    dopo: int

    @property
    def differenza(self) -> int:
        """More (positive) or fewer."""
        return self.dopo - self.prima


@dataclass(frozen=True, slots=True)
class Prova:
    """quante: reports tried; uguali: those that would go where they have gone; a_mano: those left to the URP.

    diverse: the first MOSTRATE of quante_diverse. guaste: (name of a rule, why, how many times).
    """

    quante: int
    uguali: int
    a_mano: int
    quante_diverse: int
    diverse: list[Diversa]
    conti: list[Conto]
    guaste: list[tuple[str, str, int]]


def prova(regole: list[Regola], *, quante: int = QUANTE) -> Prova:
    """The newest reports, each where it went and where these rules, in this order, would send it. One query.

    Where it went is the office that has it now or had it last; one that never left the URP counts as the URP's.
    """
    casi = list(Segnalazione.objects.confermate().per_elenco().order_by("-confermata_il", "-pk")[:quante])
    urp, prima, dopo = _("URP, a mano"), Counter[str](), Counter[str]()
    diverse, guaste = [], Counter[tuple[str, str]]()
    a_mano = 0
    for caso in casi:
        scelta = scegli(regole, fatti_di(caso))
        guaste.update((guasto.regola.nome, guasto.motivo) for guasto in scelta.guaste)
        era = caso.ufficio.nome if caso.ufficio else urp
        sarebbe = scelta.regola.ufficio.nome if scelta.regola else urp
        prima[era] += 1
        dopo[sarebbe] += 1
        a_mano += scelta.regola is None
        # What no rule takes is handed out by the URP as before: that is no difference.
        if scelta.regola is not None and era != sarebbe:
            diverse.append(Diversa(caso, era, sarebbe, scelta.regola.nome))
    return Prova(
        quante=len(casi),
        uguali=len(casi) - a_mano - len(diverse),
        a_mano=a_mano,
        quante_diverse=len(diverse),
        diverse=diverse[:MOSTRATE],
        conti=[Conto(nome, prima[nome], dopo[nome]) for nome in sorted({*prima, *dopo})],
        guaste=[(nome, motivo, volte) for (nome, motivo), volte in guaste.items()],
    )


@dataclass(frozen=True, slots=True)
class Domandata:
    """One rule asked about one report. esito: what it said, in words; presa: it is the one that takes it."""

    regola: Regola
    esito: str
    presa: bool


def domanda_a_tutte(regole: list[Regola], caso: Segnalazione) -> list[Domandata]:
    """Each rule in order, and what it says of this report; those after the first that takes it are not asked."""
    fatti, scelta = fatti_di(caso), scegli(regole, fatti_di(caso))
    guasti = {guasto.regola.pk: guasto.motivo for guasto in scelta.guaste}
    righe = []
    for regola in regole:
        presa = scelta.regola is not None and regola.pk == scelta.regola.pk
        esito = guasti.get(regola.pk) or (_("la prende") if presa else _dice(regola, fatti))
        righe.append(Domandata(regola, esito, presa))
        if presa:
            break
    return righe


def _dice(regola: Regola, fatti: object) -> str:
    try:
        return _("la prenderebbe") if vale(regola.condizioni, fatti) else _("non la riguarda")  # type: ignore[arg-type]
    except RegolaGuasta as guasta:
        return guasta.motivo
