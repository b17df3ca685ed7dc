"""What who reported thinks of the answers: how many are content, how many are not, how many said nothing.

Counted are the answers given in the period, whenever the case arrived: of those that arrived in it only the quickly
answered could speak. Who said nothing is counted beside who spoke: the content alone would flatter. Opinions are rows
of Gradimento; erasing a person empties their words and leaves the mark.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When

from segnalazioni.models import Passaggio
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.statistiche.misure import RISPOSTA, Periodo

SOGLIA = 5  # opinions: with fewer no per cent is said, one person would be worth more than twenty
PARERI = ("contenti", "tiepidi", "scontenti", "muti")


def quale_parere() -> Case:
    """A name of PARERI: marks 4 and 5, 3, 1 and 2. What was said of an answer reopened since is of no answer now."""
    riaperta_dopo = Passaggio.objects.filter(
        segnalazione=OuterRef("pk"), passo="riapri", created_at__gt=OuterRef("gradimento__aggiornato_il")
    )
    return Case(
        When(Q(gradimento__isnull=True) | Exists(riaperta_dopo), then=Value("muti")),
        When(gradimento__voto__gte=4, then=Value("contenti")),
        When(gradimento__voto__lte=2, then=Value("scontenti")),
        default=Value("tiepidi"),
        output_field=CharField(),
    )


def risposte_in(casi: SegnalazioneQuerySet, periodo: Periodo) -> SegnalazioneQuerySet:
    """Those whose answer, the one that stands today, was given within the period."""
    casi = casi.filter(RISPOSTA, conclusa_il__lt=periodo.fine)
    return casi.filter(conclusa_il__gte=periodo.inizio) if periodo.inizio else casi


def con_parere(risposte: SegnalazioneQuerySet, nome: str) -> SegnalazioneQuerySet:
    """Of risposte_in, those that a figure counts: a name of PARERI, or "risposte" for all of them."""
    return risposte if nome == "risposte" else risposte.alias(parere=quale_parere()).filter(parere=nome)


@dataclass
class Pareri:
    """The opinions on the answers of one group."""

    contenti: int = 0
    tiepidi: int = 0
    scontenti: int = 0
    muti: int = 0

    def aggiungi(self, parere: str, quante: int) -> None:
        """So many answers of this opinion, a name of PARERI."""
        setattr(self, parere, getattr(self, parere) + quante)

    def somma(self, altro: Pareri) -> None:
        """Adds those of another group, of other cases."""
        for nome in PARERI:
            self.aggiungi(nome, getattr(altro, nome))

    @property
    def risposte(self) -> int:
        """Answers given."""
        return self.detti + self.muti

    @property
    def detti(self) -> int:
        """Answers that somebody said something of."""
        return self.contenti + self.tiepidi + self.scontenti

    @property
    def quota_contenti(self) -> float | None:
        """Of those who said something, how many are content: 0 to 100; None with fewer than SOGLIA."""
        return self._quota(self.contenti, self.detti)

    @property
    def quota_muti(self) -> float | None:
        """Of the answers, how many nobody said anything of: 0 to 100; None with fewer than SOGLIA who did."""
        return self._quota(self.muti, self.risposte)

    def _quota(self, quanti: int, su: int) -> float | None:
        return 100 * quanti / su if self.detti >= SOGLIA else None
