"""Things that break, and things mended: one function per picture of the demonstration."""

from __future__ import annotations

from math import cos, pi, sin

from segnalazioni.demo.disegni.scene import ASFALTO, CORDOLO, lastre, muro, notte, prato, strada
from segnalazioni.demo.disegni.tela import ALTA, LARGA, Tela

FERRO, LEGNO, NERO, BIANCO, ACQUA = "#3d4348", "#9a6b43", "#23272b", "#f2f0ea", "#8db4c9"


# --- road -------------------------------------------------------------------------------------------------


def buca(t: Tela) -> None:
    """A hole with its cracks."""
    strada(t)
    for _crepa in range(7):
        giro = t.caso.uniform(0, 2 * pi)
        t.linea([(400, 500), (400 + 250 * cos(giro), 500 + 70 * sin(giro))], "#4b4f53", 3)
    t.macchia(400, 500, 165, 56, "#7a7d80")
    t.macchia(400, 503, 140, 44, "#2f3235")
    t.macchia(420, 508, 92, 26, "#1f2123")


def strada_a_posto(t: Tela) -> None:
    """New asphalt where the hole was."""
    strada(t)
    t.rettangolo(215, 448, 370, 104, "#45494d", 6)


def strisce(t: Tela, *, sbiadite: bool = True) -> None:
    """A zebra crossing, worn or new."""
    strada(t)
    for numero in range(8):
        x = 60 + numero * 92
        t.poligono([(x, 410), (x + 48, 410), (x + 34, 590), (x - 22, 590)], "#73777b" if sbiadite else BIANCO)
        if sbiadite:
            for _resto in range(5):
                t.macchia(x + t.caso.uniform(-8, 36), t.caso.uniform(420, 580), 12, 7, "#b5b7b8", 8)


def strisce_nuove(t: Tela) -> None:
    """Freshly painted."""
    strisce(t, sbiadite=False)


def cartello(t: Tela) -> None:
    """A stop sign that a lorry has knocked down."""
    strada(t)
    t.linea([(250, 380), (560, 520)], "#9aa0a5", 12)
    punti = [(600 + 70 * cos(pi / 8 + n * pi / 4), 530 + 46 * sin(pi / 8 + n * pi / 4)) for n in range(8)]
    t.poligono(punti, "#b3261e")
    t.rettangolo(556, 522, 88, 14, BIANCO)
    t.rettangolo(232, 372, 36, 18, "#8d8577", 4)


def semaforo(t: Tela) -> None:
    """A traffic light with no light."""
    strada(t)
    t.rettangolo(392, 200, 16, 260, FERRO)
    t.rettangolo(350, 90, 100, 236, NERO, 16)
    for y, colore in ((134, "#4a2422"), (208, "#4a4122"), (282, "#22402c")):
        t.ellisse(400, y, 30, 30, colore)


def parapetto(t: Tela) -> None:
    """A little bridge with a gap in its railing."""
    prato(t)
    t.rettangolo(0, 440, LARGA, 160, ACQUA)
    t.poligono([(0, 400), (LARGA, 400), (LARGA, 470), (0, 470)], "#b9b0a0")
    for x in range(20, LARGA, 66):
        if not 330 < x < 500:
            t.rettangolo(x, 320, 14, 84, "#a39a8a")
    t.rettangolo(0, 312, 330, 16, "#a39a8a")
    t.rettangolo(500, 312, 300, 16, "#a39a8a")
    t.poligono([(330, 312), (352, 330), (330, 328)], "#8d8474")


def pavimento(t: Tela) -> None:
    """Slabs that have risen."""
    lastre(t, 4)


def pavimento_a_posto(t: Tela) -> None:
    """Slabs that lie."""
    lastre(t, 0)


def scivolo(t: Tela) -> None:
    """A kerb where a ramp should be."""
    lastre(t, 0)
    t.rettangolo(0, 470, LARGA, 66, CORDOLO)
    t.rettangolo(0, 528, LARGA, 10, "#a79f90")
    for numero in range(6):
        t.rettangolo(120 + numero * 100, 548, 54, 52, BIANCO)


def pozza(t: Tela) -> None:
    """Water that comes out of the road."""
    strada(t)
    t.macchia(400, 500, 300, 62, "#7fa3b5", 22)
    t.macchia(380, 496, 230, 42, ACQUA, 22)
    for raggio in (24, 46, 70):
        t.ellisse(410, 492, raggio, raggio * 0.28, "#a9cbdb")
        t.ellisse(410, 492, raggio - 5, raggio * 0.28 - 3, ACQUA)


def caditoia(t: Tela, *, piena: bool = True) -> None:
    """A drain, full of earth or clean."""
    strada(t)
    t.rettangolo(290, 440, 220, 96, "#33373b", 6)
    for numero in range(8):
        t.rettangolo(304 + numero * 25, 452, 11, 72, "#15181a")
    if piena:
        t.macchia(400, 492, 124, 44, "#6a4f35", 20)
        for _foglia in range(24):
            t.macchia(t.caso.uniform(290, 510), t.caso.uniform(440, 540), 13, 7, t.caso.choice(FOGLIE), 7)


