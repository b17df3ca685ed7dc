"""What each figure means, once: as a condition on cases, and as arithmetic on what was counted.

Days are calendar days between two local dates (Europe/Rome), as for the term: the day of the confirmation does not
count. Medians are of the answered alone and flatter by themselves; beside them always stands how many wait still, and
`risposte_entro` counts those too (Kaplan–Meier: who still waits has been seen to wait so long, no longer).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from ascolto.models import Tipo
from core.tempo import mezzanotte
from segnalazioni.models import Passaggio
from segnalazioni.models.segnalazione import SegnalazioneQuerySet
from segnalazioni.workflow import APERTE, CON_RISPOSTA, CONCLUSE

SENZA = ""  # the group of the cases without an office, or without a place


@dataclass(frozen=True, slots=True)
class Periodo:
    """Days of arrival, both included; None: since ever."""

    dal: date | None
    al: date

    @property
    def inizio(self) -> datetime | None:
        """The first instant."""
        return mezzanotte(self.dal) if self.dal else None

    @property
    def fine(self) -> datetime:
        """The first instant that is no longer in it."""
        return mezzanotte(self.al + timedelta(days=1))


def arrivate_in(casi: SegnalazioneQuerySet, periodo: Periodo) -> SegnalazioneQuerySet:
    """Those that were confirmed within the period."""
    casi = casi.filter(confermata_il__lt=periodo.fine)
    return casi.filter(confermata_il__gte=periodo.inizio) if periodo.inizio else casi


def senza_assistenza(casi: SegnalazioneQuerySet) -> SegnalazioneQuerySet:
    """Reports alone: who asks for help says nothing of how the city is, nor of how it is looked after."""
    return casi.exclude(contributo__tipo=Tipo.ASSISTENZA)


# --- which cases a figure counts --------------------------------------------------------------------------------

_APERTA = Q(stato__in=APERTE)
# Answered by the office: not withdrawn by who reported, not joined to another (nor closed together with it).
RISPOSTA = Q(stato__in=CON_RISPOSTA, originale__isnull=True)
_ALTRA = Q(stato__in=CONCLUSE) & ~RISPOSTA


def giorno_locale(campo: str) -> TruncDate:
    """The local date of an instant, in SQL."""
    return TruncDate(campo, output_field=DateField(), tzinfo=get_default_timezone())


def con_il_termine_passato(oggi: date) -> Q:
    """Open and late: as Segnalazione.in_ritardo says of one."""
    return _APERTA & Q(scadenza__lt=oggi)


def _contestata() -> Q:
    return Q(Exists(Passaggio.objects.filter(segnalazione=OuterRef("pk"), passo="contesta")))


# Each name is the `quale` of a link, and of a column.
QUALI: dict[str, Callable[[date], Q]] = {
    "arrivate": lambda _oggi: Q(),
    "aperte": lambda _oggi: _APERTA,
    "oltre": con_il_termine_passato,
    "chiuse": lambda _oggi: RISPOSTA,
    "in_tempo": lambda _oggi: RISPOSTA & Q(scadenza__isnull=False, chiusa_il__lte=F("scadenza")),
    "tardi": lambda _oggi: RISPOSTA & Q(chiusa_il__gt=F("scadenza")),
    "senza_termine": lambda _oggi: RISPOSTA & Q(scadenza__isnull=True),
    "altre": lambda _oggi: _ALTRA,
    "contestate": lambda _oggi: _contestata(),
}


def quali(casi: SegnalazioneQuerySet, nome: str, oggi: date) -> SegnalazioneQuerySet:
    """The cases that a figure counts: as many as it says. KeyError for a name that is not in QUALI."""
    return casi.alias(chiusa_il=giorno_locale("conclusa_il")).filter(QUALI[nome](oggi))


# --- what was counted -------------------------------------------------------------------------------------------


@dataclass
class Conteggio:
    """The figures of one group. durate: days → how many were answered in them; attese: days → how many had waited so
    long without an answer (open still, withdrawn, joined)."""

    arrivate: int = 0
    aperte: int = 0
    oltre: int = 0
    in_tempo: int = 0
    tardi: int = 0
    senza_termine: int = 0
    altre: int = 0
    contestate: int = 0
    durate: Counter[int] = field(default_factory=Counter)
    attese: Counter[int] = field(default_factory=Counter)

    def aggiungi(self, classe: str, giorni: int, contestata: bool, quante: int) -> None:
        """So many cases of this class (a name of QUALI, "oltre" within "aperte"), after so many days."""
        self.arrivate += quante
        self.contestate += quante if contestata else 0
        setattr(self, classe, getattr(self, classe) + quante)
        if classe == "oltre":
            self.aperte += quante
        dove = self.durate if classe in ("in_tempo", "tardi", "senza_termine") else self.attese
        dove[max(giorni, 0)] += quante

    @property
    def chiuse(self) -> int:
        """Answered."""
        return self.in_tempo + self.tardi + self.senza_termine

    @property
    def quota_aperte(self) -> float | None:
        """Of those arrived, how many wait still: 0 to 100; None for none arrived."""
        return 100 * self.aperte / self.arrivate if self.arrivate else None

    @property
    def quota_in_tempo(self) -> float | None:
        """Of those answered that had a term, how many within it: 0 to 100."""
        con_termine = self.in_tempo + self.tardi
        return 100 * self.in_tempo / con_termine if con_termine else None

    @property
    def mediana(self) -> int | None:
        """Days within which half of the answered were."""
        return self.percentile(50)

    @property
    def p90(self) -> int | None:
        """Days within which nine out of ten of the answered were."""
        return self.percentile(90)

    def percentile(self, quanto: int) -> int | None:
        """The fewest days within which at least `quanto` per cent of the answered were (nearest rank)."""
        mancano = -(-self.chiuse * quanto // 100)
        for giorni in sorted(self.durate):
            mancano -= self.durate[giorni]
            if mancano <= 0:
                return giorni
        return None

    def risposte_entro(self, giorni: int) -> float | None:
        """Out of 100 that arrive, how many have an answer after so many days, those who still wait counted too.

        Kaplan–Meier. None for none arrived, and where nobody has been waiting that long yet.
        """
        if not self.arrivate or (self.aperte and max([*self.durate, *self.attese], default=0) < giorni):
            return None
        restano, senza = self.arrivate, 1.0
        for giorno in sorted({*self.durate, *self.attese}):
            if giorno > giorni:
                break
            senza *= 1 - self.durate[giorno] / restano
            restano -= self.durate[giorno] + self.attese[giorno]
        return 100 * (1 - senza)

    def somma(self, altro: Conteggio) -> None:
        """Adds the figures of another group, of other cases."""
        for nome in ("arrivate", "aperte", "oltre", "in_tempo", "tardi", "senza_termine", "altre", "contestate"):
            setattr(self, nome, getattr(self, nome) + getattr(altro, nome))
        self.durate.update(altro.durate)
        self.attese.update(altro.attese)
