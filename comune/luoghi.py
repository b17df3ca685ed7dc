"""Names of places, both ways: from what somebody types to places, from a point to the name of what is near.

Names (places, hamlets, streets) are few thousands and are read whole, through a partial index; house numbers are
tens of thousands and are reached only through their street. So no query looks at them all, and a search for a
street is not flooded with its numbers. The same rows in the same order on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from math import cos, radians

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Collate, Concat, Length
from django.utils.translation import gettext as _

from comune.figure import FONTE
from comune.models import Luogo, TipoLuogo
from comune.parole import MASSIMO, in_parole, senza_esponente
from comune.territorio import METRI_PER_GRADO, metri

CAP = "55100"
SPECIE = frozenset({"via", "viale", "vicolo", "corso", "piazza", "piazzale", "piazzetta", "largo", "strada"})
PAROLE = 12  # words looked at
VIE_CON_NUMERO = 20  # streets in which a house number is looked for
STESSO_LUOGO = 1_000  # metres within which the same name from two sources is the same place
VICINO_VIA = 150  # metres
VICINO_LUOGO = 600


def cerca(testo: str, *, quanti: int = 8) -> list[Luogo]:
    """Places that somebody means by `testo`: the very name first, then names that begin so, then all words anywhere.

    Every word may be the beginning of one. With a house number at the end: the number if we know it, then its
    street. [] for nothing that has letters, or longer than any name (200 characters). With their quartiere.
    """
    if len(testo) > MASSIMO:
        return []
    for parole in _letture(in_parole(testo)[:PAROLE]):
        if trovati := _diversi(_cerca(parole, quanti), quanti):
            return trovati
    return []


def _letture(parole: list[str]) -> Iterator[list[str]]:
    """What was meant: the words as they are; without CAP and city; "santanna" as "san anna"; without "via"."""
    if not parole:
        return
    yield parole
    senza_citta = list(parole)
    while senza_citta and (senza_citta[-1] in ("lucca", "lu", CAP)):
        senza_citta.pop()
    if senza_citta and senza_citta != parole:
        yield senza_citta
    staccate = list(chain.from_iterable(_stacca_santo(p) for p in senza_citta))
    if staccate != senza_citta:
        yield staccate
    if len(staccate) > 1 and staccate[0] in SPECIE:  # "via Garibaldi" is a corso
        yield staccate[1:]


def _stacca_santo(parola: str) -> list[str]:
    resto = parola.removeprefix("sant")
    return ["san", resto] if resto != parola and len(resto) > 2 and resto[0] in "aeiou" else [parola]


def _cerca(parole: list[str], quanti: int) -> list[Luogo]:
    nomi = list(_nomi(parole)[: 3 * quanti])
    if len(parole) < 2 or not parole[-1][0].isdigit():
        return nomi
    esatto = " ".join(parole)
    primi = [nome for nome in nomi if nome.chiave.startswith(esatto)]  # Piazza XX Settembre, while it is typed
    return primi + _con_numero(parole[:-1], parole[-1].lstrip("0"), quanti) + nomi


def _nomi(parole: list[str]) -> QuerySet[Luogo]:
    """Names with all the words, best first. A place whose position we know comes before one that is only a name."""
    intero = " ".join(parole)
    tutte = Q()
    intere = Q()
    for parola in parole:
        tutte &= Q(fra__contains=f" {parola}")
        intere &= Q(fra__contains=f" {parola} ")
    grado = Case(
        When(chiave=intero, then=0),
        When(chiave__startswith=f"{intero} ", then=1),
        When(chiave__startswith=intero, then=2),
        When(intere, then=3),
        default=4,
        output_field=IntegerField(),
    )
    ultimi = Case(When(lat__isnull=True, then=2), When(fonte=FONTE, then=1), default=0, output_field=IntegerField())
    return (
        Luogo.objects.filter(via__isnull=True)
        .alias(fra=Concat(Value(" "), "chiave", Value(" ")))
        .filter(tutte)
        .select_related("quartiere")
        .order_by(grado, Length("chiave"), _in_ordine("chiave"), ultimi, "pk")
    )


def _in_ordine(campo: str) -> Collate:
    """Byte order: what a database sorts by depends on where it was installed."""
    return Collate(F(campo), "C" if connection.vendor == "postgresql" else "BINARY")


def _con_numero(parole: list[str], numero: str, quanti: int) -> list[Luogo]:
    """The house numbers asked for, their streets, and the numbers of the best street that begin so."""
    vie = list(_nomi(parole).filter(tipo=TipoLuogo.VIA)[:VIE_CON_NUMERO])
    if not vie or not numero:
        return vie
    posto = {via.pk: n for n, via in enumerate(vie)}
    civici = Luogo.objects.select_related("quartiere")
    # Without 12/A or 12-14, 12 is as near as we can say.
    detti = sorted(
        civici.filter(via__in=vie, numero__in={numero, senza_esponente(numero)}),
        key=lambda c: (posto[c.via_id or 0], c.numero != numero, c.pk),
    )
    migliori = [via for via in vie if via.chiave == vie[0].chiave]
    simili = sorted(
        civici.filter(via__in=migliori, numero__startswith=numero),
        key=lambda c: (senza_esponente(c.numero) != numero, len(c.numero), c.numero, c.pk),
    )
    return [*detti, *migliori, *simili[: quanti + 1], *vie]


def _diversi(luoghi: Iterable[Luogo], quanti: int) -> list[Luogo]:
    """Without the same place twice: the same row, or the same name from two sources."""
    diversi: list[Luogo] = []
    for luogo in luoghi:
        if not any(_stesso(luogo, altro) for altro in diversi):
            diversi.append(luogo)
        if len(diversi) == quanti:
            break
    return diversi


def _stesso(luogo: Luogo, altro: Luogo) -> bool:
    if luogo.pk == altro.pk:
        return True
    if luogo.chiave != altro.chiave:
        return False
    if luogo.quartiere_id is not None and luogo.quartiere_id == altro.quartiere_id:
        return True  # nobody could tell them apart by what we show
    if luogo.lat is None or luogo.lon is None or altro.lat is None or altro.lon is None:
        return True
    return metri(luogo.lat, luogo.lon, altro.lat, altro.lon) <= STESSO_LUOGO


# --- from a point to a name -------------------------------------------------------------------------------


def descrivi(lat: float, lon: float) -> str:
    """The nearest name we know: "vicino a Porta San Pietro", "vicino a via Elisa 12"; "" when none is near.

    Streets and house numbers count within 150 m, places and hamlets within 600 m.
    """
    vie = _intorno(lat, lon, VICINO_VIA).filter(tipo__in=(TipoLuogo.VIA, TipoLuogo.CIVICO))
    luoghi = _intorno(lat, lon, VICINO_LUOGO).filter(tipo__in=(TipoLuogo.LUOGO, TipoLuogo.LOCALITA))
    vicini: list[tuple[float, bool, str, str]] = []
    for righe, limite in ((vie, VICINO_VIA), (luoghi, VICINO_LUOGO)):
        for tipo, nome, qui_lat, qui_lon in righe.values_list("tipo", "nome", "lat", "lon"):
            quanto = metri(lat, lon, qui_lat or 0.0, qui_lon or 0.0)
            if quanto <= limite:
                # A street stands at one of its numbers: there, the number says more.
                vicini.append((quanto, tipo != TipoLuogo.CIVICO, nome, tipo))
    if not vicini:
        return ""
    nome, tipo = min(vicini)[2:]
    if tipo in (TipoLuogo.VIA, TipoLuogo.CIVICO):
        nome = nome[:1].lower() + nome[1:]
    if nome[:1] in "aA":
        return _("vicino ad %(nome)s") % {"nome": nome}
    return _("vicino a %(nome)s") % {"nome": nome}


def _intorno(lat: float, lon: float, raggio: float) -> QuerySet[Luogo]:
    """Those in the square around the point; half its side is `raggio` metres."""
    alto = raggio / METRI_PER_GRADO
    largo = alto / max(cos(radians(lat)), 0.01)
    return Luogo.objects.filter(lat__range=(lat - alto, lat + alto), lon__range=(lon - largo, lon + largo))
