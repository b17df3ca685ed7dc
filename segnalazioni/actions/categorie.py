"""The taxonomy of reports: what it says is kept in step with a file, who answers is left to the staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.db import transaction

from segnalazioni.models import Categoria, Domanda
from segnalazioni.termini import TipoTermine


@dataclass(frozen=True, slots=True)
class VoceCategoria:
    """One group (madre "") or category as a file says it; every field but `madre` has the name of its column."""

    codice: str
    nome: str
    madre: str = ""
    ordine: int = 0
    tipo_termine: str = TipoTermine.SERVIZIO
    giorni: int = 30
    urgente: bool = False
    luogo_obbligatorio: bool = True
    foto_consigliata: bool = True
    pubblica: bool = True
    anonima: bool = True
    domande: list[Domanda] = field(default_factory=list)
    parole: list[str] = field(default_factory=list)
    competenze: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Conteggio:
    """How many categories an update has made, changed, switched off and left as they were."""

    nuove: int = 0
    cambiate: int = 0
    disattivate: int = 0
    uguali: int = 0


@transaction.atomic
def importa_categorie(voci: Iterable[VoceCategoria]) -> Conteggio:
    """Brings the taxonomy in step with `voci`, groups before their categories. Twice the same changes nothing.

    Reports keep pointing at their category, so none is deleted: those that are gone are switched off. The office
    that answers, and whatever else the staff has chosen (Categoria.scelte_qui), is never touched.
    Raises KeyError when a category names a group that does not come before it.
    """
    ci_sono = {c.codice: c for c in Categoria.objects.select_for_update(of=("self",)).select_related("madre")}
    conteggio = Conteggio()
    viste, gruppi = set(), set()
    for voce in voci:
        viste.add(voce.codice)
        campi = asdict(voce) | {"madre": ci_sono[voce.madre] if voce.madre else None, "attiva": True}
        categoria = ci_sono.get(voce.codice)
        if categoria is None:
            (ci_sono[voce.codice],) = Categoria.objects.bulk_create([Categoria(**campi)])
            gruppi.add(_gruppo(ci_sono[voce.codice]))
            conteggio.nuove += 1
        elif _cambia(categoria, campi):
            gruppi.add(_gruppo(categoria))
            conteggio.cambiate += 1
        else:
            conteggio.uguali += 1
    sparite = [c for c in ci_sono.values() if c.attiva and c.codice not in viste]
    conteggio.disattivate = Categoria.objects.filter(pk__in=[c.pk for c in sparite]).update(attiva=False)
    # Nothing so far has been saved one by one: who follows a group that is saved follows its categories too, at once.
    for gruppo in Categoria.objects.filter(pk__in=gruppi.union(map(_gruppo, sparite))).order_by("pk"):
        gruppo.save(update_fields=["nome"])
    return conteggio


def _gruppo(categoria: Categoria) -> int:
    return categoria.madre_id or categoria.pk


def _cambia(categoria: Categoria, campi: dict[str, object]) -> bool:
    liberi = {nome: valore for nome, valore in campi.items() if nome not in categoria.scelte_qui}
    diversi = [nome for nome, valore in liberi.items() if getattr(categoria, nome) != valore]
    for nome in diversi:
        setattr(categoria, nome, campi[nome])
    if diversi:
        Categoria.objects.bulk_update([categoria], diversi)
    return bool(diversi)
