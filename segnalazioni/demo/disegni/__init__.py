"""Pictures of the demonstration, drawn here: what is broken and what it looks like afterwards."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from random import Random

from core.immagini import ImmaginePulita, pulisci
from segnalazioni.demo.disegni import cose
from segnalazioni.demo.disegni.tela import Tela

_DISEGNI: dict[str, Callable[[Tela], None]] = {
    "altalena": cose.altalena,
    "altalena_nuova": cose.altalena_nuova,
    "auto": cose.auto,
    "buca": cose.buca,
    "caditoia": cose.caditoia,
    "caditoia_pulita": cose.caditoia_pulita,
    "cartello": cose.cartello,
    "cestino": cose.cestino,
    "cestino_nuovo": cose.cestino_nuovo,
    "cornicione": cose.cornicione,
    "erba": cose.erba,
    "foglie": cose.foglie,
    "lampione": cose.lampione,
    "lampione_acceso": cose.lampione_acceso,
    "lampioni": cose.lampioni,
    "marciapiede": cose.pavimento,
    "marciapiede_nuovo": cose.pavimento_a_posto,
    "materasso": cose.materasso,
    "palo": cose.palo,
    "panchina": cose.panchina,
    "panchina_nuova": cose.panchina_nuova,
    "parapetto": cose.parapetto,
    "pozza": cose.pozza,
    "prato": cose.prato_tagliato,
    "pulito": cose.pulito,
    "ramo": cose.ramo,
    "sacchi": cose.sacchi,
    "scivolo": cose.scivolo,
    "scritta": cose.scritta,
    "semaforo": cose.semaforo,
    "siepe": cose.siepe,
    "strada": cose.strada_a_posto,
    "strisce": cose.strisce,
    "strisce_nuove": cose.strisce_nuove,
}
NOMI = frozenset(_DISEGNI)
VARIANTI = 2  # pictures of each thing: the same colours of houses would be seen twice at once


@cache
def foto(nome: str, variante: int) -> ImmaginePulita:
    """The picture `nome` as the platform keeps it: drawn, then cleaned like any photo that comes in."""
    tela = Tela("#ffffff", Random(f"{nome} {variante % VARIANTI}"))  # noqa: S311
    _DISEGNI[nome](tela)
    return pulisci(io.BytesIO(tela.png()), nome=f"{nome}.png")
