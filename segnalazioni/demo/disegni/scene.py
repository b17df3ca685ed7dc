"""Where things stand: a street by day or by night, a lawn, a wall, a pavement from near."""

from __future__ import annotations

from segnalazioni.demo.disegni.tela import ALTA, LARGA, Tela

CASE = ("#e3b778", "#d89b6a", "#efd9a7", "#c98a63", "#e8c9a0", "#d6a77a")
NOTTURNE = ("#2f3446", "#343a4f", "#2a2f40", "#3a3f55")
PERSIANE, PIETRA, ASFALTO, PRATO, CORDOLO = "#3f6b52", "#cfc7ba", "#5d6166", "#7fa65a", "#e6e0d5"


def _case(t: Tela, colori: tuple[str, ...], finestre: str, fino: float) -> None:
    x = -20.0
    while x < LARGA:
        largo, alto = t.caso.uniform(120, 190), t.caso.uniform(230, 320)
        cima = fino - alto
        t.rettangolo(x, cima, largo, alto, t.caso.choice(colori))
        t.rettangolo(x - 6, cima - 12, largo + 12, 14, "#8c4a32" if colori is CASE else "#1f2431")
        for piano in range(3):
            for posto in range(2):
                fx, fy = x + largo * (0.2 + 0.42 * posto), cima + 26 + piano * 78
                if fy + 48 < fino:
                    t.rettangolo(fx, fy, 30, 46, finestre, 2)
                    t.rettangolo(fx - 12, fy, 11, 46, PERSIANE if colori is CASE else "#22303a")
                    t.rettangolo(fx + 31, fy, 11, 46, PERSIANE if colori is CASE else "#22303a")
        x += largo


def strada(t: Tela) -> None:
    """By day: houses, pavement, road."""
    t.rettangolo(0, 0, LARGA, 330, "#cfe3ef")
    t.ellisse(660, 70, 34, 34, "#f7e4a1")
    _case(t, CASE, "#6d8594", 330)
    t.rettangolo(0, 330, LARGA, 60, PIETRA)
    for x in range(0, LARGA, 64):
        t.linea([(x, 332), (x - 14, 388)], "#bdb4a5", 2)
    t.rettangolo(0, 388, LARGA, 10, CORDOLO)
    t.rettangolo(0, 398, LARGA, ALTA - 398, ASFALTO)


def notte(t: Tela) -> None:
    """The same street in the dark."""
    t.rettangolo(0, 0, LARGA, ALTA, "#171c2b")
    for _stella in range(26):
        t.ellisse(t.caso.uniform(0, LARGA), t.caso.uniform(0, 130), 1.6, 1.6, "#aab4c8")
    _case(t, NOTTURNE, "#232a3b", 350)
    t.rettangolo(0, 350, LARGA, 46, "#2b3040")
    t.rettangolo(0, 396, LARGA, ALTA - 396, "#20242f")


def prato(t: Tela) -> None:
    """Hills, trees, a lawn."""
    t.rettangolo(0, 0, LARGA, 330, "#d5e8f0")
    t.ellisse(180, 340, 320, 130, "#a9c39a")
    t.ellisse(620, 345, 340, 150, "#97b589")
    for x in (70, 200, 690, 770):
        alto = t.caso.uniform(130, 190)
        t.rettangolo(x - 9, 340 - alto * 0.5, 18, alto * 0.55, "#6b4a32")
        t.macchia(x, 330 - alto * 0.75, 62, alto * 0.45, "#4c7d4a", 18)
    t.rettangolo(0, 330, LARGA, ALTA - 330, PRATO)


def muro(t: Tela) -> None:
    """Brick, from near, and the ground before it."""
    t.rettangolo(0, 0, LARGA, ALTA, "#b3654a")
    for fila in range(17):
        for colonna in range(-1, 12):
            x = colonna * 74 + (37 if fila % 2 else 0)
            t.rettangolo(x, fila * 28, 70, 24, t.caso.choice(("#b9694d", "#a95d43", "#c07355", "#b06048")), 2)
    t.rettangolo(0, 470, LARGA, 130, "#a89f8e")


def lastre(t: Tela, sollevate: int) -> None:
    """A pavement seen from above; some slabs have risen."""
    t.rettangolo(0, 0, LARGA, ALTA, "#9c9484")
    fuori = set(t.caso.sample([(c, r) for c in range(2, 6) for r in range(1, 4)], sollevate)) if sollevate else set()
    for riga in range(5):
        for colonna in range(8):
            x, y = colonna * 102 - 6, riga * 104 - 6
            if (colonna, riga) not in fuori:
                t.rettangolo(x, y, 96, 98, t.caso.choice(("#cdc5b6", "#c6bdad", "#d3cbbd")), 3)
                continue
            storto = t.caso.uniform(9, 20)
            t.poligono([(x, y + 10), (x + 96, y - 4), (x + 100, y + 96), (x + 2, y + 104)], "#4c463c")
            t.poligono([(x + storto, y), (x + 104, y + storto), (x + 92, y + 104), (x - 2, y + 90)], "#b9af9e")
    t.rettangolo(0, 520, LARGA, 16, CORDOLO)
    t.rettangolo(0, 536, LARGA, 64, ASFALTO)
