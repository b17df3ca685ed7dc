"""«Non è del Comune: è di…»: whose it is, why, when and how it was sent there, and how to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from comune.models import Ente
from segnalazioni.models import Passaggio, Segnalazione
from segnalazioni.workflow import DI_ALTRI


@dataclass(frozen=True, slots=True)
class Altrui:
    """Another body that has the case. per_sempre: it is theirs for good, else the Comune only waits for them.

    ente: what we know of the body, None when its name was written by hand.
    """

    nome: str
    per_sempre: bool
    perche: str
    quando: datetime
    prova: str
    ente: Ente | None


def altrui(caso: Segnalazione) -> Altrui | None:
    """Who has the case, when it is not the Comune: two queries; none, and None, for all other cases."""
    if caso.stato not in DI_ALTRI:
        return None
    passaggi = Passaggio.objects.filter(segnalazione=caso, passo__in=("inoltra", "attendi")).select_related("parole")
    ultimo = passaggi.order_by("numero").last()
    if ultimo is None:
        return None
    return _con(ultimo, Ente.objects.all().di_nome(ultimo.ente))


def _con(passaggio: Passaggio, ente: Ente | None) -> Altrui:
    parole = getattr(passaggio, "parole", None)  # retention may have removed them
    return Altrui(
        nome=ente.nome if ente else passaggio.ente,
        per_sempre=passaggio.passo == "inoltra",
        perche=parole.testo if parole else "",
        quando=passaggio.created_at,
        prova=parole.prova if parole else "",
        ente=ente,
    )
