"""To say how clear a page is; to cover words that should not stand there."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from ascolto.models import Contributo, Tipo, Visibilita
from chiarezza.domande import PAROLE_MASSIMO, motivi_per
from chiarezza.models import Giudizio, Oscuramento
from chiarezza.posti import Posto
from core.errors import DomainError
from core.tempo import adesso
from core.testo import pulito

SI_CONTINUA_ENTRO = timedelta(hours=1)


def esprimi(
    posto: Posto, *, visitatore: str, voto: int, motivo: str = "", parole: str = "", finito: bool = True
) -> Giudizio:
    """Keeps an opinion. The stars count at once; until it is `finito`, for an hour, the same visitor may change and
    complete it. A second opinion of the same visitor about the same page changes nothing and is answered alike.

    visitatore: digest of who and which page. A reason that does not go with the stars is left out.
    """
    parti = {
        "voto": voto,
        "motivo": motivo if motivo in motivi_per(voto) else "",
        "parole": pulito(parole)[:PAROLE_MASSIMO],
        "finito_il": adesso() if finito else None,
    }
    try:
        return _nuovo(posto, visitatore, parti)
    except IntegrityError:
        return _continua(visitatore, parti)


@transaction.atomic
def _nuovo(posto: Posto, visitatore: str, parti: dict[str, object]) -> Giudizio:
    contributo = Contributo.objects.create(
        tipo=Tipo.GIUDIZIO, visibilita=Visibilita.PRIVATA, created_at=adesso()
    )  # without an author, whoever is logged in: an opinion is nobody's
    return Giudizio.objects.create(
        contributo=contributo,
        pagina=posto.pagina,
        percorso=posto.percorso,
        sezione=posto.sezione,
        visitatore=visitatore,
        created_at=contributo.created_at,
        **parti,
    )


@transaction.atomic
def _continua(visitatore: str, parti: dict[str, object]) -> Giudizio:
    """The first opinion, changed as long as its author is still at it."""
    giudizio = Giudizio.objects.select_for_update().get(visitatore=visitatore)
    if giudizio.finito_il is None and adesso() - giudizio.created_at < SI_CONTINUA_ENTRO:
        for nome, valore in parti.items():
            setattr(giudizio, nome, valore)
        giudizio.save(update_fields=list(parti))
    return giudizio


@transaction.atomic
def oscura(giudizio: Giudizio, *, operatore: User, motivo: str) -> Oscuramento:
    """Takes the words of an opinion away, for a reason that is written down; its stars go on counting.

    Raises DomainError "niente_da_oscurare" when there is no word (any more).
    """
    bloccato = Giudizio.objects.select_for_update().get(pk=giudizio.pk)
    if not bloccato.parole:
        raise DomainError("niente_da_oscurare", _("Qui non ci sono parole da coprire: forse l’ha già fatto qualcuno."))
    bloccato.parole = ""
    bloccato.save(update_fields=["parole"])
    return Oscuramento.objects.create(giudizio=bloccato, motivo=motivo, autore=operatore, created_at=adesso())
