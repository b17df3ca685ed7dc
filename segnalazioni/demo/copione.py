"""Who says what: texts of the demonstration, and the stories made of them. Nothing is written to the database here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from accounts.models import User
from segnalazioni.demo.luoghi import Posto, scegli
from segnalazioni.demo.persone import Gente
from segnalazioni.demo.trame import DUPLICATE, TRAME, Trama, fra, istanti
from segnalazioni.models import Categoria
from segnalazioni.termini import TipoTermine
from segnalazioni.workflow import CONCLUSE, PROCEDURA

_QUI = Path(__file__).parent
CANALI = ("web",) * 14 + ("telefono", "telefono", "sportello", "sportello", "email")
# A procedimento counts calendar days: thirty of them are about twenty-one working ones.
LAVORATIVI_DEL_PROCEDIMENTO = 21


@cache
def _leggi(nome: str) -> Any:
    return json.loads((_QUI / f"{nome}.json").read_text(encoding="utf-8"))


def elenco(quale: str) -> Any:
    """All that is written under this name."""
    return _leggi("frasi")[quale]


def frase(quale: str, gruppo: str, caso: Random) -> Any:
    """One of the phrases for this step, those of the group before those of everybody."""
    scelte = elenco(quale)
    return caso.choice(scelte if isinstance(scelte, list) else scelte.get(gruppo) or scelte["tutti"])


@dataclass(slots=True)
class Storia:
    """One report from its first words to now. quando[0] is when it comes in, quando[n] when passi[n - 1] happens."""

    trama: Trama
    categoria: Categoria
    testo: str
    risolta: str
    posto: Posto | None
    risposte: dict[str, str]
    utente: User | None
    email: str
    canale: str
    quando: list[datetime]
    caso: Random
    foto: str = ""
    dopo: str = ""
    madre: Storia | None = None
    passi: list[str] = field(default_factory=list)
    replica: str = ""  # what the reporter will answer to the office's question

    @property
    def gruppo(self) -> str:
        """Code of the group of its category."""
        return self.categoria.codice.split(".")[0]

    def data(self, passo: str, dopo: datetime) -> datetime | None:
        """When this step happens next after an instant; None if it does not."""
        seguenti = zip(self.passi, self.quando[1:], strict=True)
        return next((q for p, q in seguenti if p == passo and q > dopo), None)

    @property
    def aperta_fino_a(self) -> datetime | None:
        """When it stops being open for the first time; None: it is open to this day."""
        conclusivi = {r.passo for r in PROCEDURA.righe if r.a in CONCLUSE}
        return next((q for p, q in zip(self.passi, self.quando[1:], strict=True) if p in conclusivi), None)


def storie(quante: int, gente: Gente, adesso: datetime, seme: int) -> list[Storia]:
    """About `quante` stories, every plot at least once; the same for the same seme and instant."""
    caso = Random(seme)  # noqa: S311
    categorie = {c.codice: c for c in Categoria.objects.foglie()}
    testi = _in_giro(_leggi("testi"), caso)
    fatte = []
    for trama in TRAME:
        for _volta in range(max(1, round(trama.quante * quante / 300))):
            testo = next(t for t in testi if _adatto(t, trama, categorie))
            fatte.append(_storia(trama, testo, categorie[testo["categoria"]], gente, adesso, caso))
    madri = [s for s in fatte if s.posto and s.categoria.pubblica and s.trama.chi != "ospite"]
    scelte = caso.sample(madri, min(len(madri), max(1, round(DUPLICATE * quante / 300))))
    # What is merged closes with its parent: one parent at least is still open.
    scelte[0] = next((m for m in madri if m.aperta_fino_a is None), scelte[0])
    for madre in scelte:
        fatte.append(_duplicata(madre, gente, adesso, caso))
    return fatte


def _in_giro(testi: list[dict[str, str]], caso: Random) -> Iterator[dict[str, str]]:
    """The texts over and over, shuffled anew each time: none comes a second time before all have come once."""
    while True:
        yield from caso.sample(testi, len(testi))


def _adatto(testo: dict[str, str], trama: Trama, categorie: dict[str, Categoria]) -> bool:
    categoria = categorie[testo["categoria"]]
    if trama.gruppi and categoria.codice.split(".")[0] not in trama.gruppi:
        return False
    # What only a person may answer is never planned on a day nor sent back and forth.
    return bool(testo["dove"]) or len(trama.passi) <= 4


def _storia(
    trama: Trama, testo: dict[str, str], categoria: Categoria, gente: Gente, adesso: datetime, caso: Random
) -> Storia:
    suo = Random(caso.random())  # noqa: S311
    posto = scegli(testo["dove"], suo)
    utente, email = _chi(trama, categoria, gente, suo)
    termine = LAVORATIVI_DEL_PROCEDIMENTO if categoria.tipo_termine == TipoTermine.PROCEDIMENTO else categoria.giorni
    quando = istanti(trama, termine, adesso, suo)
    return Storia(
        trama=trama,
        categoria=categoria,
        testo=_riempi(testo["testo"], posto),
        risolta=testo["risolta"],
        posto=posto,
        risposte=_risposte(categoria, quando[0], suo),
        utente=utente,
        email=email,
        canale="web" if utente or trama.chi == "ospite" else suo.choice(CANALI),
        quando=quando,
        caso=suo,
        foto=testo.get("foto", ""),
        dopo=testo.get("dopo", ""),
        passi=list(trama.passi),
    )


def _riempi(testo: str, posto: Posto | None) -> str:
    if posto is None:
        return testo
    return testo.replace("{in}", posto.in_parole).replace("{a}", posto.a_parole).replace("{n}", str(posto.numero))


def _chi(trama: Trama, categoria: Categoria, gente: Gente, caso: Random) -> tuple[User | None, str]:
    """(account, e-mail of a guest): at most one of them; neither is anonymous."""
    dado = caso.random()
    ospite = f"ospite{caso.randrange(1, 90)}@example.org"
    if trama.chi == "ospite":
        return None, ospite
    if dado < 0.2 and categoria.anonima and trama.chi == "chiunque":
        return None, ""
    if dado < 0.55:
        return None, ospite
    # Anna and Bruno first of all: their pages are the ones that are looked at.
    return caso.choice(gente.cittadini[:1] * 4 + gente.cittadini[1:2] * 3 + gente.cittadini[2:]), ""


def _risposte(categoria: Categoria, quando: datetime, caso: Random) -> dict[str, str]:
    """Answers to the questions of the category, as the form writes them; optional ones now and then."""
    risposte = {}
    for domanda in categoria.domande:
        if not domanda.get("obbligatoria") and caso.random() < 0.5:
            continue
        tipo = domanda["tipo"]
        if tipo == "scelta":
            risposte[domanda["chiave"]] = caso.choice(domanda["opzioni"])
        elif tipo == "si_no":
            risposte[domanda["chiave"]] = caso.choice(("no", "no", "si"))
        elif tipo == "data":
            risposte[domanda["chiave"]] = (quando - timedelta(days=caso.randint(1, 3))).date().isoformat()
        elif parola := _PAROLE.get(domanda["chiave"]):
            risposte[domanda["chiave"]] = caso.choice(parola)
    return risposte


_PAROLE = {
    "orari": ("quasi tutte le sere dopo le 22", "la mattina fra le 7:30 e le 8:30", "il venerdì e il sabato notte"),
    "edificio": ("la scuola del paese", "il nido comunale", "la palestra", "il palazzo comunale"),
    "cimitero": ("quello della frazione",),
    "numero_palo": ("4127", "0812", "2206"),
    "linea_fermata": ("linea 3", "navetta dell’ospedale"),
    "veicolo": ("utilitaria grigia", "furgone bianco"),
    "pagina": ("Amministrazione Trasparente, Organizzazione", "Pagamenti, mensa scolastica", "Bandi di concorso"),
    "ufficio": ("Anagrafe", "Centralino", "Servizi sociali", "Ufficio scuola", "URP"),
}


def _duplicata(madre: Storia, gente: Gente, adesso: datetime, caso: Random) -> Storia:
    """The same thing told by somebody else while the first report was open."""
    fino = min(madre.aperta_fino_a or adesso, adesso) - timedelta(minutes=2)
    inizio = fra(madre.quando[0], madre.quando[0] + (fino - madre.quando[0]) / 2, caso, ufficio=False)
    unita = fra(inizio, fino, caso, ufficio=True)
    prima, _punto, _resto = madre.testo.partition(". ")
    apre = caso.choice(("Segnalo anch’io: ", "Di nuovo: ", "Come forse sapete già, "))
    chiude = caso.choice(("Stamattina era ancora così.", "Ci passo tutti i giorni.", "Spero che si faccia presto."))
    utente, email = _chi(madre.trama, madre.categoria, gente, caso)
    if utente and utente == madre.utente:
        utente, email = None, "ospite99@example.org"
    return Storia(
        trama=Trama("duplicata", 0, ("unisci",)),
        categoria=madre.categoria,
        testo=f"{apre}{prima[0].lower()}{prima[1:]}. {chiude}",
        risolta="",
        posto=madre.posto,
        risposte=madre.risposte,
        utente=utente,
        email=email,
        canale="web",
        quando=[inizio, unita],
        caso=Random(caso.random()),  # noqa: S311
        madre=madre,
        passi=["unisci"],
    )
