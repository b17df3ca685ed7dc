"""What the rules say of a case, and which offices have already refused it. Reads only: segnalazioni.actions acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.tempo import adesso
from segnalazioni.models import Passaggio, Regola, Segnalazione
from segnalazioni.regole import Fatti, Scelta, scegli


@dataclass(frozen=True, slots=True)
class Rifiuto:
    """An office sent the case back: which, when, with which reason for colleagues, by whom."""

    ufficio_id: int
    ufficio: str
    quando: datetime
    motivo: str
    chi: str


def fatti_di(caso: Segnalazione) -> Fatti:
    """What rules look at. No query when category, group and area are at hand (per_elenco)."""
    categoria, quartiere = caso.categoria, caso.contributo.quartiere
    return Fatti(
        categoria=categoria.codice,
        gruppo=categoria.madre.codice if categoria.madre else "",
        domande=frozenset(domanda["chiave"] for domanda in categoria.domande),
        risposte=caso.risposte,
        quartiere=quartiere.slug if quartiere else "",
        quando=localtime(caso.confermata_il or adesso()),
    )


def rifiuti_di(caso: Segnalazione) -> list[Rifiuto]:
    """The refusals of a case, oldest first, in one query: which office each came from stands on the step before it."""
    rifiuti: list[Rifiuto] = []
    ufficio = None
    passi = Passaggio.objects.filter(segnalazione=caso, passo__in=("assegna", "passa", "rifiuta"))
    for passo in passi.select_related("ufficio", "autore", "parole").order_by("numero"):
        if passo.passo == "rifiuta" and ufficio is not None:
            parole = getattr(passo, "parole", None)  # retention may have removed them
            motivo, chi = parole.nota if parole else "", passo.autore.nome if passo.autore else ""
            rifiuti.append(Rifiuto(ufficio.pk, ufficio.nome, passo.created_at, motivo, chi))
        ufficio = passo.ufficio
    return rifiuti


@dataclass(frozen=True, slots=True)
class Giri:
    """How often a case has gone from hand to hand. uffici: how many different ones have had it."""

    uffici: int
    rifiuti: int


def giri_di(caso: Segnalazione) -> Giri:
    """Counted in one query, from the steps that give a case to an office or send it back."""
    passi = Passaggio.objects.filter(segnalazione=caso, passo__in=("assegna", "passa", "rifiuta"))
    conti = passi.aggregate(
        uffici=Count("ufficio", filter=~Q(passo="rifiuta"), distinct=True),
        rifiuti=Count("pk", filter=Q(passo="rifiuta")),
    )
    return Giri(**conti)


def proposta(caso: Segnalazione, rifiuti: list[Rifiuto]) -> Scelta[Regola]:
    """What the rules would say now, without the offices that have refused. One query."""
    return scegli(Regola.objects.attive(), fatti_di(caso), evita={rifiuto.ufficio_id for rifiuto in rifiuti})


def perche(regola: Regola) -> str:
    """The internal note of a step taken by a rule: which one; its own words say why."""
    frase = _("Assegnata dalla regola %(numero)d, «%(nome)s».") % {"numero": regola.pk, "nome": regola.nome}
    return f"{frase} {regola.nota}".strip()
