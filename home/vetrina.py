"""What the home page shows of the reports: figures that are lists, and what became of the last ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segnalazioni.actions import titolo_di
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import Stato

QUANTE_VOCI = 3


@dataclass(frozen=True, slots=True)
class Numero:
    """A figure and the list it counts, as components/numeri.html wants it."""

    numero: int
    testo: str
    url: str
    classe: str = ""


@dataclass(frozen=True, slots=True)
class Voce:
    """A report with its answer: the citizen's words, the office's, and where to read all of it."""

    parole: str
    risposta: str
    dove: str
    ufficio: str
    quando: datetime
    url: str


def numeri() -> list[Numero]:
    """The figures of the moment. One query; each is exactly the length of the list it opens."""
    conti = Segnalazione.objects.numeri_pubblici()
    elenco = reverse("segnalazioni:elenco")
    aperte, risolte, tardi = conti["aperte"], conti["risolte"], conti["in_ritardo"]
    return [
        Numero(aperte, ngettext("segnalazione aperta", "segnalazioni aperte", aperte), f"{elenco}?stato=aperte"),
        Numero(
            risolte,
            ngettext("risolta negli ultimi 7 giorni", "risolte negli ultimi 7 giorni", risolte),
            f"{elenco}?stato=risolte_settimana",
        ),
        Numero(tardi, _("oltre il termine"), f"{elenco}?stato=in_ritardo", "tardi" if tardi else ""),
    ]


def voci(quante: int = QUANTE_VOCI) -> list[Voce]:
    """The public reports resolved last, newest first. Those imported have no words of their own and stay out."""
    risolte = Segnalazione.objects.pubbliche().filter(stato__in=[Stato.RISOLTA, Stato.CHIUSA], fonte="")
    passi = (
        Passaggio.objects.filter(passo="risolvi", segnalazione__in=risolte)
        .exclude(parole__testo="")
        .select_related("parole", "ufficio", "segnalazione__contributo__quartiere")
        .order_by("-created_at", "-pk")
    )
    return [_voce(passaggio) for passaggio in passi[:quante]]


def _voce(passaggio: Passaggio) -> Voce:
    caso = passaggio.segnalazione
    quartiere = caso.contributo.quartiere
    return Voce(
        parole=caso.titolo,
        risposta=titolo_di(passaggio.parole.testo),
        dove=" · ".join(filter(None, [quartiere.nome if quartiere else "", caso.codice])),
        ufficio=passaggio.ufficio.nome if passaggio.ufficio else _("Comune di Lucca"),
        quando=passaggio.created_at,
        url=caso.url(),
    )
