"""Geometry of the charts: everything in per cent or pixels, as text, so that no language writes it with a comma."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from segnalazioni.statistiche import Conteggio, Pareri

PASSO = 42  # pixels of one row
NOME_MASSIMO = 30  # characters
FINO_A = 90  # days that the curve shows
# Parts of a bar: the figure, its fill; patterns say the same as the colour.
COLORI = {"in_tempo": "#186b4b", "senza_termine": "#8fbfa7", "tardi": "url(#m-parte)", "aperte": "#c48a14",
          "oltre": "#9a3412", "altre": "#b9bfc4", "contenti": "#186b4b", "tiepidi": "#c48a14",
          "scontenti": "url(#m-manca)", "muti": "#b9bfc4"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Barra:
    """One row of bars: y of its words and of its bar; pezzi: (x, width, fill)."""

    nome: str
    detto: str
    y: str
    y_barra: str
    pezzi: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Durata:
    """One row of times: median and nine out of ten on one scale, the share still open on another."""

    nome: str
    detto: str
    y: str
    y_barra: str
    y_giu: str
    mediana: str
    p90: str
    quota: str
    largo: str
    aperte: str


@dataclass(frozen=True, slots=True)
class Grafico:
    """altezza: pixels; assi: (place, word) under the drawing; punti: of the curve."""

    altezza: int
    righe: Sequence[Barra | Durata] = field(default_factory=list)
    assi: list[tuple[str, str]] = field(default_factory=list)
    punti: str = ""


def _n(valore: float) -> str:
    return f"{valore:.2f}".rstrip("0").rstrip(".")


def _corto(nome: str) -> str:
    return nome if len(nome) <= NOME_MASSIMO else f"{nome[: NOME_MASSIMO - 1].rstrip()}…"


def barre(righe: Sequence[tuple[str, Conteggio | Pareri, str]], parti: Sequence[str]) -> Grafico:
    """Stacked bars, one for each (name, figures, words at the right), on the scale of the longest."""
    tutti = [_parti(conteggio, parti) for _nome, conteggio, _detto in righe]
    massimo = max([sum(valori) for valori in tutti], default=0) or 1
    disegnate = []
    for n, ((nome, _conteggio, detto), valori) in enumerate(zip(righe, tutti, strict=True)):
        pezzi, x = [], 0.0
        for quale, valore in zip(parti, valori, strict=True):
            largo = 100 * valore / massimo
            if valore:
                pezzi.append((_n(x), _n(largo), COLORI[quale]))
            x += largo
        disegnate.append(Barra(_corto(nome), detto, _n(n * PASSO + 16), _n(n * PASSO + 22), pezzi))
    return Grafico(max(1, len(righe)) * PASSO, disegnate)


def _parti(conteggio: Any, parti: Sequence[str]) -> list[int]:
    # The late are among the open: drawn once.
    return [
        conteggio.aperte - conteggio.oltre if quale == "aperte" and "oltre" in parti else getattr(conteggio, quale)
        for quale in parti
    ]


def durate(righe: Sequence[tuple[str, Conteggio]]) -> Grafico:
    """Median and nine out of ten, with the share still open beside: the first alone would flatter."""
    massimo = max([c.p90 or 0 for _n, c in righe], default=0) or 1
    scala = next(s for s in (5, 10, 15, 30, 45, 60, 90, 120, 180, 365, 10**6) if s >= massimo)
    disegnate = []
    for n, (nome, c) in enumerate(righe):
        mediana, p90 = c.mediana, c.p90
        disegnate.append(
            Durata(
                nome=_corto(nome),
                detto=_("%(a)d e %(b)d") % {"a": mediana, "b": p90} if mediana is not None else _("nessuna chiusa"),
                y=_n(n * PASSO + 16),
                y_barra=_n(n * PASSO + 29),
                y_giu=_n(n * PASSO + 22),
                mediana="" if mediana is None else _n(62 * mediana / scala),
                p90="" if p90 is None else _n(62 * p90 / scala),
                quota=percento(c.quota_aperte),
                largo=_n(28 * c.aperte / c.arrivate) if c.arrivate else "0",
                aperte=_("%(n)d su %(t)d") % {"n": c.aperte, "t": c.arrivate},
            )
        )
    assi = [(_n(62 * k / 3), str(round(scala * k / 3))) for k in range(4)]
    return Grafico(max(1, len(righe)) * PASSO + 24, disegnate, assi)


def curva(totale: Conteggio) -> Grafico:
    """How many have an answer after so many days, as the points of a stepped line; as far as anybody has waited."""
    punti, y = [], 0.0
    for giorno in range(FINO_A + 1):
        entro = totale.risposte_entro(giorno)
        if entro is None:
            break
        x = 100 * giorno / FINO_A
        punti += [(x, y), (x, entro)]
        y = entro
    return Grafico(220, punti=" ".join(f"{_n(x)},{_n(100 - alto)}" for x, alto in punti))


def percento(valore: float | None) -> str:
    """ "62%"; a dash for what cannot be said."""
    return "–" if valore is None else f"{round(valore)}%"
