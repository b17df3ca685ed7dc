"""What who reported may do with the case now, and why not what they might expect."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from comune.models import Incarico
from core.tempo import oggi
from segnalazioni import actions
from segnalazioni.accesso import Accesso
from segnalazioni.forms.pagina import GradimentoForm
from segnalazioni.models import Gradimento, Intervento, Segnalazione
from segnalazioni.workflow import PROCEDURA

# Steps of the table that a citizen finds a door for (segnalazioni.views.passi): no others are shown.
PORTE = frozenset({"rispondi", "osserva", "contesta", "sollecita", "ritira"})


@dataclass(frozen=True, slots=True)
class Offerte:
    """mosse: steps whose form the page shows. chi_interviene: who is asked to step in, in words, or "".

    contestabile_fino_al: last day of a contestation that is still possible; non_si_contesta: why it is not; intervento:
    the request to step in; valuta: the form of the reporter's opinion, as it was last given.
    """

    mosse: list[str] = field(default_factory=list)
    chi_interviene: str = ""
    contestabile_fino_al: date | None = None
    non_si_contesta: str = ""
    intervento: Intervento | None = None
    valuta: GradimentoForm | None = None

    @property
    def qualcosa(self) -> bool:
        """Is there anything to show under «Che cosa puoi fare adesso»?"""
        return bool(self.mosse or self.non_si_contesta or self.valuta)


def mosse_di(accesso: Accesso) -> Offerte:
    """What this visitor is offered: nothing but for who reported."""
    caso = accesso.caso
    intervento = caso.intervento
    if not accesso.segnalante:
        return Offerte(intervento=intervento)
    dalla_tabella = [r.passo for r in PROCEDURA.possibili(caso.stato, accesso.ruoli) if r.passo in PORTE]
    motivo = actions.perche_non_si_contesta(caso)
    escluse = {
        "contesta": bool(motivo),
        "osserva": not caso.attesa,
        "sollecita": intervento is not None or not caso.in_ritardo(),
    }
    mosse = [passo for passo in dalla_tabella if not escluse.get(passo)]
    return Offerte(
        mosse=mosse,
        chi_interviene=chi_interviene() if "sollecita" in mosse else "",
        contestabile_fino_al=caso.contestabile_fino_al if "contesta" in mosse else None,
        non_si_contesta=motivo,
        intervento=intervento,
        valuta=_gradimento(caso) if caso.risposta_data else None,
    )


def chi_interviene() -> str:
    """Name and office of the titolare of the potere sostitutivo: the law wants them public (L. 241/1990, art. 2
    c. 9-bis). "" where nobody was appointed."""
    titolare = Incarico.objects.sostitutivi(oggi()).first()
    return f"{titolare.utente.nome} ({titolare.ufficio.nome})" if titolare else ""


def _gradimento(caso: Segnalazione) -> GradimentoForm:
    dato = Gradimento.objects.filter(segnalazione=caso).first()
    prima = {"risolto": dato.risolto, "voto": dato.voto, "parole": dato.parole} if dato else {}
    return GradimentoForm(initial=prima)
