"""By which words a case is found, and by whom. Whoever changes words of a case calls `indicizza` in the same
transaction: the steps do (segnalazioni.actions.passi), and so must whoever covers, corrects or removes words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.ricerca import Documento, Domanda
from segnalazioni.models import ParoleNota, Passaggio, Ricercabile, Segnalazione
from segnalazioni.models.passaggio import PASSI_INTERNI
from segnalazioni.workflow import NASCOSTE

# Of what words find, the newest so many are shown: who wants others adds a word, or goes back by date. At 100,000 cases
# these come in 10 to 20 ms from whichever index is the shorter way; all that a common word finds would take ten times.
TETTO_TROVATE = 200
A_VOLTA = 500  # cases of one batch

# passo, ente, testo, nota, prova: what a step says.
Detto = tuple[str, str, str, str, str]


def pubbliche_con(domanda: Domanda) -> list[int]:
    """Keys of the public cases that hold all these words, newest first; one more than TETTO_TROVATE says that there are
    others. One query."""
    trovate = Segnalazione.objects.pubbliche().filter(ricercabile__pubbliche__trova=domanda)
    return list(trovate.order_by("-confermata_il", "-pk").values_list("pk", flat=True)[: TETTO_TROVATE + 1])


def indicizza(*casi: Segnalazione) -> None:
    """Makes the words of these cases searchable as they are now in the database: three queries, however many."""
    detti: dict[int, list[Detto]] = defaultdict(list)
    # The newest first: should the words be too many, the oldest are the ones left out.
    passi: Any = Passaggio.objects.filter(segnalazione__in=casi).order_by("segnalazione", "-numero")
    for chiave, *detto in passi.values_list(
        "segnalazione_id", "passo", "ente", "parole__testo", "parole__nota", "parole__prova"
    ):
        detti[chiave].append(tuple(parola or "" for parola in detto))  # type: ignore[arg-type]
    note = ParoleNota.objects.filter(nota__segnalazione__in=casi, nota__correzione__isnull=True).order_by("-pk")
    for chiave, testo in note.values_list("nota__segnalazione_id", "testo"):
        detti[chiave].append(("", "", "", testo, ""))
    scrivi(casi, detti)


def scrivi(casi: Iterable[Segnalazione], detti: Mapping[int, Sequence[Detto]]) -> None:
    """`indicizza`, where what was said is known: one query. detti: by key of the case; missing, nothing was."""
    righe = [Ricercabile(segnalazione=caso, **documenti(caso, detti.get(caso.pk, ()))) for caso in casi]
    Ricercabile.objects.bulk_create(
        righe, update_conflicts=True, unique_fields=["segnalazione"], update_fields=["pubbliche", "tutte"]
    )


def documenti(caso: Any, detti: Sequence[Detto]) -> dict[str, Documento]:
    """The two columns of Ricercabile. caso: with contributo__quartiere and categoria__madre; also a migration's."""
    if caso.stato in NASCOSTE:
        return {"pubbliche": Documento(), "tutte": Documento()}
    pubbliche = [caso.titolo, caso.testo, *_attorno(caso)]
    interne: list[str] = []
    # Emptied by retention: the words of its steps go in the same turn, and are not to be found before.
    for passo, ente, testo, nota, prova in () if caso.svuotata_il else detti:
        (interne if passo in PASSI_INTERNI else pubbliche).extend((testo, ente))
        interne.extend((nota, prova))
    return {"pubbliche": Documento.di(pubbliche), "tutte": Documento.di([*pubbliche, *interne])}


def _attorno(caso: Any) -> list[str]:
    """Place, category, answers, number: what the page shows beside the words."""
    quartiere, categoria = caso.contributo.quartiere, caso.categoria
    return [
        caso.indirizzo,
        caso.luogo_a_parole,
        quartiere.nome if quartiere else "",
        categoria.nome,
        categoria.madre.nome if categoria.madre else "",
        *(str(risposta) for risposta in caso.risposte.values()),
        caso.contributo.codice,
    ]
