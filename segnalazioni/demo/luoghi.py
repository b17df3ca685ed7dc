"""Where the stories of the demonstration happen: real names of Lucca, positions from comune.figure."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from comune.figure import LOCALITA, LUOGHI, VIE

GRADI = 0.0006  # how far from the point of a name a story may happen: about 60 m


@dataclass(frozen=True, slots=True)
class Posto:
    """A place in the words that a text needs: "in via Elisa", "a piazza Napoleone", "Via Elisa 12"."""

    in_parole: str
    a_parole: str
    indirizzo: str
    numero: int
    lat: float
    lon: float
    a_occhio: str = ""


_PUNTI = {nome: (lat, lon) for nome, lat, lon in (*LUOGHI, *LOCALITA, *VIE)}

# Words of its own, and the name whose position it has.
_PARCHI = (
    ("nel parco fluviale", "Parco fluviale del Serchio"),
    ("nel giardino di Villa Bottini", "Villa Bottini"),
    ("nel giardino di San Concordio", "San Concordio"),
    ("nel parco giochi di Sant’Anna", "Sant’Anna"),
    ("nel parco giochi di San Vito", "San Vito"),
    ("nel prato di San Marco", "San Marco"),
    ("nei giardini di Piazzale Verdi", "Piazzale Verdi"),
)
_MURA = (
    ("sopra Porta Santa Maria", "Porta Santa Maria"),
    ("sopra Porta San Pietro", "Porta San Pietro"),
    ("fra Porta Elisa e Porta San Jacopo", "Porta Elisa"),
    ("dietro l’Orto Botanico", "Orto Botanico"),
    ("sopra Porta San Donato", "Porta San Donato"),
)
_VICINO = (
    "vicino alla fermata dell’autobus",
    "dopo la chiesa, sulla destra",
    "davanti alla scuola",
    "dietro il campo sportivo",
    "all’incrocio con la strada del cimitero",
    "",
)


def _minuscola(nome: str) -> str:
    return nome[0].lower() + nome[1:]


def scegli(dove: str, caso: Random) -> Posto | None:
    """A place of this kind: via, piazza, localita, porta, parco, mura, "fisso:<name>"; None for "" (nowhere)."""
    if not dove:
        return None
    numero = caso.randrange(2, 160)
    nome, parole, a_parole, occhio = _nome(dove, caso)
    lat, lon = _PUNTI[nome]
    return Posto(
        in_parole=parole,
        a_parole=a_parole,
        indirizzo=f"{nome} {numero}" if dove == "via" else nome,
        numero=numero,
        lat=round(lat + caso.uniform(-GRADI, GRADI), 6),
        lon=round(lon + caso.uniform(-GRADI, GRADI), 6),
        a_occhio=occhio,
    )


def _nome(dove: str, caso: Random) -> tuple[str, str, str, str]:
    """(the name whose position it has, "in …", "a …", a hint in words)."""
    if dove == "via":
        nome = caso.choice(VIE)[0]
        return nome, f"in {_minuscola(nome)}", f"a {_minuscola(nome)}", ""
    if dove == "piazza":
        nome = caso.choice([n for n, _lat, _lon in LUOGHI if n.startswith("Piazza ")])
        return nome, f"in {_minuscola(nome)}", f"a {_minuscola(nome)}", ""
    if dove == "porta":
        nome = caso.choice([n for n, _lat, _lon in LUOGHI if n.startswith("Porta ")])
        return nome, f"a {nome}", f"a {nome}", ""
    if dove in ("parco", "mura"):
        parole, nome = caso.choice(_PARCHI if dove == "parco" else _MURA)
        return nome, parole, parole, ""
    if dove == "localita":
        nome = caso.choice(LOCALITA)[0]
        return nome, f"a {nome}", f"a {nome}", caso.choice(_VICINO)
    nome = dove.removeprefix("fisso:")
    return nome, f"a {nome}", f"a {nome}", ""
