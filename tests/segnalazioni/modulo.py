"""Filing as a browser without JavaScript does it, and the categories it is tried with."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comune.models import Ufficio
from segnalazioni.forms.compilazione import Compilazione
from segnalazioni.models import Bozza, Categoria, Domanda

TESTO = "Lampione spento da una settimana, la sera il marciapiede è al buio."
CASELLA = "giulia.prova@example.org"
QUI = {"lat": "43.842900", "lon": "10.502700"}
FUORI = {"lat": "43.710000", "lon": "10.400000"}  # Pisa


def categoria(codice: str, nome: str, ufficio: Ufficio | None = None, **altro: Any) -> Categoria:
    """A leaf with the group that its code names."""
    gruppo = codice.split(".")[0]
    madre, _nuova = Categoria.objects.get_or_create(codice=gruppo, defaults={"nome": gruppo.capitalize()})
    return Categoria.objects.create(codice=codice, nome=nome, madre=madre, ufficio=ufficio, **{"giorni": 5, **altro})


DOMANDE: list[Domanda] = [
    {
        "chiave": "punti",
        "testo": "Quanti punti luce?",
        "tipo": "scelta",
        "obbligatoria": True,
        "opzioni": ["uno", "tutta la via"],
    },
    {"chiave": "palo", "testo": "Numero sul palo", "tipo": "testo", "obbligatoria": False},
    {"chiave": "quando", "testo": "Da che giorno?", "tipo": "data", "obbligatoria": False},
]


class Modulo:
    """One browser that files a report, step by step. Each method sends one form and answers the response."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def manda(self, nome: str, dati: dict[str, Any] | None = None, **query: str) -> HttpResponse:
        """Sends the form of a step."""
        return self.client.post(indirizzo(nome, **query), dati or {})  # type: ignore[return-value]

    def guarda(self, nome: str, **query: str) -> str:
        """The page of a step, as text."""
        return self.client.get(indirizzo(nome, **query)).content.decode()

    def cosa(self, scelta: str = "luce.spento", **altro: Any) -> HttpResponse:
        """Step 1: words and category."""
        return self.manda("nuova", {"testo": TESTO, "categoria": scelta, "proposte": "si", **altro})

    def dove(self, **altro: Any) -> HttpResponse:
        """Step 2: words alone, or what is given."""
        return self.manda("nuova_dove", altro or {"parole": "Davanti alla fermata"})

    def chi(self, contatto: str = "email", email: str = CASELLA, **altro: Any) -> HttpResponse:
        """Step 4."""
        return self.manda("nuova_chi", {"contatto": contatto, "email": email, **altro})

    def fino_a_rivedi(self, scelta: str = "luce.spento", **chi: Any) -> None:
        """All the steps, up to the review."""
        self.cosa(scelta)
        self.dove()
        self.manda("nuova_foto")
        self.chi(**chi)

    def invia(self, chiave: str = "", riletta: str | None = None) -> HttpResponse:
        """Step 5: sends, with the key of the page and the digest of what it showed."""
        dati = {"chiave": chiave or str(self.bozza.chiave), "riletta": self.riletta if riletta is None else riletta}
        return self.manda("nuova_rivedi", dati)

    @property
    def riletta(self) -> str:
        """The digest that the review shows now."""
        mia = Bozza.objects.filter(chiave=self.client.session.get("bozza", uuid4())).first()
        return Compilazione(mia, AnonymousUser()).impronta

    @property
    def bozza(self) -> Bozza:
        """The draft of this browser."""
        return Bozza.objects.get(chiave=self.client.session["bozza"])


def indirizzo(nome: str, **query: str) -> str:
    """Address of a step, e.g. nuova_dove."""
    url = reverse(f"segnalazioni:{nome}")
    return f"{url}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else url


def scelte(pagina: str) -> list[str]:
    """The categories offered by a page, in order."""
    return re.findall(r'name="categoria" id="[^"]+" value="([^"]+)"', pagina)


def titolo(risposta: Any) -> str:
    """The title of a page."""
    trovato = re.search(r"<title>(.*?)</title>", risposta.content.decode(), re.S)
    assert trovato
    return trovato[1].strip()
