"""Taking one's own data away (GDPR art. 15 and 20): asked for now, prepared in the background, fetched for a week."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core.storage import butta_dopo
from core.tempo import adesso
from riservatezza.models import DURA, RichiestaDati, StatoRichiesta
from riservatezza.persone import Persona
from riservatezza.tasks import prepara


@transaction.atomic
def apri_richiesta(persona: Persona) -> RichiestaDati:
    """The page where somebody takes their data away or erases them; a request still open is given again."""
    chi: dict[str, Any] = {"utente": persona.utente} if persona.utente else {"email": persona.email}
    gia = RichiestaDati.objects.valide().filter(**chi).first()
    return gia or RichiestaDati.objects.create(**chi, scade_il=adesso() + DURA, created_at=adesso())


@transaction.atomic
def chiedi_esportazione(richiesta: RichiestaDati) -> RichiestaDati:
    """Has the data prepared, in the background where there is one; asked again, anew."""
    richiesta = RichiestaDati.objects.select_for_update().get(pk=richiesta.pk)
    if richiesta.stato == StatoRichiesta.IN_PREPARAZIONE:
        return richiesta
    butta_il_file(richiesta)
    richiesta.stato, richiesta.fatte, richiesta.tutte = StatoRichiesta.IN_PREPARAZIONE, 0, 0
    richiesta.scade_il = adesso() + DURA
    richiesta.save()
    transaction.on_commit(lambda: prepara.delay(richiesta.pk))
    return richiesta


def butta_il_file(richiesta: RichiestaDati) -> None:
    """The file goes once that is certain."""
    if richiesta.file:
        butta_dopo(richiesta.file)
        richiesta.file.name = ""


def butta_le_scadute() -> int:
    """Deletes the requests whose day has passed, files included; answers how many."""
    quante = 0
    for richiesta in RichiestaDati.objects.filter(scade_il__lte=adesso()).order_by("pk"):
        with transaction.atomic():
            butta_il_file(richiesta)
            richiesta.delete()
        quante += 1
    return quante