def caditoia_pulita(t: Tela) -> None:
    """It takes water again."""
    caditoia(t, piena=False)


# --- light ------------------------------------------------------------------------------------------------


def _palo(t: Tela, x: float, *, acceso: bool, alto: float = 300) -> None:
    t.rettangolo(x - 6, 400 - alto, 12, alto, "#59616b")
    t.linea([(x, 404 - alto), (x + 54, 396 - alto)], "#59616b", 8)
    t.poligono(
        [(x + 34, 394 - alto), (x + 84, 394 - alto), (x + 74, 416 - alto), (x + 44, 416 - alto)],
        "#ffe9a8" if acceso else "#3b424d",
    )


def lampione(t: Tela) -> None:
    """A lamp that is out."""
    notte(t)
    _palo(t, 380, acceso=False)


def lampioni(t: Tela) -> None:
    """A whole row that is out."""
    notte(t)
    for x, alto in ((120, 300), (330, 270), (500, 240), (630, 215)):
        _palo(t, x, acceso=False, alto=alto)


def lampione_acceso(t: Tela) -> None:
    """Light again."""
    notte(t)
    t.alone(440, 130, 210, "#ffdf8c", 120)
    t.alone(440, 430, 240, "#8f8360", 90)
    _palo(t, 380, acceso=True)


def palo(t: Tela) -> None:
    """A bent pole with its hatch open."""
    strada(t)
    t.linea([(420, 400), (412, 270), (340, 110)], "#6b7279", 16)
    t.rettangolo(404, 300, 34, 56, NERO, 3)
    for colore, x in (("#b3261e", 412), ("#2f6db3", 420), ("#c9a227", 428)):
        t.linea([(x, 322), (x + t.caso.uniform(8, 26), 368)], colore, 4)
    t.poligono([(438, 300), (470, 310), (470, 360), (438, 356)], "#8a9198")


# --- refuse -----------------------------------------------------------------------------------------------

FOGLIE = ("#c2772e", "#a85a24", "#d9a441", "#8f6b2e", "#b8442c")


def sacchi(t: Tela) -> None:
    """Black bags on a lawn."""
    prato(t)
    for numero in range(7):
        x, y = 220 + numero * 62 + t.caso.uniform(-14, 14), 470 + t.caso.uniform(-34, 40)
        t.macchia(x, y, 56, 48, "#23262a" if numero % 2 else "#2c3035", 12)
        t.poligono([(x - 10, y - 44), (x + 10, y - 44), (x, y - 66)], "#23262a")


def materasso(t: Tela) -> None:
    """A mattress and a cupboard by the bins."""
    strada(t)
    t.rettangolo(560, 250, 130, 140, "#4f7a63", 10)
    t.poligono([(130, 380), (180, 220), (390, 250), (370, 400)], "#e8e2d6")
    for numero in range(4):
        t.linea([(160 + numero * 54, 380), (196 + numero * 50, 240)], "#c9c0b0", 3)
    t.rettangolo(400, 260, 120, 138, LEGNO)
    t.rettangolo(408, 270, 50, 120, "#82582f")
    t.rettangolo(464, 270, 50, 120, "#82582f")


def pulito(t: Tela) -> None:
    """The same street with nothing on it."""
    strada(t)


def cestino(t: Tela, *, a_terra: bool = True) -> None:
    """A litter bin, on the ground or on its pole."""
    strada(t)
    t.rettangolo(300, 190, 12, 200, FERRO)
    if not a_terra:
        t.poligono([(268, 250), (344, 250), (334, 350), (278, 350)], "#3f6b52")
        t.rettangolo(262, 240, 88, 14, "#2f5240", 4)
        return
    t.poligono([(380, 430), (480, 410), (496, 486), (396, 500)], "#3f6b52")
    t.ellisse(488, 448, 14, 38, NERO)
    for _carta in range(9):
        t.macchia(t.caso.uniform(500, 720), t.caso.uniform(420, 570), 16, 10, t.caso.choice((BIANCO, "#d8cfa8")), 6)


def cestino_nuovo(t: Tela) -> None:
    """Back on its pole."""
    cestino(t, a_terra=False)


def foglie(t: Tela) -> None:
    """A pavement under leaves."""
    strada(t)
    for _foglia in range(260):
        t.macchia(t.caso.uniform(0, LARGA), t.caso.uniform(335, 470), 13, 7, t.caso.choice(FOGLIE), 7)


# --- green ------------------------------------------------------------------------------------------------


def erba(t: Tela, *, alta: bool = True) -> None:
    """A lawn with its bench, overgrown or cut."""
    prato(t)
    _panchina(t, 430)
    if alta:
        for x in range(-10, LARGA, 7):
            cima = t.caso.uniform(330, 430)
            t.poligono([(x, ALTA), (x + 10, ALTA), (x + t.caso.uniform(-16, 20), cima)], t.caso.choice(VERDI))


VERDI = ("#5f8a3f", "#6f9a4a", "#527a36", "#7fa65a")


