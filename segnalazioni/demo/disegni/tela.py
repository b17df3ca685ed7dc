"""A sheet to draw on: coordinates of an 800×600 picture, painted at twice the size and made smooth at the end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw, ImageFilter

LARGA, ALTA, FINEZZA = 800, 600, 2
Punto = tuple[float, float]


class Tela:
    """Flat colours, no outlines. `caso` makes two pictures of one thing differ a little, always in the same way."""

    def __init__(self, fondo: str, caso: Random) -> None:
        self.caso = caso
        self._immagine = Image.new("RGB", (LARGA * FINEZZA, ALTA * FINEZZA), fondo)
        self._penna = ImageDraw.Draw(self._immagine)

    def rettangolo(self, x: float, y: float, largo: float, alto: float, colore: str, raggio: float = 0) -> None:
        """From its upper left corner."""
        f = FINEZZA
        self._penna.rounded_rectangle((x * f, y * f, (x + largo) * f, (y + alto) * f), raggio * f, colore)

    def poligono(self, punti: Sequence[Punto], colore: str) -> None:
        """Closed."""
        self._penna.polygon([(x * FINEZZA, y * FINEZZA) for x, y in punti], colore)

    def ellisse(self, x: float, y: float, rx: float, ry: float, colore: str) -> None:
        """From its centre."""
        f = FINEZZA
        self._penna.ellipse(((x - rx) * f, (y - ry) * f, (x + rx) * f, (y + ry) * f), colore)

    def linea(self, punti: Sequence[Punto], colore: str, spessa: float = 4) -> None:
        """Through these points, with round joints."""
        tutti = [(x * FINEZZA, y * FINEZZA) for x, y in punti]
        self._penna.line(tutti, colore, round(spessa * FINEZZA), joint="curve")

    def macchia(self, x: float, y: float, rx: float, ry: float, colore: str, punte: int = 14) -> None:
        """An irregular round thing: a hole, a bush, a puddle."""
        punti = []
        for numero in range(punte):
            giro, lontano = 2 * pi * numero / punte, self.caso.uniform(0.8, 1.12)
            punti.append((x + rx * lontano * cos(giro), y + ry * lontano * sin(giro)))
        self.poligono(punti, colore)

    def alone(self, x: float, y: float, raggio: float, colore: str, quanto: int = 150) -> None:
        """Light around a lamp."""
        maschera = Image.new("L", self._immagine.size, 0)
        f = FINEZZA
        ImageDraw.Draw(maschera).ellipse(
            ((x - raggio) * f, (y - raggio) * f, (x + raggio) * f, (y + raggio) * f), quanto
        )
        piccola = maschera.resize((LARGA // 4, ALTA // 4)).filter(ImageFilter.GaussianBlur(raggio / 10))
        self._immagine.paste(Image.new("RGB", self._immagine.size, colore), mask=piccola.resize(maschera.size))

    def png(self) -> bytes:
        """The picture as a file, as a phone would send it."""
        uscita = io.BytesIO()
        self._immagine.resize((LARGA, ALTA), Image.Resampling.BOX).save(uscita, "PNG", compress_level=1)
        return uscita.getvalue()
