"""The verbs of the territory: take in a boundary, take in places, set out what is known without any file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps as registro_vivo
from django.apps.registry import Apps
from django.db import transaction

from comune.figure import FONTE, LOCALITA, LUOGHI, QUARTIERI, VIE
from comune.models import Confine, Luogo, TipoLuogo, impronta_geometria
from comune.parole import chiave_di, scrivi_numero
from comune.territorio import Territorio, metri, territorio
from core.tempo import adesso

A_VOLTA = 1_000  # rows of one transaction

CAMPI = ("tipo", "nome", "chiave", "via", "numero", "lat", "lon", "quartiere")


@dataclass(frozen=True, slots=True)
class Voce:
    """A place as a source tells it.

    via: of a house number, the fonte_id of its street (same fonte), which comes before it or is already there.
    solo_se_manca: the source knows of this place only by the way (a street, from its numbers): what is already
    there keeps its name, and gets a position only if it has none.
    """

    tipo: TipoLuogo
    nome: str
    fonte: str
    fonte_id: str
    lat: float | None = None
    lon: float | None = None
    via: str = ""
    numero: str = ""
    solo_se_manca: bool = False


@dataclass(slots=True)
class Conto:
    """How many rows were made, changed, and found as they were."""

    creati: int = 0
    cambiati: int = 0
    invariati: int = 0


# --- places -----------------------------------------------------------------------------------------------


def carica_luoghi(voci: Sequence[Voce], *, avanti: Callable[[int], None] = lambda _quanti: None) -> Conto:
    """Makes or corrects the places told, known again by (fonte, fonte_id); calls `avanti` with how many are done.

    One transaction per thousand: who is interrupted runs it again. A source that says no position leaves the one
    there is. Each (fonte, fonte_id) at most once. Raises KeyError for a house number whose street is nowhere.
    """
    conto = Conto()
    qui = territorio()
    nomi, civici = [v for v in voci if not v.via], [v for v in voci if v.via]
    for gruppo in (nomi, civici):  # streets before their numbers
        for inizio in range(0, len(gruppo), A_VOLTA):
            manciata = gruppo[inizio : inizio + A_VOLTA]
            with transaction.atomic():
                _carica(manciata, qui, conto)
            avanti(len(manciata))
    return conto


def _carica(voci: Sequence[Voce], qui: Territorio, conto: Conto) -> None:
    gia = _per_fonte((v.fonte, v.fonte_id) for v in voci)
    vie = _per_fonte((v.fonte, v.via) for v in voci if v.via)
    nuovi: list[Luogo] = []
    cambiati: list[Luogo] = []
    rinominate: list[Luogo] = []
    for voce in voci:
        luogo = gia.get((voce.fonte, voce.fonte_id))
        valori = _valori(voce, luogo, vie[(voce.fonte, voce.via)] if voce.via else None, qui)
        if luogo is None:
            nuovi.append(Luogo(fonte=voce.fonte, fonte_id=voce.fonte_id, **valori))
        elif any(getattr(luogo, campo) != valore for campo, valore in valori.items()):
            if luogo.tipo == TipoLuogo.VIA and luogo.nome != valori["nome"]:
                rinominate.append(luogo)
            for campo, valore in valori.items():
                setattr(luogo, campo, valore)
            cambiati.append(luogo)
    # Somebody else may be importing the same file at this moment.
    Luogo.objects.bulk_create(nuovi, update_conflicts=True, unique_fields=["fonte", "fonte_id"], update_fields=CAMPI)
    Luogo.objects.bulk_update(cambiati, CAMPI, batch_size=100)
    _rinomina_civici(rinominate)
    conto.creati += len(nuovi)
    conto.cambiati += len(cambiati)
    conto.invariati += len(voci) - len(nuovi) - len(cambiati)


def _per_fonte(chiavi: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Luogo]:
    numeri: dict[str, set[str]] = defaultdict(set)
    for fonte, fonte_id in chiavi:
        numeri[fonte].add(fonte_id)
    return {
        (fonte, luogo.fonte_id): luogo
        for fonte, suoi in numeri.items()
        for luogo in Luogo.objects.filter(fonte=fonte, fonte_id__in=suoi)
    }


def _valori(voce: Voce, luogo: Luogo | None, via: Luogo | None, qui: Territorio) -> dict[str, Any]:
    """The fields of the row after this source has spoken."""
    nome = f"{via.nome} {scrivi_numero(voce.numero)}" if via else voce.nome
    lat, lon = voce.lat, voce.lon
    if luogo is not None:
        if voce.solo_se_manca:
            nome = luogo.nome
        if lat is None or (voce.solo_se_manca and luogo.lat is not None):
            lat, lon = luogo.lat, luogo.lon
    quartiere = qui.quartiere_di(lat, lon) if lat is not None and lon is not None else None
    return {
        "tipo": voce.tipo,
        "nome": nome,
        "chiave": chiave_di(nome),
        "via_id": via.pk if via else None,
        "numero": voce.numero,
        "lat": lat,
        "lon": lon,
        "quartiere_id": quartiere.pk if quartiere else None,
    }


def _rinomina_civici(vie: Sequence[Luogo]) -> None:
    """House numbers carry the name of their street."""
    civici = list(Luogo.objects.filter(via__in=vie).select_related("via"))
    for civico in civici:
        if civico.via:
            civico.nome = f"{civico.via.nome} {scrivi_numero(civico.numero)}"
            civico.chiave = chiave_di(civico.nome)
    Luogo.objects.bulk_update(civici, ["nome", "chiave"], batch_size=400)


@transaction.atomic
def riassegna_quartieri() -> int:
    """Puts every place into the quartiere where it lies now; answers how many moved.

    For when the boundary or a centre has changed. What citizens have sent keeps the quartiere it had then.
    """
    qui = territorio()
    mosse: dict[int | None, list[int]] = defaultdict(list)
    righe = Luogo.objects.filter(lat__isnull=False, lon__isnull=False)
    for pk, lat, lon, prima in righe.values_list("pk", "lat", "lon", "quartiere_id").iterator():
        quartiere = qui.quartiere_di(lat or 0.0, lon or 0.0)
        dopo = quartiere.pk if quartiere else None
        if dopo != prima:
            mosse[dopo].append(pk)
    for dopo, chi in mosse.items():
        for inizio in range(0, len(chi), A_VOLTA):
            Luogo.objects.filter(pk__in=chi[inizio : inizio + A_VOLTA]).update(quartiere_id=dopo)
    return sum(len(chi) for chi in mosse.values())


# --- the boundary -----------------------------------------------------------------------------------------


@transaction.atomic
def carica_confine(geometria: dict[str, object], *, fonte: str) -> bool:
    """The boundary from now on; the old ones stay as history. False when it is the one in force already.

    geometria: a valid GeoJSON Polygon or MultiPolygon, WGS84 (comune.importatori.confine makes sure).
    """
    ultimo = Confine.objects.first()
    if ultimo and ultimo.impronta == impronta_geometria(geometria) and ultimo.fonte == fonte:
        return False
    Confine.objects.create(fonte=fonte, geometria=geometria, created_at=adesso())
    riassegna_quartieri()
    return True


# --- what is known without any file -----------------------------------------------------------------------


def carica_figure(registro: Apps = registro_vivo) -> None:
    """The quartieri and names of comune.figure. Run again, it mends the names and leaves quartieri as they are.

    registro: a migration passes the models of its own time.
    """
    quartieri = registro.get_model("comune", "Quartiere")._default_manager
    for slug, nome, lat, lon in QUARTIERI:
        quartieri.get_or_create(slug=slug, defaults={"nome": nome, "lat": lat, "lon": lon})
    centri = list(quartieri.all())
    luoghi = registro.get_model("comune", "Luogo")
    righe = [
        luoghi(
            fonte=FONTE,
            fonte_id=f"{tipo.value}:{chiave_di(nome)}",
            tipo=tipo.value,
            nome=nome,
            chiave=chiave_di(nome),
            lat=lat,
            lon=lon,
            quartiere=min(centri, key=lambda q: metri(lat, lon, q.lat, q.lon)),
        )
        for tipo, nome, lat, lon in _nomi_in_figure()
    ]
    luoghi._default_manager.bulk_create(
        righe,
        update_conflicts=True,
        unique_fields=["fonte", "fonte_id"],
        update_fields=["nome", "chiave", "lat", "lon", "quartiere"],
    )


def _nomi_in_figure() -> Iterator[tuple[TipoLuogo, str, float, float]]:
    for tipo, elenco in ((TipoLuogo.LUOGO, LUOGHI), (TipoLuogo.LOCALITA, LOCALITA), (TipoLuogo.VIA, VIE)):
        for nome, lat, lon in elenco:
            yield tipo, nome, lat, lon