def prato_tagliato(t: Tela) -> None:
    """Cut, in stripes."""
    erba(t, alta=False)
    for numero in range(5):
        t.poligono([(numero * 180, 480), (numero * 180 + 80, 480), (numero * 190 - 60, 600)], "#8cb367")


CHIOME = ("#4c7d4a", "#3f6b3d", "#5b8f55")


def siepe(t: Tela) -> None:
    """A hedge that has taken the pavement."""
    strada(t)
    t.rettangolo(0, 210, 430, 180, "#3f6b3d")
    for _ciuffo in range(46):
        t.macchia(t.caso.uniform(0, 470), t.caso.uniform(200, 400), 38, 30, t.caso.choice(CHIOME))


def ramo(t: Tela) -> None:
    """A broken branch that hangs."""
    strada(t)
    t.rettangolo(170, 120, 52, 280, "#6b4a32")
    for x, y in ((110, 90), (200, 50), (290, 100), (200, 130)):
        t.macchia(x, y, 100, 66, "#4c7d4a", 18)
    t.linea([(220, 200), (400, 210), (520, 400)], "#6b4a32", 20)
    t.poligono([(394, 196), (420, 190), (410, 222)], "#d9b58a")
    t.macchia(530, 400, 90, 54, "#5b8f55", 18)


def _panchina(t: Tela, y: float, *, assi: tuple[int, ...] = (0, 1, 2, 3, 4)) -> None:
    for x in (240, 540):
        t.rettangolo(x, y - 96, 16, 130, FERRO)
    for asse in assi:
        alto = y - 92 + asse * 24 if asse < 3 else y - 16 + (asse - 3) * 22
        t.rettangolo(210, alto, 380, 16, LEGNO, 3)


def panchina(t: Tela) -> None:
    """Two boards are missing."""
    prato(t)
    _panchina(t, 470, assi=(0, 2, 4))
    t.poligono([(300, 520), (480, 548), (476, 562), (296, 534)], LEGNO)


def panchina_nuova(t: Tela) -> None:
    """All its boards."""
    prato(t)
    _panchina(t, 470)


def altalena(t: Tela, *, rotta: bool = True) -> None:
    """Two swings; one may hang by a chain."""
    prato(t)
    for x in (190, 610):
        t.linea([(x - 46, 500), (x, 170)], "#b3403a", 12)
        t.linea([(x + 46, 500), (x, 170)], "#b3403a", 12)
    t.linea([(190, 174), (610, 174)], "#b3403a", 12)
    for x in (310, 490):
        storta = rotta and x == 490
        t.linea([(x - 36, 180), (x - 36, 400)], FERRO, 4)
        t.linea([(x + 36, 180), (x + 36, 290 if storta else 400)], FERRO, 4)
        sedile = [(x - 46, 396), (x - 30, 396), (x - 16, 480), (x - 34, 480)]
        t.poligono(sedile if storta else [(x - 46, 396), (x + 46, 396), (x + 46, 412), (x - 46, 412)], "#2f6db3")


def altalena_nuova(t: Tela) -> None:
    """Both swing."""
    altalena(t, rotta=False)


# --- walls, cars ------------------------------------------------------------------------------------------


def scritta(t: Tela) -> None:
    """A scribble of no meaning on brick."""
    muro(t)
    for colore, y in (("#2f6db3", 200), ("#e6e0d5", 290)):
        punti = [(120 + n * 28, y + t.caso.uniform(-56, 56)) for n in range(20)]
        t.linea(punti, colore, 14)


def auto(t: Tela) -> None:
    """A car on the pavement."""
    strada(t)
    colore = t.caso.choice(("#8a3b34", "#5c7186", "#b9b2a3"))
    t.poligono([(250, 330), (310, 268), (480, 268), (548, 330)], "#9fb4bf")
    t.poligono([(240, 330), (304, 262), (486, 262), (558, 330)], colore)
    t.poligono([(272, 326), (316, 278), (388, 278), (388, 326)], "#c3d5de")
    t.poligono([(402, 326), (402, 278), (474, 278), (520, 326)], "#c3d5de")
    t.rettangolo(196, 322, 410, 62, colore, 18)
    for x in (280, 520):
        t.ellisse(x, 386, 36, 36, NERO)
        t.ellisse(x, 386, 16, 16, "#9aa0a5")


def cornicione(t: Tela) -> None:
    """A cornice that comes down in pieces."""
    t.rettangolo(0, 0, LARGA, 90, "#cfe3ef")
    t.rettangolo(0, 90, LARGA, 420, "#e3b778")
    t.rettangolo(0, 76, LARGA, 40, "#c9a36b")
    t.poligono([(360, 76), (520, 76), (496, 104), (470, 96), (440, 116), (396, 100)], "#e3b778")
    t.linea([(430, 116), (450, 190), (420, 250), (446, 320)], "#a9834f", 4)
    for x in (120, 600):
        t.rettangolo(x, 210, 90, 150, "#6d8594", 3)
    t.rettangolo(0, 510, LARGA, 90, ASFALTO)
    for _pezzo in range(12):
        t.macchia(t.caso.uniform(330, 560), t.caso.uniform(508, 560), 20, 13, t.caso.choice(("#c9a36b", "#b08d58")), 7)
